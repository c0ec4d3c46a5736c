import type { InstanceActor } from '../actor/instanceActor';
import type { JournalEvent } from '../journal/journal';
import type { DeploymentPlan } from '../plan/deploymentPlan';
import type { Slot } from '../slots';
import type { DeploymentSnapshot, DeploymentStatus, UpdateStatus } from '../snapshot';
import type { Instances } from './instances';

/** What is wanted of the deployment as a whole. */
export type Goal = 'new' | 'deploy' | 'run' | 'suspend' | 'resume' | 'delete' | 'close' | 'stopped';

/** The status of the management API (role-lifecycle.md 5.1). `changing`: a change is on its way to the instances. */
export function deploymentStatus(goal: Goal, changing: boolean, actors: readonly InstanceActor[]): DeploymentStatus {
	switch (goal) {
		case 'new':
		case 'deploy':
			return 'Deploying';
		case 'run':
			return changing ? 'RunningTransitioning' : 'Running';
		case 'suspend':
			return actors.every(isAtRest) ? 'Suspended' : 'Suspending';
		case 'resume':
			return 'Starting';
		case 'delete':
		case 'close':
			return 'Deleting';
		case 'stopped':
			return 'Stopped';
	}
}

export function deploymentSnapshot(
	plan: DeploymentPlan,
	status: DeploymentStatus,
	instances: Instances,
	update: UpdateStatus | undefined,
	slot: Slot,
): DeploymentSnapshot {
	return {
		service: plan.service,
		deploymentId: plan.deploymentId,
		...(slot === 'staging' && { slot }),
		status,
		...(update && { update }),
		publicEndpoints: instances.publicEndpoints,
		instances: instances.all.map(actor => actor.snapshot()),
	};
}

/** The `status` entry of the journal. */
export function statusEntry({ status, instances }: DeploymentSnapshot): JournalEvent {
	const lines = instances.map(({ instance, state, text, life, pid, endpoints }) => ({
		instance,
		state,
		text,
		life,
		...(pid !== undefined && { pid }),
		endpoints,
	}));
	return { event: 'status', deployment: status, instances: lines };
}

export function isAtRest({ instance: { phase } }: InstanceActor): boolean {
	return phase === 'unborn' || phase === 'stopped' || phase === 'removed';
}

/** Past its first start, well or not. */
export function hasArrived(actor: InstanceActor): boolean {
	const { phase } = actor.instance;
	return phase === 'running' || phase === 'delayed' || isAtRest(actor);
}
