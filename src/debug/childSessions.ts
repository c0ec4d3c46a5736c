import type { Disposable } from '../base/emitter';
import { Failure } from '../base/failure';
import { keyOf } from '../history/entries';
import type { JournalEntry } from '../lifecycle/journal/journal';
import type { Clock } from '../lifecycle/world';
import { type ChildDebuggers, type ChildListener, type ChildSession, childOf } from './childSession';
import { debuggedInstances } from './debuggedInstances';
import { lastWords, wordOf } from './debuggerWords';
import type { DebuggedRun } from './debugWorld';

export interface ChildSessions extends Disposable {
	/** Lets go of the instance at this address; it runs on, and its later lives wait for nobody. */
	detach(address: string): Promise<void>;
	/** Lets go of every process, as a debugger that leaves does; resolves when no session stands, or answers no more. */
	detachAll(): Promise<void>;
}

/** Milliseconds until a process that waits goes on alone: an attach that fails may never answer (running-dotnet-roles.md 4.1). */
const patience = 10_000;

/** Milliseconds for the sessions of an instance to end; what has not answered by then is left to itself. */
const partingLimit = 5_000;

interface Followed {
	readonly child: ChildSession;
	readonly key: string;
	readonly limit: Disposable;
	/** Fabric time stands until the debugger is there: a limit of a scenario is no limit of a debugger. */
	readonly standing: Disposable;
	/** Its process said so, or the debugger had it stand. */
	isAttached: boolean;
}

/**
 * Follows a service's journal and keeps one session for each instance that waits for a debugger, anew in each life.
 * Whatever goes wrong with a debugger, the instance runs on, and `say` tells a person so, each sentence once.
 */
export function followInstances(
	run: DebuggedRun,
	debuggers: ChildDebuggers,
	clock: Clock,
	say: (sentence: string) => void,
): ChildSessions {
	const { deployment } = run;
	const children = new Map<string, Followed>();
	/** Sessions that are on their way out: the service is not left before they are gone. */
	const parting = new Set<Promise<void>>();
	const said = new Set<string>();
	let isOver = false;
	// Whoever comes late finds those that wait already.
	for (const entry of lastWords(deployment.journal.entries)) {
		read(entry);
	}
	const following = deployment.journal.onEntry(read);

	function read(entry: JournalEntry): void {
		if (entry.instance === undefined) {
			return;
		}
		const key = keyOf(entry);
		const followed = children.get(key);
		switch (wordOf(entry)) {
			case 'waiting':
			case 'reachable':
				forget(key);
				begin(key, entry);
				return;
			case 'attached':
				if (followed) {
					followed.isAttached = true;
					followed.limit.dispose();
				}
				return;
			case 'detached':
				if (followed) {
					followed.isAttached = false;
				}
				return;
			case 'ended':
				forget(key);
				if (followed) {
					// A debugger that is on its way would knock at a closed door until it loses its patience, too.
					void part(followed.child, followed.isAttached ? 'by itself' : 'at once');
				}
		}
	}

	function begin(key: string, entry: JournalEntry): void {
		if (entry.event !== 'debugger' || !entry.target) {
			return;
		}
		const child = childOf(run, key, entry.target);
		const late = () =>
			giveUp(followed, `The debugger did not attach to ${child.name} within 10 seconds; it runs without.`);
		const limit = clock.after(patience, late);
		const followed: Followed = { child, key, limit, standing: holdTime(run, clock), isAttached: false };
		children.set(key, followed);
		const listener: ChildListener = {
			stands: stopped => stand(followed, stopped),
			lost: () => void clock.after(partingLimit, () => lookAfter(followed)),
			stop: () => order(followed, 'stop'),
			restart: () => order(followed, 'recycle'),
			leave: () => void (isCurrent(followed) && leave(followed)),
		};
		debuggers.attach(child, listener).then(
			() => {
				followed.standing.dispose();
				void (isCurrent(followed) && goOn(followed));
			},
			error => giveUp(followed, sentenceOf(error, child.name)),
		);
	}

	/**
	 * A .NET host cannot see whether its debugger has its breakpoints yet, so it gets word. The inspector of a Node host
	 * is told by the debugger itself.
	 */
	function goOn(followed: Followed): void {
		if (followed.child.target.kind === 'dotnet') {
			followed.limit.dispose();
			deployment.goOn(addressNow(followed));
		}
	}

	/** One that was let go of while it stood goes on only now, and fabric time with it. */
	function stand(followed: Followed, stopped: boolean): void {
		if (stopped ? isCurrent(followed) : isInItsLife(followed)) {
			followed.isAttached ||= stopped;
			deployment.debuggerStopped(addressNow(followed), stopped);
		}
	}

	/**
	 * A .NET process whose debugger has died stands still at the next word that it has for it, for ever, and no other
	 * debugger can come to it. A runtime that has noticed says so.
	 */
	function lookAfter(followed: Followed): void {
		const { child } = followed;
		if (child.target.kind === 'dotnet' && isCurrent(followed) && followed.isAttached) {
			forget(followed.key);
			say(`The debugger of ${child.name} died, and a process cannot go on without it; the instance starts anew.`);
			deployment.submit({ command: 'crash', instance: addressNow(followed) }, 'editor');
		}
	}

	function giveUp(followed: Followed, sentence: string): void {
		if (!isCurrent(followed)) {
			return;
		}
		forget(followed.key);
		void part(followed.child, 'lives');
		deployment.goOn(addressNow(followed));
		if (!said.has(sentence)) {
			said.add(sentence);
			say(sentence);
		}
	}

	/** A process that stands at a breakpoint could neither stop nor restart in order: it is let go first. */
	async function order(followed: Followed, command: 'stop' | 'recycle'): Promise<void> {
		if (!isCurrent(followed)) {
			return;
		}
		forget(followed.key);
		await part(followed.child, 'lives');
		if (!isOver) {
			deployment.submit({ command, instance: addressNow(followed) }, 'editor');
		}
	}

	async function leave(followed: Followed): Promise<void> {
		forget(followed.key);
		deployment.setDebug(addressNow(followed), false);
		await part(followed.child, 'lives');
		deployment.goOn(addressNow(followed));
	}

	function part(child: ChildSession, how: 'lives' | 'at once' | 'by itself'): Promise<void> {
		const process = how === 'lives' ? 'lives' : 'ended';
		const detached = () => within(clock, partingLimit, debuggers.detach(child, process));
		const ended = () => within(clock, partingLimit, debuggers.over(child)).then(isOver => isOver || detached());
		const parted = (how === 'by itself' ? ended() : detached()).then(() => void parting.delete(parted));
		parting.add(parted);
		return parted;
	}

	function isCurrent(followed: Followed): boolean {
		return children.get(followed.key) === followed;
	}

	function isInItsLife({ key, child }: Followed): boolean {
		return debuggedInstances(run).some(each => each.key === key && each.snapshot.life === child.life);
	}

	/** A swap gives it another address. */
	function addressNow({ key, child }: Followed): string {
		return debuggedInstances(run).find(each => each.key === key)?.address ?? child.instance;
	}

	/** The life is over, or nobody waits for it any more. */
	function forget(key: string): void {
		const followed = children.get(key);
		followed?.limit.dispose();
		followed?.standing.dispose();
		children.delete(key);
	}

	function dispose(): void {
		isOver = true;
		following.dispose();
		for (const key of [...children.keys()]) {
			forget(key);
		}
	}

	return {
		dispose,
		async detach(address) {
			const followed = [...children.values()].find(each => addressNow(each) === address);
			if (followed) {
				await leave(followed);
			} else {
				deployment.setDebug(address, false);
			}
		},
		async detachAll() {
			const open = [...children.values()];
			dispose();
			for (const { child } of open) {
				void part(child, 'lives');
			}
			await Promise.all(parting);
		},
	};
}

/** Fabric time stands from now on, and no longer than a debugger that is on its way is waited for. */
function holdTime(run: DebuggedRun, clock: Clock): Disposable {
	const held = run.clock?.hold?.();
	const limit = clock.after(patience, () => held?.dispose());
	return {
		dispose: () => {
			limit.dispose();
			held?.dispose();
		},
	};
}

/** Whether it came to its end in time. */
function within(clock: Clock, milliseconds: number, work: Promise<void>): Promise<boolean> {
	return new Promise(resolve => {
		const limit = clock.after(milliseconds, () => resolve(false));
		const settled = () => {
			limit.dispose();
			resolve(true);
		};
		work.then(settled, settled);
	});
}

function sentenceOf(error: unknown, name: string): string {
	return error instanceof Failure ? error.message : `The debugger could not attach to ${name}: ${error}`;
}
