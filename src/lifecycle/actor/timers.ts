import type { Disposable } from '../../base/emitter';
import type { Timer } from '../instance/instance';
import type { Clock } from '../world';

/** The named timers of one instance. One that was cleared or set anew while it waited for its turn does not fire. */
export class Timers {
	private readonly armed = new Map<Timer, Disposable>();

	constructor(
		private readonly clock: Clock,
		private readonly post: (task: () => void) => void,
		private readonly fired: (timer: Timer) => void,
	) {}

	set(timer: Timer, milliseconds: number): void {
		this.clear(timer);
		const armed = this.clock.after(milliseconds, () =>
			this.post(() => {
				if (this.armed.get(timer) === armed) {
					this.armed.delete(timer);
					this.fired(timer);
				}
			}),
		);
		this.armed.set(timer, armed);
	}

	clear(timer: Timer): void {
		this.armed.get(timer)?.dispose();
		this.armed.delete(timer);
	}
}
