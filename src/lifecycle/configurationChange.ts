import type { DeploymentPlan } from './deploymentPlan';
import { changesFor, type Difference, simultaneousChange } from './difference';
import type { WalkPolicy } from './domainWalk';
import type { Change } from './instance';
import type { InstanceActor } from './instanceActor';

/**
 * How a new configuration comes to the instances that exist (role-lifecycle.md 6). One without a process takes it at its
 * next start, and is not waited for.
 */
export function configurationWalk(plan: DeploymentPlan, difference: Difference): WalkPolicy {
	return {
		mode: 'auto',
		cyclingHolds: false,
		begin: actor => {
			actor.plan = plan;
			give(actor, changesFor(actor.name.role, difference, plan));
			return 'changes' in actor.instance || actor.instance.phase === 'stopping';
		},
	};
}

/** `Blast`: the new topology arrives everywhere at once, the settings still walk. */
export function tellAll(plan: DeploymentPlan, difference: Difference, actors: readonly InstanceActor[]): void {
	const change = simultaneousChange(difference, plan);
	for (const actor of change ? actors : []) {
		actor.plan = withCounts(actor.plan, plan);
		give(actor, change ? [change] : []);
	}
}

function give(actor: InstanceActor, changes: readonly Change[]): void {
	for (const change of changes) {
		actor.take({ type: 'change', change });
	}
}

function withCounts(plan: DeploymentPlan, counts: DeploymentPlan): DeploymentPlan {
	return {
		...plan,
		roles: plan.roles.map(role => ({
			...role,
			count: counts.roles.find(other => other.name === role.name)?.count ?? role.count,
		})),
	};
}
