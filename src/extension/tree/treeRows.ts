import * as vscode from 'vscode';
import type { InstanceSnapshot } from '../../lifecycle/snapshot';
import type { RunningServices } from '../run/runningServices';
import type { ServiceIndex } from '../workspace/serviceIndex';
import type { TreeMemory } from './instanceTree';
import type { NodeSnapshots } from './nodeSnapshots';
import { domainItem, instanceItem, pageItem, roleItem, serviceItem, stagingItem } from './treeItems';
import { nodeKey, type TreeNode } from './treeNodes';

/** The rows of the tree as they are drawn, and what they said last. */
export class TreeRows {
	/** What was last said of instances, by their keys: the rows whose words have become old are drawn again. */
	private readonly told = new Map<string, string>();
	/** Rows of instances to which nothing has happened: a group is drawn with all that is below it. */
	private rows = new WeakMap<InstanceSnapshot, vscode.TreeItem>();

	constructor(
		private readonly index: Pick<ServiceIndex, 'serviceAt'>,
		private readonly running: Pick<RunningServices, 'runOf'>,
		private readonly runs: NodeSnapshots,
		private readonly memory: TreeMemory,
	) {}

	rowOf(node: TreeNode): vscode.TreeItem {
		const snapshot = node.kind === 'instance' ? this.runs.snapshotOf(node) : undefined;
		const row = (snapshot && this.rows.get(snapshot)) ?? this.made(node);
		if (snapshot) {
			this.rows.set(snapshot, row);
		}
		return row;
	}

	/** All are made anew when they are asked for. */
	forget(): void {
		this.rows = new WeakMap();
	}

	/** The instances of which something else is to be said by now: time has passed. */
	outdated(nodes: ReadonlyMap<string, TreeNode>): TreeNode[] {
		const found: TreeNode[] = [];
		this.forget();
		for (const [key, told] of this.told) {
			const node = nodes.get(key);
			const snapshot = node?.kind === 'instance' ? this.runs.snapshotOf(node) : undefined;
			if (node?.kind !== 'instance' || !snapshot) {
				this.told.delete(key);
			} else if (this.itemOf(node).description !== told) {
				found.push(node);
			}
		}
		return found;
	}

	private made(node: TreeNode): vscode.TreeItem {
		const item = this.itemOf(node);
		const key = nodeKey(node);
		const isBranch = item.collapsibleState !== vscode.TreeItemCollapsibleState.None;
		// To VS Code a role with instances is another item than one without: it would stay folded as it was.
		item.id = isBranch ? `${key}\nopens` : key;
		if (isBranch) {
			item.collapsibleState = this.memory.open.stateOf(key, item.collapsibleState);
		}
		item.accessibilityInformation ??= { label: `${item.label}, ${item.description}` };
		if (node.kind === 'instance') {
			this.told.set(key, String(item.description));
		}
		return item;
	}

	private itemOf(node: TreeNode): vscode.TreeItem {
		const { definition } = node;
		switch (node.kind) {
			case 'service':
				return serviceItem(node, this.index.serviceAt(definition), this.running.runOf(definition));
			case 'staging':
				return stagingItem(node, this.runs.deploymentOf(definition, 'staging'));
			case 'role':
				return roleItem(node, this.index.serviceAt(definition), this.runs.groupAt(node));
			case 'upgradeDomain':
			case 'faultDomain':
				return domainItem(node, this.runs.groupAt(node), this.runs.deploymentOf(definition, node.slot));
			case 'page':
				return pageItem(this.runs.pageOf(node));
			case 'instance':
				return instanceItem(node, this.runs.snapshotOf(node), this.memory.grouping, this.runs.now(definition));
		}
	}
}
