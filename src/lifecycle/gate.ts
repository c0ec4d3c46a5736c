import { Emitter } from '../base/emitter';
import type { LifecyclePoint } from './lifecyclePoint';

/** The fabric stands: at a place of an instance's life, or, without one, because somebody asked it to. */
export interface Stand {
	readonly at: LifecyclePoint | undefined;
}

/**
 * What the fabric does to instances passes through here, and here a debugger holds it: while it stands, nothing that has
 * not begun begins, and all of it comes in its order when it goes on. What runs already, the roles' own code, runs on.
 */
export class Gate {
	/** Says whether to stand at a place. Without a debugger nobody does. */
	standsAt: (point: LifecyclePoint) => boolean = () => false;
	readonly onStand: Emitter<Stand>['event'];
	private readonly stands = new Emitter<Stand>();
	private stand: Stand | undefined;
	private held: (() => void)[] = [];

	/** `stood` makes everything else wait; `resume` runs a work before all that waits. */
	constructor(
		private readonly stood: () => void,
		private readonly resume: (work: () => void) => void,
	) {
		this.onStand = this.stands.event;
	}

	get standing(): Stand | undefined {
		return this.stand;
	}

	/** Does it now, or when the fabric goes on. */
	pass(point: LifecyclePoint | undefined, work: () => void): void {
		if (!this.stand && point && this.standsAt(point)) {
			this.hold(point);
		}
		if (this.stand) {
			this.held.push(work);
		} else {
			work();
		}
	}

	/** Stands from now on; where it stands already, it stays there. */
	hold(at?: LifecyclePoint): void {
		if (!this.stand) {
			this.stand = { at };
			this.stood();
			this.stands.fire(this.stand);
		}
	}

	/** Does what was held, in its order; on the way it may stand again. */
	goOn(): void {
		if (!this.stand) {
			return;
		}
		this.stand = undefined;
		this.resume(() => {
			const held = this.held;
			this.held = [];
			for (const work of held) {
				this.pass(undefined, work);
			}
		});
	}
}
