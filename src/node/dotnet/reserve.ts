import type { Disposable } from '../../base/emitter';
import type { FromHost, ToHost } from '../../lifecycle/hostVocabulary';
import type { RoleLife, RoleProcess } from '../../lifecycle/roleHost';
import { wallClock } from '../clock';
import { type ChannelHostStart, startChannelHost } from '../hosts/channelHost';

/** How a host is started, whichever life it gets. */
export type HostStart = Omit<ChannelHostStart, 'life'>;

/**
 * Hosts that were started beforehand and wait for the next life of their instance: a recycle then pays neither for the
 * start of the runtime nor for its first steps (running-dotnet-roles.md 3.5). A host is kept for one instance and has the
 * variables of that instance's last life; a life with others gets a host of its own.
 */
export interface HostReserve {
	/** Begins the life in the host that waits for its instance, else in a new one. */
	start(start: HostStart, life: RoleLife, heard: (message: FromHost) => void): RoleProcess;
	/** Resolves when as many hosts wait as shall, each of them ready; for tests and measurements. */
	filled(): Promise<void>;
	/** The process ids of those that wait. */
	waiting(): readonly number[];
	/** Ends those that wait. */
	dispose(): Promise<void>;
}

/**
 * How many hosts wait at most, for the instances that were started last: each takes 40 MB, and a walk through 20 instances in
 * five domains restarts four at a time.
 */
const most = 4;

/** An instance that has ended and not begun again after so many milliseconds was stopped; nothing waits for it. */
const patience = 30_000;

interface Spare {
	readonly key: string;
	readonly ready: Promise<void>;
	readonly ended: Promise<void>;
	/** Runs while the instance has ended and not begun again. */
	limit?: Disposable;
	pid(): number | undefined;
	/** `taken` is called when the host has said that it has the life. */
	take(life: RoleLife, heard: (message: FromHost) => void, taken: () => void): RoleProcess;
	kill(): void;
}

/** How the role of an instance that runs was started. */
interface Running {
	readonly start: HostStart;
	readonly life: RoleLife;
}

export function hostReserve(): HostReserve {
	const spares = new Map<string, Spare>();
	/** In the order in which they began. */
	const running = new Map<string, Running>();
	/** The lives on their way to Run. */
	const starting = new Map<string, RoleLife>();

	const drop = (instance: string): void => {
		spares.get(instance)?.kill();
		spares.delete(instance);
	};

	/** Only when nobody is on the way to Run, whom it would keep from the processor. */
	const fill = (): void => {
		if (starting.size > 0) {
			return;
		}
		const wanted = new Map([...running].slice(-most));
		for (const instance of [...spares.keys()].filter(each => running.has(each) && !wanted.has(each))) {
			drop(instance);
		}
		for (const [instance, { start, life }] of wanted) {
			if (!spares.has(instance) && spares.size < most) {
				const spare = openSpare(start, life);
				spares.set(instance, spare);
				void spare.ended.then(() => {
					spare.limit?.dispose();
					if (spares.get(instance) === spare) {
						spares.delete(instance);
					}
				});
			}
		}
	};

	const isLatest = (life: RoleLife): boolean =>
		[running.get(life.instance)?.life, starting.get(life.instance)].includes(life);

	/** Its next life begins in a moment, or never. */
	const awaitNext = (instance: string): void => {
		running.delete(instance);
		const spare = spares.get(instance);
		if (spare) {
			spare.limit = wallClock.after(patience, () => drop(instance));
		}
	};

	return {
		start: (start, life, heard) => {
			const { instance } = life;
			running.delete(instance);
			starting.set(instance, life);
			const hear = (message: FromHost): void => {
				heard(message);
				if (message.type === 'call' && message.call === 'Run' && message.phase === 'begin') {
					starting.delete(instance);
					running.set(instance, { start, life });
					fill();
				} else if (message.type === 'exited' && isLatest(life)) {
					starting.delete(instance);
					awaitNext(instance);
				}
			};
			const spare = spares.get(instance);
			if (spare?.key === keyOf(start, life)) {
				spares.delete(instance);
				spare.limit?.dispose();
				return beginIn(spare, start, life, hear);
			}
			drop(instance);
			return startChannelHost({ ...start, life }, hear);
		},
		filled: async () => {
			await Promise.all([...spares.values()].map(spare => spare.ready));
		},
		waiting: () => [...spares.values()].flatMap(spare => spare.pid() ?? []),
		dispose: async () => {
			const ended = [...spares.values()].map(spare => spare.ended);
			[...spares.keys()].forEach(drop);
			await Promise.all(ended);
		},
	};
}

/** Whatever a process keeps for its whole life, in one text. */
function keyOf({ command, args, cwd, variables }: HostStart, life: RoleLife): string {
	return JSON.stringify([command, args, cwd, Object.entries({ ...life.variables, ...variables }).sort()]);
}

/**
 * A host may have died while it waited, and nobody has noticed yet. One that does not take its life is replaced by a new one,
 * and nothing is heard of it.
 */
function beginIn(spare: Spare, start: HostStart, life: RoleLife, heard: (message: FromHost) => void): RoleProcess {
	const held: FromHost[] = [];
	const sent: ToHost[] = [];
	let taken = false;
	let ending = false;
	const hear = (message: FromHost): void => {
		if (taken) {
			heard(message);
		} else if (message.type !== 'exited') {
			held.push(message);
		} else if (ending) {
			heard(message);
		} else {
			taken = true;
			running = startChannelHost({ ...start, life }, heard);
			sent.forEach(running.send);
		}
	};
	let running = spare.take(life, hear, () => {
		taken = true;
		held.splice(0).forEach(heard);
	});
	return {
		send: message => {
			ending ||= message.type === 'stop';
			if (!taken) {
				sent.push(message);
			}
			running.send(message);
		},
		kill: () => {
			ending = true;
			running.kill();
		},
	};
}

function openSpare(start: HostStart, { variables, ...last }: RoleLife): Spare {
	let begin = (_: RoleLife): void => {};
	let readied = (): void => {};
	let exited = (): void => {};
	const life = new Promise<RoleLife>(resolve => {
		begin = resolve;
	});
	const ready = new Promise<void>(resolve => {
		readied = resolve;
	});
	let warmed = (): void => readied();
	const ended = new Promise<void>(resolve => {
		exited = resolve;
	});
	let pid: number | undefined;
	/** What it says before it has a life is said by that life. */
	const early: FromHost[] = [];
	let hear = (message: FromHost): void => {
		early.push(message);
	};
	const running = startChannelHost(
		{
			...start,
			variables: { ...variables, ...start.variables, ROLEWRIGHT_HOST_RESERVE: '1' },
			life,
			warm: () => warmed(),
		},
		message => {
			if (message.type === 'hello') {
				pid = message.pid;
			}
			if (message.type === 'exited') {
				// Nobody waits for it any more; that it has taken a life it does not say by ending.
				readied();
				exited();
			}
			hear(message);
		},
	);
	return {
		key: keyOf(start, { variables, ...last }),
		ready,
		ended,
		pid: () => pid,
		kill: running.kill,
		take: (next, heard, taken) => {
			hear = heard;
			warmed = taken;
			begin(next);
			queueMicrotask(() => early.splice(0).forEach(heard));
			return running;
		},
	};
}
