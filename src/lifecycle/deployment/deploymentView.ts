import { Emitter } from '../../base/emitter';
import type { DeploymentPlan } from '../plan/deploymentPlan';
import type { Slot } from '../slots';
import type { DeploymentSnapshot, DeploymentStatus } from '../snapshot';
import type { DeploymentParts } from './deploymentParts';
import { deploymentSnapshot, deploymentStatus } from './deploymentStatus';

/** What readers see of a deployment, and when it is told to them. */
export class DeploymentView {
	readonly onSnapshot: Emitter<DeploymentSnapshot>['event'];
	private readonly snapshots = new Emitter<DeploymentSnapshot>();
	/** What a deployment is that nobody has been told of yet. */
	private told: DeploymentStatus = 'Deploying';
	/** Undefined until somebody looks. */
	private current: DeploymentSnapshot | undefined;

	constructor(
		private readonly plan: DeploymentPlan,
		private readonly parts: DeploymentParts,
		private readonly slot: () => Slot,
	) {
		this.onSnapshot = this.snapshots.event;
	}

	/** What was told last. */
	get last(): DeploymentSnapshot {
		this.current ??= this.look();
		return this.current;
	}

	/** Tells where something is in the journal since the last time, or the status is another one. */
	tell(): void {
		const isNews = this.parts.journal.takeNews();
		if (isNews || this.status !== this.told) {
			this.renew();
			this.told = this.last.status;
			this.snapshots.fire(this.last);
		}
	}

	/** Whoever asks next gets what is so now. */
	renew(): void {
		this.current = this.look();
	}

	/** What is so now. */
	look(): DeploymentSnapshot {
		const { instances, changes } = this.parts;
		return deploymentSnapshot(this.plan, this.status, instances, changes.updateStatus, this.slot());
	}

	private get status(): DeploymentStatus {
		const { course, instances, changes, updates } = this.parts;
		const changing = changes.isUnderWay || instances.isClaiming || updates.isComing;
		return deploymentStatus(course.goal, changing, instances.all);
	}
}
