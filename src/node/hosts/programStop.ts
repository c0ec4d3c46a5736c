import type { Disposable } from '../../base/emitter';
import type { FromHost } from '../../lifecycle/hostVocabulary';
import { wallClock } from '../clock';
import type { RuntimeServer } from '../runtimeProtocol/runtimeServer';

/** A program that listens gets this long to say that it has been told to stop. */
const stoppedLimit = 3_000;

/** ... and then this long to end by itself; what comes after is the polite signal, and the kill at the fabric's own limit. */
const endLimit = 5_000;

/**
 * The orderly stop of a program: the goal state asks for it where the program listens, and the signal of the operating
 * system where it does not, or does not end (runtime-protocol.md 4).
 */
export class ProgramStop {
	/** Set by the first request; `incarnation` while a goal state asks. */
	private stopping: { readonly incarnation: number | undefined } | undefined;
	/** The incarnation under which the program has said once that it was told. */
	private said: number | undefined;
	private patience: Disposable | undefined;

	/** `signal`: the polite way to end it, or whatever there is; false where it is not the time for that yet. */
	constructor(
		private readonly server: RuntimeServer,
		private readonly heard: (message: FromHost) => void,
		private readonly signal: () => boolean,
	) {}

	get isUnderWay(): boolean {
		return this.stopping !== undefined;
	}

	begin(): void {
		if (this.stopping) {
			return;
		}
		if (!this.server.hasReader()) {
			this.stopping = { incarnation: undefined };
			this.askNow();
			return;
		}
		const deadline = new Date(Date.now() + stoppedLimit + endLimit);
		this.stopping = { incarnation: this.server.stop(deadline) };
		this.heard({ type: 'call', call: 'Stopping', phase: 'begin' });
		this.askAfter(stoppedLimit);
	}

	/** The program says that it was told. The PHP client says it again and again until it is ended: it waits for that. */
	stopped(incarnation: number): void {
		if (this.stopping?.incarnation === incarnation) {
			this.heard({ type: 'call', call: 'Stopping', phase: 'end' });
			this.stopping = { incarnation: undefined };
			this.said = incarnation;
			this.askAfter(endLimit);
		} else if (this.said === incarnation) {
			this.said = undefined;
			this.askNow();
		}
	}

	dispose(): void {
		this.patience?.dispose();
	}

	private askAfter(milliseconds: number): void {
		this.patience?.dispose();
		this.patience = wallClock.after(milliseconds, () => this.askNow());
	}

	private askNow(): void {
		if (!this.signal()) {
			this.askAfter(endLimit);
		}
	}
}
