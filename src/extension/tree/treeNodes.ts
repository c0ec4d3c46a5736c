import { addressOf, type Slot } from '../../lifecycle/slots';
import type { InstanceSnapshot } from '../../lifecycle/snapshot';
import type { Grouping } from './instanceGroups';
import type { SnapshotChange } from './snapshotChanges';

/**
 * Services, what their instances are gathered by, and the instances. A node holds names and nothing else; what it shows is
 * read from the index and from the latest snapshot when VS Code draws it.
 */
export type TreeNode = ServiceNode | StagingNode | GroupNode | PageNode | InstanceNode;

export interface ServiceNode {
	readonly kind: 'service';
	readonly definition: string;
}

/** The deployment in staging, where there is one; what is in production stands below the service itself. */
export interface StagingNode {
	readonly kind: 'staging';
	readonly definition: string;
}

export type GroupNode = RoleNode | DomainNode;

/** `role` and `instance` are addresses (`lifecycle/slots.ts`), as commands take them. */
export interface RoleNode {
	readonly kind: 'role';
	readonly definition: string;
	readonly role: string;
}

export interface DomainNode {
	readonly kind: Exclude<Grouping, 'role'>;
	readonly definition: string;
	readonly slot: Slot;
	readonly domain: number;
}

/** A part of the instances of a large group; `page` counts from 0. */
export interface PageNode {
	readonly kind: 'page';
	readonly definition: string;
	readonly group: GroupNode;
	readonly page: number;
}

export interface InstanceNode {
	readonly kind: 'instance';
	readonly definition: string;
	readonly role: string;
	readonly instance: string;
}

/** No part of a key can hold a line break: a path of the index, names of roles, ids made from them. */
export function nodeKey(node: TreeNode): string {
	switch (node.kind) {
		case 'service':
			return node.definition;
		case 'staging':
			return `${node.definition}\nstaging:`;
		case 'role':
			return `${node.definition}\n${node.role}`;
		case 'upgradeDomain':
		case 'faultDomain':
			return `${node.definition}\n${node.slot}:${node.kind}\n${node.domain}`;
		case 'page':
			return `${nodeKey(node.group)}\n\n${node.page}`;
		case 'instance':
			return `${node.definition}\n${node.role}\n${node.instance}`;
	}
}

export function groupNode(definition: string, slot: Slot, grouping: Grouping, key: string): GroupNode {
	return grouping === 'role'
		? { kind: 'role', definition, role: key }
		: { kind: grouping, definition, slot, domain: Number(key) };
}

export function instanceNode(definition: string, snapshot: InstanceSnapshot): InstanceNode {
	const role = addressOf({ ...snapshot, instance: snapshot.role });
	return { kind: 'instance', definition, role, instance: addressOf(snapshot) };
}

/** What is drawn again after a change. */
export function nodeOf(definition: string, change: SnapshotChange, grouping: Grouping): TreeNode {
	switch (change.of) {
		case 'service':
		case 'staging':
			return { kind: change.of, definition };
		case 'group':
			return groupNode(definition, change.slot, grouping, change.group);
		case 'page': {
			const group = groupNode(definition, change.slot, grouping, change.group);
			return { kind: 'page', definition, group, page: change.page };
		}
		case 'instance':
			return { kind: 'instance', definition, role: change.role, instance: change.instance };
	}
}
