/**
 * One event is finished before the next begins: what a listener, a host or a timer says while something is carried out
 * waits its turn. `afterAll` runs when the box is empty again.
 */
export class Mailbox {
	private readonly waiting: (() => void)[] = [];
	private busy = false;

	constructor(private readonly afterAll: () => void) {}

	post(task: () => void): void {
		this.waiting.push(task);
		if (!this.busy) {
			this.drain();
		}
	}

	/** A bug in one task does not lose the others; the first one is thrown when all are done. */
	private drain(): void {
		const errors: unknown[] = [];
		this.busy = true;
		for (let task = this.waiting.shift(); task; task = this.waiting.shift()) {
			attempt(task, errors);
			if (this.waiting.length === 0) {
				attempt(this.afterAll, errors);
			}
		}
		this.busy = false;
		if (errors.length > 0) {
			throw errors[0];
		}
	}
}

function attempt(task: () => void, errors: unknown[]): void {
	try {
		task();
	} catch (error) {
		errors.push(error);
	}
}
