import type { Mailbox } from '../mailbox';
import { type Goal, hasArrived, isAtRest } from './deploymentStatus';
import type { Instances } from './instances';

/** Where a deployment as a whole is going: it starts, runs, is suspended and resumed, and ends. */
export class Course {
	private current: Goal = 'new';

	constructor(
		private readonly instances: Instances,
		private readonly error: (text: string) => void,
		/** Parts of one event, between which others of the process have a turn. */
		private readonly spread: Mailbox['postNext'],
	) {}

	get goal(): Goal {
		return this.current;
	}

	get isEnding(): boolean {
		return this.current === 'delete' || this.current === 'close' || this.current === 'stopped';
	}

	/** Instances that are added now start now. */
	get startsNew(): boolean {
		return this.current === 'run' || this.current === 'deploy' || this.current === 'resume';
	}

	/** Everything has ended, and no port is still being claimed. */
	get canClose(): boolean {
		return this.current === 'delete' && !this.instances.isClaiming && this.instances.all.every(isAtRest);
	}

	/** True the first time. */
	deploy(): boolean {
		const isNew = this.current === 'new';
		this.current = isNew ? 'deploy' : this.current;
		return isNew;
	}

	suspend(): void {
		if (this.current === 'suspend') {
			this.error('The deployment is suspended already.');
		} else if (this.current === 'new') {
			this.error('The deployment has not been started.');
		} else {
			this.current = 'suspend';
			this.stopAll();
		}
	}

	resume(): void {
		if (this.current !== 'suspend') {
			this.error('The deployment is not suspended; nothing is to resume.');
			return;
		}
		this.current = 'resume';
		this.startAll('the deployment is resumed');
	}

	/** Ports that are still being claimed when it is suspended lead to nothing; resume starts what they are for. */
	startAll(why: string): void {
		if (this.current !== 'suspend') {
			const starts = this.instances.all.map(actor => () => actor.can('start') && actor.take({ type: 'start', why }));
			this.spread(starts);
		}
	}

	/** An orderly stop of everything; a second time everything ends at once. */
	delete(): void {
		if (this.current === 'delete') {
			this.spread(this.instances.all.map(actor => () => actor.take({ type: 'kill' })));
		} else if (!this.isEnding) {
			this.current = 'delete';
			this.stopAll();
		}
	}

	/** After every event: all instances are past their first start, well or not. */
	settle(): void {
		const { all, isClaiming } = this.instances;
		if ((this.current === 'deploy' || this.current === 'resume') && !isClaiming && all.every(hasArrived)) {
			this.current = 'run';
		}
	}

	close(): void {
		this.current = 'close';
	}

	end(): void {
		this.current = 'stopped';
	}

	private stopAll(): void {
		this.spread(this.instances.all.map(actor => () => actor.can('stop') && actor.take({ type: 'stop' })));
	}
}
