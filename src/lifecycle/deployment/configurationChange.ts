import type { InstanceActor } from '../actor/instanceActor';
import { instanceId } from '../domains';
import type { Change } from '../instance/instance';
import type { DeploymentPlan } from '../plan/deploymentPlan';
import type { ChangesContext } from './changes';
import { changesFor, type Difference, planDifference, simultaneousChange } from './difference';
import type { WalkPolicy } from './domainWalk';
import type { Instances } from './instances';

/**
 * A new configuration is in force: surplus instances leave, new ones get their ports, then it walks. New instances get
 * their ports first, so that those who hear of them can reach them.
 */
export function beginConfiguration(
	before: DeploymentPlan,
	plan: DeploymentPlan,
	instances: Instances,
	{ startsNew, spread }: Pick<ChangesContext, 'startsNew' | 'spread'>,
	walk: (actors: readonly InstanceActor[], policy: WalkPolicy) => void,
): void {
	const difference = planDifference(before, plan);
	const staying = instances.all.filter(actor => stays(actor, plan));
	const leaving = instances.all.filter(each => !stays(each, plan));
	instances.admit(plan, difference);
	const begin = () => {
		// The walk begins when all that is done now is through.
		walk(staying, configurationWalk(plan, difference));
		spread(tellAll(plan, difference, staying));
	};
	const added = addedInstances(plan, difference, instances);
	if (added.length === 0) {
		begin();
	} else {
		instances.claim(added, () => {
			spread((startsNew() ? added : []).map(actor => () => actor.take({ type: 'start', why: 'scaled out' })));
			begin();
		});
	}
	spread(leaving.map(actor => () => actor.take({ type: 'remove' })));
}

/** The highest numbers leave. */
export function stays({ name }: InstanceActor, plan: DeploymentPlan): boolean {
	return name.index < (plan.roles.find(role => role.name === name.role)?.count ?? 0);
}

function addedInstances(plan: DeploymentPlan, difference: Difference, instances: Instances): readonly InstanceActor[] {
	return difference.roles
		.flatMap(({ role, count }) => Array.from({ length: count?.to ?? 0 }, (_, index) => ({ role, index })))
		.filter(({ role, index }) => instances.get(instanceId(role, index)) === undefined)
		.map(name => instances.add(name, plan));
}

/**
 * How a new configuration comes to the instances that exist (role-lifecycle.md 6). One without a process takes it at its
 * next start, and is not waited for.
 */
function configurationWalk(plan: DeploymentPlan, difference: Difference): WalkPolicy {
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
function tellAll(
	plan: DeploymentPlan,
	difference: Difference,
	actors: readonly InstanceActor[],
): readonly (() => void)[] {
	const change = simultaneousChange(difference, plan);
	return (change ? actors : []).map(actor => () => {
		actor.plan = withCounts(actor.plan, plan);
		give(actor, change ? [change] : []);
	});
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
