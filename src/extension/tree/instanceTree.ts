import * as vscode from 'vscode';
import { readAddress } from '../../lifecycle/slots';
import type { DeploymentSnapshot, InstanceSnapshot } from '../../lifecycle/snapshot';
import { type Coalesced, coalesce } from '../coalesce';
import type { Histories } from '../history/histories';
import type { Run, RunningServices } from '../run/runningServices';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { type Grouping, groupsOf, pageCount, pageSize } from './instanceGroups';
import { detailsOf } from './instanceWords';
import { NodeSnapshots } from './nodeSnapshots';
import type { OpenNodes } from './openNodes';
import { changesBetween, type SnapshotChange } from './snapshotChanges';
import {
	type GroupNode,
	groupNode,
	type InstanceNode,
	instanceNode,
	nodeKey,
	nodeOf,
	type TreeNode,
} from './treeNodes';
import { TreeRows } from './treeRows';

/** What a thousand instances change in this time (in milliseconds) is drawn at once. */
const redrawAfter = 50;

/** How long an instance lives is told in minutes, so rows are looked through once a minute (in milliseconds). */
const agesEvery = 60_000;

/** What the view knows beside the services: how instances are gathered, and which rows are open. */
export interface TreeMemory {
	grouping: Grouping;
	readonly open: OpenNodes;
}

export class InstanceTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<TreeNode[] | undefined>();
	private readonly nodes = new Map<string, TreeNode>();
	private readonly drawn = new Map<string, Run>();
	private readonly rows: TreeRows;
	private readonly runs: NodeSnapshots;
	private readonly redraw: Coalesced<string>;
	private readonly disposables: vscode.Disposable[];

	readonly onDidChangeTreeData = this.changed.event;

	constructor(
		private readonly index: Pick<ServiceIndex, 'services' | 'serviceAt' | 'onDidChangeServices'>,
		private readonly running: Pick<RunningServices, 'runOf' | 'onDidChange'>,
		private readonly histories: Pick<Histories, 'lastReason'>,
		private readonly memory: TreeMemory,
	) {
		this.runs = new NodeSnapshots(running);
		this.rows = new TreeRows(index, running, this.runs, memory);
		this.redraw = coalesce(redrawAfter, definitions => this.fire(definitions));
		const ages = setInterval(() => this.redrawn(this.rows.outdated(this.nodes)), agesEvery);
		this.disposables = [
			this.changed,
			this.redraw,
			{ dispose: () => clearInterval(ages) },
			index.onDidChangeServices(() => this.drawAll()),
			running.onDidChange(definition => this.redraw.add(definition)),
		];
	}

	dispose(): void {
		for (const disposable of this.disposables) {
			disposable.dispose();
		}
	}

	/** What ends together with the tree. */
	owns(...parts: readonly vscode.Disposable[]): void {
		this.disposables.push(...parts);
	}

	get grouping(): Grouping {
		return this.memory.grouping;
	}

	groupBy(grouping: Grouping): void {
		this.memory.grouping = grouping;
		this.drawAll();
	}

	getChildren(node?: TreeNode): TreeNode[] {
		switch (node?.kind) {
			case undefined:
				return this.index.services().map(({ definition }) => this.known({ kind: 'service', definition }));
			case 'service':
				return this.partsOf(node.definition);
			case 'staging':
				return this.groupNodes(node.definition, this.stagingOf(node.definition));
			case 'role':
			case 'upgradeDomain':
			case 'faultDomain':
				return this.membersOf(node);
			case 'page':
				return this.instanceNodes(node.definition, this.runs.pageOf(node));
			case 'instance':
				return [];
		}
	}

	getParent(node: TreeNode): TreeNode | undefined {
		const { kind, definition } = node;
		switch (kind) {
			case 'service':
				return undefined;
			case 'staging':
				return this.known({ kind: 'service', definition });
			case 'role':
				return this.slotNode(definition, readAddress(node.role).slot);
			case 'upgradeDomain':
			case 'faultDomain':
				return this.slotNode(definition, node.slot);
			case 'page':
				return this.known(node.group);
			case 'instance':
				return this.groupOf(node);
		}
	}

	getTreeItem(node: TreeNode): vscode.TreeItem {
		return this.rows.rowOf(node);
	}

	/** Details are made for the one node under the pointer, not for a thousand. */
	resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
		const snapshot = node.kind === 'instance' ? this.runs.snapshotOf(node) : undefined;
		if (snapshot && node.kind === 'instance') {
			const reason =
				snapshot.lastRestart && this.histories.lastReason(node.definition, { key: this.runs.journalKey(node) });
			item.tooltip = detailsOf(snapshot, { reason, node });
		}
		return item;
	}

	private partsOf(definition: string): TreeNode[] {
		const snapshot = this.running.runOf(definition)?.snapshot;
		const staging = this.stagingOf(definition);
		const groups = this.groupNodes(definition, snapshot);
		// Nobody knows the domain of a role that does not run, and whoever edits looks for it here.
		const declared = this.index.serviceAt(definition)?.roles.map(({ name }) => name) ?? [];
		const shown = this.memory.grouping === 'role' || !snapshot?.instances.length ? declared : [];
		const roles = shown.map(role => this.known({ kind: 'role', definition, role }));
		return [
			...new Set([...roles, ...groups]),
			...(staging ? [this.known({ kind: 'staging', definition } as const)] : []),
		];
	}

	private groupNodes(definition: string, snapshot: DeploymentSnapshot | undefined): TreeNode[] {
		const { grouping } = this.memory;
		const keys = snapshot ? [...groupsOf(snapshot, grouping).keys()] : [];
		const slot = snapshot?.slot ?? 'production';
		return keys.map(key => this.known(groupNode(definition, slot, grouping, key)));
	}

	private membersOf(node: GroupNode): TreeNode[] {
		const group = this.runs.groupAt(node);
		const { definition } = node;
		const pages = group ? pageCount(group) : 0;
		return pages === 0
			? this.instanceNodes(definition, group?.instances ?? [])
			: Array.from({ length: pages }, (_, page) => this.known({ kind: 'page', definition, group: node, page }));
	}

	private instanceNodes(definition: string, instances: readonly InstanceSnapshot[]): TreeNode[] {
		return instances.map(each => this.known(instanceNode(definition, each)));
	}

	private slotNode(definition: string, slot: 'production' | 'staging'): TreeNode {
		return this.known({ kind: slot === 'staging' ? 'staging' : 'service', definition });
	}

	private groupOf(node: InstanceNode): TreeNode | undefined {
		const { definition } = node;
		const snapshot = this.runs.snapshotOf(node);
		if (!snapshot) {
			return this.known({ kind: 'role', definition, role: node.role });
		}
		const { grouping } = this.memory;
		const key = grouping === 'role' ? node.role : String(snapshot[grouping]);
		const group = this.known(groupNode(definition, snapshot.slot ?? 'production', grouping, key)) as GroupNode;
		const found = this.runs.groupAt(group);
		return found && pageCount(found) > 0
			? this.known({
					...{ kind: 'page', definition, group },
					page: Math.floor(found.instances.indexOf(snapshot) / pageSize),
				})
			: group;
	}

	private stagingOf(definition: string): DeploymentSnapshot | undefined {
		return this.runs.deploymentOf(definition, 'staging');
	}

	/** VS Code redraws a node only when it is handed the object that it was given, so there is one for each key. */
	private known<T extends TreeNode>(node: T): TreeNode {
		const key = nodeKey(node);
		const known = this.nodes.get(key) ?? node;
		this.nodes.set(key, known);
		return known;
	}

	private drawAll(): void {
		this.rows.forget();
		this.changed.fire(undefined);
	}

	private fire(definitions: ReadonlySet<string>): void {
		const nodes = [...definitions].flatMap(definition => {
			const before = this.drawn.get(definition);
			const after = this.running.runOf(definition);
			if (after) {
				this.drawn.set(definition, after);
			} else {
				this.drawn.delete(definition);
			}
			const { grouping } = this.memory;
			const changes: readonly SnapshotChange[] =
				before?.state === after?.state && before?.standsAt === after?.standsAt
					? changesBetween(before?.snapshot, after?.snapshot, grouping)
					: [{ of: 'service' }];
			return changes.map(change => this.known(nodeOf(definition, change, grouping)));
		});
		this.redrawn(nodes);
	}

	private redrawn(nodes: TreeNode[]): void {
		if (nodes.length > 0) {
			this.changed.fire(nodes);
		}
	}
}
