import { readAddress } from '../../lifecycle/slots';
import type { DeploymentSnapshot, InstanceSnapshot } from '../../lifecycle/snapshot';
import type { RunningServices } from '../run/runningServices';
import { groupsOf, type InstanceGroup, pageOf } from './instanceGroups';
import type { GroupNode, InstanceNode, PageNode } from './treeNodes';

/** What the nodes of the tree stand for in the latest snapshots; `undefined` where it is gone. */
export class NodeSnapshots {
	constructor(private readonly running: Pick<RunningServices, 'runOf'>) {}

	deploymentOf(definition: string, slot: 'production' | 'staging'): DeploymentSnapshot | undefined {
		const snapshot = this.running.runOf(definition)?.snapshot;
		return slot === 'staging' ? snapshot?.staging : snapshot;
	}

	groupAt(node: GroupNode): InstanceGroup | undefined {
		const slot = node.kind === 'role' ? readAddress(node.role).slot : node.slot;
		const snapshot = this.deploymentOf(node.definition, slot);
		return snapshot && groupsOf(snapshot, node.kind).get(node.kind === 'role' ? node.role : String(node.domain));
	}

	pageOf({ group, page }: PageNode): readonly InstanceSnapshot[] {
		const found = this.groupAt(group);
		return found ? pageOf(found, page) : [];
	}

	snapshotOf({ definition, role, instance }: InstanceNode): InstanceSnapshot | undefined {
		const snapshot = this.deploymentOf(definition, readAddress(role).slot);
		const instances = snapshot && groupsOf(snapshot, 'role').get(role)?.instances;
		const { name } = readAddress(instance);
		// Instances of a role stand in the order of their numbers, mostly without gaps.
		const guess = instances?.[Number(/\d+$/.exec(name)?.[0])];
		return guess?.instance === name ? guess : instances?.find(each => each.instance === name);
	}

	/** Fabric time, in which the journal has its moments. */
	now(definition: string): number {
		return this.running.runOf(definition)?.service?.clock.now() ?? Date.now();
	}

	/** The journal names the instances of any deployment but the first with its id, too (`history/entries.ts`). */
	journalKey({ definition, instance }: InstanceNode): string {
		const { slot, name } = readAddress(instance);
		const deploymentId = this.deploymentOf(definition, slot)?.deploymentId;
		const first = this.running.runOf(definition)?.service?.plan.deploymentId;
		return deploymentId === undefined || deploymentId === first ? name : `${deploymentId}/${name}`;
	}
}
