import type { DeploymentPlan, EndpointPlan } from '../plan/deploymentPlan';
import type { DeploymentSnapshot } from '../snapshot';

/** One of the two deployments that a swap is about. */
export interface SwapSide {
	readonly plan: DeploymentPlan;
	readonly snapshot: DeploymentSnapshot;
}

/**
 * Why the two cannot exchange their public addresses now; undefined where they can. Azure swaps only when all instances
 * run, no other operation is under way, and both definitions have the same number of endpoints (its page "Swap
 * Deployment"); here they must be the same endpoints, since nothing else says which takes the place of which.
 */
export function swapRefusal(production: SwapSide, staging: SwapSide): string | undefined {
	return (
		busy('production', production) ??
		busy('staging', staging) ??
		notRunning('production', production) ??
		notRunning('staging', staging) ??
		otherEndpoints(production.plan, staging.plan)
	);
}

function busy(slot: string, { snapshot: { status, update } }: SwapSide): string | undefined {
	const isQuiet = status === 'Running' && update === undefined;
	return isQuiet ? undefined : `The deployment in ${slot} is ${status}; swap when it is Running and nothing changes.`;
}

function notRunning(slot: string, { snapshot }: SwapSide): string | undefined {
	const others = snapshot.instances.filter(({ state }) => state !== 'ReadyRole' && state !== 'BusyRole');
	const are = others.map(({ instance, state }) => `${instance} is ${state}`);
	return are.length === 0 ? undefined : `Every instance has to run before a swap; in ${slot} ${are.join(', ')}.`;
}

function otherEndpoints(production: DeploymentPlan, staging: DeploymentPlan): string | undefined {
	const before = publicEndpoints(production);
	const after = publicEndpoints(staging);
	const only = (some: readonly string[], others: readonly string[]) =>
		some.filter(each => !others.includes(each)).join(', ') || 'none';
	return before.length === after.length && before.every(each => after.includes(each))
		? undefined
		: `Both deployments must have the same public endpoints: only production has ${only(before, after)}; only staging has ${only(after, before)}. Deploy such a change by stopping the service and starting it again.`;
}

function publicEndpoints({ roles }: DeploymentPlan): readonly string[] {
	return roles.flatMap(role =>
		role.endpoints.flatMap(endpoint =>
			isPublic(endpoint) ? [`${role.name}.${endpoint.name} (${words(endpoint)})`] : [],
		),
	);
}

function isPublic({ kind, publicPort }: EndpointPlan): boolean {
	return kind !== 'internal' && publicPort !== undefined;
}

function words({ protocol, publicPort }: EndpointPlan): string {
	return `${protocol} ${publicPort}`;
}
