import type { Disposable } from '../base/emitter';

/** How a long row of tasks makes room for others: the editor's own work, sockets, timers. */
export interface Pace {
	/** Milliseconds of a clock that never goes back. */
	now(): number;
	/** Runs it once, when everybody else has had a turn. */
	later(run: () => void): void;
}

/**
 * Milliseconds after which a turn ends although more is waiting. In the time of one picture (16) readers, rows of the tree
 * and the collector of garbage, which takes half of it where a thousand instances change at once, have their part too.
 */
const longestTurn = 2;

/**
 * One event is finished before the next begins: what a listener, a host or a timer says while something is carried out
 * waits its turn. Whoever listens to `onEmpty` is told when the box is empty again. With a pace nobody is kept waiting for
 * long, however much there is to do; without one everything is done at once.
 */
export class Mailbox {
	private readonly waiting = new Queue<Task>();
	private readonly afterAll: (() => void)[] = [];
	private readonly afterTurn: (() => void)[] = [];
	private busy = false;
	/** Something has happened that may let others go on. */
	private stirred = false;
	private held = false;
	private turnBegan: number | undefined;

	constructor(private readonly pace?: Pace) {}

	onEmpty(run: () => void): Disposable {
		return added(this.afterAll, run);
	}

	/** A turn is over although more is waiting: whoever looks should see how far it has come, in a turn of its own. */
	onTurnOver(run: () => void): Disposable {
		return added(this.afterTurn, run);
	}

	/** Begins nothing more, not even of what waits, until it is told to go on. */
	hold(): void {
		this.held = true;
	}

	/** Goes on, with this before everything that waits. */
	goOn(run: () => void): void {
		this.held = false;
		this.postNext([run]);
	}

	/** `quiet`: nothing can follow from it, so nobody need look. */
	post(run: () => void, manner?: 'quiet'): void {
		if (manner === 'quiet' && !this.busy && !this.held) {
			// A flood of these must not pile up here: whoever brings them waits, and so does their source.
			this.carryOut(run);
		} else {
			this.waiting.push({ run, stirs: manner === undefined });
		}
		this.drain();
	}

	private carryOut(run: () => void): void {
		this.busy = true;
		try {
			run();
		} finally {
			this.busy = false;
		}
	}

	/** Does these after what is being done now, before everything that waits already: parts of one event. */
	postNext(runs: readonly (() => unknown)[]): void {
		this.waiting.putFirst(runs.map(run => ({ run, stirs: true })));
		this.drain();
	}

	/** A bug in one task does not lose the others; the first one is thrown when all are done. */
	private drain(): void {
		if (this.busy || this.waiting.length === 0 || !this.mayGoOn()) {
			return;
		}
		const errors: unknown[] = [];
		this.busy = true;
		this.beginTurn();
		for (let task = this.waiting.shift(); task; task = this.mayGoOn() ? this.waiting.shift() : undefined) {
			this.stirred ||= task.stirs;
			attempt(task.run, errors);
			if (this.waiting.length === 0 && this.stirred && !this.held) {
				this.stirred = false;
				for (const run of [...this.afterAll]) {
					attempt(run, errors);
				}
			}
		}
		this.busy = false;
		if (errors.length > 0) {
			throw errors[0];
		}
	}

	private beginTurn(): void {
		if (this.pace && this.turnBegan === undefined) {
			this.turnBegan = this.pace.now();
			this.pace.later(() => this.endTurn());
		}
	}

	private endTurn(): void {
		const isOver = this.waiting.length === 0 || this.held;
		const goOn = (): void => {
			this.turnBegan = undefined;
			this.drain();
		};
		if (isOver) {
			goOn();
			return;
		}
		this.pace?.later(goOn);
		for (const run of [...this.afterTurn]) {
			run();
		}
	}

	private mayGoOn(): boolean {
		const { pace, turnBegan } = this;
		return !this.held && (pace === undefined || turnBegan === undefined || pace.now() - turnBegan <= longestTurn);
	}
}

interface Task {
	readonly run: () => unknown;
	readonly stirs: boolean;
}

function added(list: (() => void)[], run: () => void): Disposable {
	list.push(run);
	return { dispose: () => void list.splice(list.indexOf(run), 1) };
}

function attempt(task: () => unknown, errors: unknown[]): void {
	try {
		task();
	} catch (error) {
		errors.push(error);
	}
}

/** First in, first out, also where very many wait: taking one costs the same however many there are. */
class Queue<T> {
	private items: T[] = [];
	private taken = 0;

	get length(): number {
		return this.items.length - this.taken;
	}

	push(item: T): void {
		this.items.push(item);
	}

	putFirst(items: readonly T[]): void {
		this.items = [...items, ...this.items.slice(this.taken)];
		this.taken = 0;
	}

	shift(): T | undefined {
		const item = this.items[this.taken];
		if (this.taken < this.items.length) {
			this.taken++;
		}
		if (this.taken > 1_000 && this.taken * 2 > this.items.length) {
			this.items = this.items.slice(this.taken);
			this.taken = 0;
		}
		return item;
	}
}
