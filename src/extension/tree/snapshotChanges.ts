import { sameValue } from '../../base/sameValue';
import { addressOf, type Slot } from '../../lifecycle/slots';
import type { DeploymentSnapshot, InstanceSnapshot } from '../../lifecycle/snapshot';
import { type Grouping, groupsOf, type InstanceGroup, pageCount, pageOf, readyCount } from './instanceGroups';

/** The least that has to be drawn anew; all but an instance stand for what is below them too. */
export type SnapshotChange =
	| { readonly of: 'service' }
	/** The node of the deployment in staging, with all that is below it. */
	| { readonly of: 'staging' }
	/** `group` is the key of an `InstanceGroup`. */
	| { readonly of: 'group'; readonly slot: Slot; readonly group: string }
	/** A part of a large group; `page` counts from 0. */
	| { readonly of: 'page'; readonly slot: Slot; readonly group: string; readonly page: number }
	/** `role` and `instance` are addresses: those of the deployment in staging say so. */
	| { readonly of: 'instance'; readonly role: string; readonly instance: string };

/** More rows of a page than this are drawn with their page. */
const mostRows = 10;

/** Compares by value: whoever makes the snapshots is free to make every instance of them anew. */
export function changesBetween(
	before: DeploymentSnapshot | undefined,
	after: DeploymentSnapshot | undefined,
	grouping: Grouping = 'role',
): readonly SnapshotChange[] {
	if (before === after) {
		return [];
	}
	if (!before || !after || before.status !== after.status || !before.staging !== !after.staging) {
		return [{ of: 'service' }];
	}
	return [
		...changesOfDeployment(before, after, { of: 'service' }, grouping),
		...changesOfStaging(before, after, grouping),
	];
}

function changesOfStaging(
	before: DeploymentSnapshot,
	after: DeploymentSnapshot,
	grouping: Grouping,
): readonly SnapshotChange[] {
	const [earlier, later] = [before.staging, after.staging];
	if (!earlier || !later || earlier === later) {
		return [];
	}
	return earlier.status === later.status
		? changesOfDeployment(earlier, later, { of: 'staging' }, grouping)
		: [{ of: 'staging' }];
}

function changesOfDeployment(
	before: DeploymentSnapshot,
	after: DeploymentSnapshot,
	whole: SnapshotChange,
	grouping: Grouping,
): readonly SnapshotChange[] {
	const earlier = groupsOf(before, grouping);
	const later = groupsOf(after, grouping);
	if (!sameKeys(earlier, later) || walkOf(before) !== walkOf(after)) {
		return [whole];
	}
	const slot = after.slot ?? 'production';
	return [...later.values()].flatMap(group => changesOfGroup(slot, earlier.get(group.key), group));
}

/** A group says how many of its instances are ready, and so does each page of it. */
function changesOfGroup(
	slot: Slot,
	before: InstanceGroup | undefined,
	after: InstanceGroup,
): readonly SnapshotChange[] {
	const earlier = before?.instances ?? [];
	const sameInstances =
		earlier.length === after.instances.length &&
		after.instances.every((instance, position) => instance.instance === earlier[position]?.instance);
	if (!before || !sameInstances || before.ready !== after.ready) {
		return [{ of: 'group', slot, group: after.key }];
	}
	const pages = pageCount(after);
	return pages === 0
		? changesOfInstances(earlier, after.instances)
		: Array.from({ length: pages }, (_, page) => page).flatMap(page =>
				changesOfPage({ of: 'page', slot, group: after.key, page }, pageOf(before, page), pageOf(after, page)),
			);
}

/** Row by row, unless the row of the page itself says something else, or so many have changed that one order is less work. */
function changesOfPage(
	whole: SnapshotChange,
	before: readonly InstanceSnapshot[],
	after: readonly InstanceSnapshot[],
): readonly SnapshotChange[] {
	const changes = changesOfInstances(before, after);
	return changes.length > mostRows || readyCount(before) !== readyCount(after) ? [whole] : changes;
}

function changesOfInstances(
	before: readonly InstanceSnapshot[],
	after: readonly InstanceSnapshot[],
): readonly SnapshotChange[] {
	return after
		.filter((instance, position) => !sameValue(instance, before[position]))
		.map(each => ({
			of: 'instance',
			role: addressOf({ ...each, instance: each.role }),
			instance: addressOf(each),
		}));
}

/** The domain that an update walks is marked in the tree. */
function walkOf({ update }: DeploymentSnapshot): string {
	return update ? `${update.mode} ${update.domain} ${update.state}` : '';
}

function sameKeys(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): boolean {
	return one.size === other.size && [...one.keys()].every(key => other.has(key));
}
