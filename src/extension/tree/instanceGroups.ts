import { addressOf } from '../../lifecycle/slots';
import type { DeploymentSnapshot, InstanceSnapshot } from '../../lifecycle/snapshot';

/** What instances are gathered by below a service: their role, or the domain that the fabric has put them in. */
export type Grouping = 'role' | 'upgradeDomain' | 'faultDomain';

export const groupings: readonly Grouping[] = ['role', 'upgradeDomain', 'faultDomain'];

/** The instances of one deployment that belong together, in their order. */
export interface InstanceGroup {
	/** Unique in a deployment: the address of the role, or the number of the domain. */
	readonly key: string;
	readonly instances: readonly InstanceSnapshot[];
	readonly ready: number;
}

/** More instances than this in a group are shown in pages: no change then redraws more than a page. */
export const pageSize = 100;

const known = new WeakMap<DeploymentSnapshot, Map<Grouping, ReadonlyMap<string, InstanceGroup>>>();

/** The groups of a deployment, roles in the order of the plan, domains by their number; made once for each snapshot. */
export function groupsOf(snapshot: DeploymentSnapshot, grouping: Grouping): ReadonlyMap<string, InstanceGroup> {
	const made = known.get(snapshot) ?? new Map<Grouping, ReadonlyMap<string, InstanceGroup>>();
	known.set(snapshot, made);
	const groups = made.get(grouping) ?? gather(snapshot, grouping);
	made.set(grouping, groups);
	return groups;
}

/** The part of a group that one of its pages shows; `page` counts from 0. */
export function pageOf({ instances }: InstanceGroup, page: number): readonly InstanceSnapshot[] {
	return instances.slice(page * pageSize, (page + 1) * pageSize);
}

/** How many pages a group has; 0 where its instances are shown without any. */
export function pageCount({ instances }: InstanceGroup): number {
	return instances.length > pageSize ? Math.ceil(instances.length / pageSize) : 0;
}

/** By the addresses of the roles. */
export function instancesByRole(snapshot: DeploymentSnapshot): ReadonlyMap<string, readonly InstanceSnapshot[]> {
	return new Map([...groupsOf(snapshot, 'role')].map(([role, { instances }]) => [role, instances]));
}

export function readyCount(instances: readonly InstanceSnapshot[]): number {
	return instances.filter(({ state }) => state === 'ReadyRole').length;
}

function gather(snapshot: DeploymentSnapshot, grouping: Grouping): ReadonlyMap<string, InstanceGroup> {
	const groups = new Map<string | number, InstanceSnapshot[]>();
	for (const instance of snapshot.instances) {
		const part = instance[grouping];
		const instances = groups.get(part);
		if (instances) {
			instances.push(instance);
		} else {
			groups.set(part, [instance]);
		}
	}
	const sorted = grouping === 'role' ? [...groups] : [...groups].sort(([a], [b]) => Number(a) - Number(b));
	const keyOf = (part: string | number) =>
		typeof part === 'number'
			? String(part)
			: addressOf({ instance: part, ...(snapshot.slot && { slot: snapshot.slot }) });
	return new Map(
		sorted.map(([part, instances]) => {
			const key = keyOf(part);
			return [key, { key, instances, ready: readyCount(instances) }];
		}),
	);
}
