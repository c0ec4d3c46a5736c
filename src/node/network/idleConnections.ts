import type { Disposable } from '../../base/emitter';
import type { Clock } from '../../lifecycle/world';

/** What may be dropped when nobody has used it for a while. */
export interface Flow {
	/** Grows with every byte, in whatever direction. */
	readonly bytes: number;
	drop(): void;
}

/** How often in its time-out a flow is looked at: it is dropped at most a quarter late, and no byte costs anything. */
const looksPerTimeout = 4;

/**
 * Drops the flows that no byte has come through for so many milliseconds of fabric time. One timer for all of them, and
 * none while there is no flow.
 */
export class IdleConnections {
	private readonly flows = new Map<Flow, { bytes: number; quietLooks: number }>();
	private timer: Disposable | undefined;

	constructor(
		private readonly clock: Clock,
		private readonly timeout: number,
	) {}

	add(flow: Flow): void {
		this.flows.set(flow, { bytes: flow.bytes, quietLooks: 0 });
		this.timer ??= this.clock.after(this.timeout / looksPerTimeout, () => this.look());
	}

	remove(flow: Flow): void {
		this.flows.delete(flow);
	}

	dispose(): void {
		this.timer?.dispose();
		this.flows.clear();
	}

	/** The first look may come right after a flow began, so it takes one more than the time-out holds. */
	private look(): void {
		for (const [flow, seen] of [...this.flows]) {
			const quiet = flow.bytes === seen.bytes;
			this.flows.set(flow, { bytes: flow.bytes, quietLooks: quiet ? seen.quietLooks + 1 : 0 });
			if (quiet && seen.quietLooks >= looksPerTimeout) {
				this.flows.delete(flow);
				flow.drop();
			}
		}
		this.timer =
			this.flows.size === 0 ? undefined : this.clock.after(this.timeout / looksPerTimeout, () => this.look());
	}
}
