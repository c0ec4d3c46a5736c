import type { InstanceActor } from '../actor/instanceActor';
import type { RestartEvent } from '../instance/instance';
import type { DeploymentPlan, RolePlan } from '../plan/deploymentPlan';
import type { WalkMode, WalkPolicy } from './domainWalk';

/** In-place update, rollback, and the updates of the operating systems (role-lifecycle.md 7). */

/** Sentences about what an update may not do; without any the update can begin. */
export function updateRefusals(before: DeploymentPlan, after: DeploymentPlan): readonly string[] {
	const names = (plan: DeploymentPlan) => plan.roles.map(role => role.name);
	const rest = 'Stop the service and start it again to take that.';
	const known = new Map(before.roles.map(role => [role.name, role]));
	const kept = new Set(names(after));
	const differ = names(before).some(name => !kept.has(name)) || before.roles.length !== after.roles.length;
	return [
		...(differ
			? [`An update keeps the roles: they were ${names(before).join(', ')} and are ${names(after).join(', ')}. ${rest}`]
			: []),
		...(before.upgradeDomainCount === after.upgradeDomainCount
			? []
			: [`An update keeps the number of upgrade domains, which is ${before.upgradeDomainCount}. ${rest}`]),
		...after.roles.flatMap(role => {
			const old = known.get(role.name);
			return old ? roleRefusals(old, role).map(text => `${text} ${rest}`) : [];
		}),
	];
}

function roleRefusals(old: RolePlan, role: RolePlan): readonly string[] {
	const shrunk = role.localStorage.filter(store => {
		const before = old.localStorage.find(other => other.name === store.name);
		return before !== undefined && store.sizeInMB < before.sizeInMB;
	});
	const ports = ({ endpoints }: RolePlan) => JSON.stringify(endpoints);
	return [
		...shrunk.map(
			store => `An update may grow the local storage '${store.name}' of role '${role.name}', not shrink it.`,
		),
		...(ports(old) === ports(role)
			? []
			: [`The endpoints of role '${role.name}' differ; their ports are open already.`]),
	];
}

/** The new code and definition with the counts, settings and certificates in force; a new setting brings its own value. */
export function updatedPlan(before: DeploymentPlan, after: DeploymentPlan): DeploymentPlan {
	const coming = new Map(after.roles.map(role => [role.name, role]));
	return {
		...before,
		topologyChangeDiscovery: after.topologyChangeDiscovery,
		roles: before.roles.map(old => {
			const role = coming.get(old.name) ?? old;
			const { count } = old;
			const settings = inForce(role.settings, old.settings);
			return { ...role, count, settings, certificates: inForce(role.certificates, old.certificates) };
		}),
	};
}

type Values = Readonly<Record<string, string>>;

function inForce(declared: Values, values: Values): Values {
	return Object.fromEntries(
		Object.entries(declared).map(([name, value]) => [
			name,
			Object.hasOwn(values, name) ? (values[name] ?? value) : value,
		]),
	);
}

/** Stops the instances of a domain in order, gives them the code of this plan, starts them. */
export function updateWalk(name: string, plan: DeploymentPlan, mode: WalkMode, why: string, n: number): WalkPolicy {
	return {
		name,
		mode,
		cyclingHolds: true,
		begin: actor => {
			const how = sizeOf(actor.plan, actor) === sizeOf(plan, actor) ? 'update' : 'sizeChange';
			actor.plan = plan;
			return restarted(actor, how, why, n);
		},
	};
}

export function systemUpdateWalk(
	name: string,
	how: 'guestOsUpdate' | 'hostOsUpdate',
	why: string,
	n: number,
): WalkPolicy {
	return { name, mode: 'auto', cyclingHolds: false, begin: actor => restarted(actor, how, why, n) };
}

function restarted(actor: InstanceActor, how: RestartEvent, why: string, n: number): boolean {
	const { phase } = actor.instance;
	if (phase === 'unborn' || phase === 'removing' || phase === 'removed') {
		return false;
	}
	actor.take({ type: 'restart', how, why, n });
	return true;
}

function sizeOf(plan: DeploymentPlan, { name }: InstanceActor): string | undefined {
	return plan.roles.find(role => role.name === name.role)?.size;
}
