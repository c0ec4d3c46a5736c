import type { DeploymentSnapshot, InstanceSnapshot } from '../lifecycle/snapshot';

/** The least that has to be drawn anew; a role or a service stands for all that is below it. */
export type SnapshotChange =
	| { readonly of: 'service' }
	| { readonly of: 'role'; readonly role: string }
	| { readonly of: 'instance'; readonly role: string; readonly instance: string };

/** Compares by value: whoever makes the snapshots is free to make every instance of them anew. */
export function changesBetween(
	before: DeploymentSnapshot | undefined,
	after: DeploymentSnapshot | undefined,
): readonly SnapshotChange[] {
	if (before === after) {
		return [];
	}
	if (!before || !after || before.status !== after.status) {
		return [{ of: 'service' }];
	}
	const earlier = instancesByRole(before);
	const later = instancesByRole(after);
	if (!sameKeys(earlier, later)) {
		return [{ of: 'service' }];
	}
	return [...later].flatMap(([role, instances]) => changesOfRole(role, earlier.get(role) ?? [], instances));
}

function changesOfRole(
	role: string,
	before: readonly InstanceSnapshot[],
	after: readonly InstanceSnapshot[],
): readonly SnapshotChange[] {
	const sameInstances =
		before.length === after.length &&
		after.every((instance, position) => instance.instance === before[position]?.instance);
	// The role says how many of its instances are ready.
	if (!sameInstances || readyCount(before) !== readyCount(after)) {
		return [{ of: 'role', role }];
	}
	return after
		.filter((instance, position) => !sameInstance(instance, before[position]))
		.map(({ instance }) => ({ of: 'instance', role, instance }));
}

export function readyCount(instances: readonly InstanceSnapshot[]): number {
	return instances.filter(({ state }) => state === 'ReadyRole').length;
}

export function instancesByRole(snapshot: DeploymentSnapshot): ReadonlyMap<string, readonly InstanceSnapshot[]> {
	const roles = new Map<string, InstanceSnapshot[]>();
	for (const instance of snapshot.instances) {
		const instances = roles.get(instance.role);
		if (instances) {
			instances.push(instance);
		} else {
			roles.set(instance.role, [instance]);
		}
	}
	return roles;
}

function sameInstance(one: InstanceSnapshot, other: InstanceSnapshot | undefined): boolean {
	return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function sameKeys(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): boolean {
	return one.size === other.size && [...one.keys()].every(key => other.has(key));
}
