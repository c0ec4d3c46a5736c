import * as vscode from 'vscode';
import type { InstanceSnapshot } from '../lifecycle/snapshot';
import { type Coalesced, coalesce } from './coalesce';
import { detailsOf } from './instanceWords';
import type { Run, RunningServices } from './runningServices';
import type { ServiceIndex } from './serviceIndex';
import { changesBetween, instancesByRole, type SnapshotChange } from './snapshotChanges';
import { instanceItem, roleItem, serviceItem } from './treeItems';
import { untrustedWords } from './trust';

/**
 * Services, their roles and their instances. A node holds names and nothing else; what it shows is read from the index
 * and from the latest snapshot when VS Code draws it.
 */
export type TreeNode = ServiceNode | RoleNode | InstanceNode;

export interface ServiceNode {
	readonly kind: 'service';
	readonly definition: string;
}

export interface RoleNode {
	readonly kind: 'role';
	readonly definition: string;
	readonly role: string;
}

export interface InstanceNode {
	readonly kind: 'instance';
	readonly definition: string;
	readonly role: string;
	readonly instance: string;
}

/** What a thousand instances change in this time (in milliseconds) is drawn at once. */
const redrawAfter = 50;

export class InstanceTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<TreeNode[] | undefined>();
	private readonly nodes = new Map<string, TreeNode>();
	private readonly drawn = new Map<string, Run>();
	private readonly redraw: Coalesced<string>;
	private readonly disposables: vscode.Disposable[];

	readonly onDidChangeTreeData = this.changed.event;

	constructor(
		private readonly index: ServiceIndex,
		private readonly running: RunningServices,
	) {
		this.redraw = coalesce(redrawAfter, definitions => this.fire(definitions));
		this.disposables = [
			this.changed,
			this.redraw,
			index.onDidChangeServices(() => this.changed.fire(undefined)),
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

	getChildren(node?: TreeNode): TreeNode[] {
		switch (node?.kind) {
			case undefined:
				return this.index.services().map(({ definition }) => this.known({ kind: 'service', definition }));
			case 'service':
				return this.rolesOf(node.definition).map(role => this.known({ ...node, kind: 'role', role }));
			case 'role':
				return this.instancesOf(node).map(({ instance }) => this.known({ ...node, kind: 'instance', instance }));
			case 'instance':
				return [];
		}
	}

	getParent(node: TreeNode): TreeNode | undefined {
		const { kind, definition } = node;
		switch (kind) {
			case 'service':
				return undefined;
			case 'role':
				return this.known({ kind: 'service', definition });
			case 'instance':
				return this.known({ kind: 'role', definition, role: node.role });
		}
	}

	getTreeItem(node: TreeNode): vscode.TreeItem {
		const item = this.itemOf(node);
		// To VS Code a role with instances is another item than one without: it would stay folded as it was.
		item.id = `${keyOf(node)}\n${item.collapsibleState}`;
		item.accessibilityInformation = { label: `${item.label}, ${item.description}` };
		return item;
	}

	/** Details are made for the one node under the pointer, not for a thousand. */
	resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
		const snapshot = node.kind === 'instance' ? this.snapshotOf(node) : undefined;
		item.tooltip = snapshot ? detailsOf(snapshot) : item.tooltip;
		return item;
	}

	private itemOf(node: TreeNode): vscode.TreeItem {
		switch (node.kind) {
			case 'service':
				return serviceItem(node, this.index.serviceAt(node.definition), this.running.runOf(node.definition));
			case 'role':
				return roleItem(node, this.index.serviceAt(node.definition), this.instancesOf(node));
			case 'instance':
				return instanceItem(node, this.snapshotOf(node));
		}
	}

	private rolesOf(definition: string): readonly string[] {
		const declared = this.index.serviceAt(definition)?.roles.map(({ name }) => name) ?? [];
		const snapshot = this.running.runOf(definition)?.snapshot;
		return [...new Set([...declared, ...(snapshot ? instancesByRole(snapshot).keys() : [])])];
	}

	private instancesOf(node: RoleNode): readonly InstanceSnapshot[] {
		const snapshot = this.running.runOf(node.definition)?.snapshot;
		return (snapshot && instancesByRole(snapshot).get(node.role)) ?? [];
	}

	private snapshotOf(node: InstanceNode): InstanceSnapshot | undefined {
		return this.running.runOf(node.definition)?.snapshot?.instances.find(({ instance }) => instance === node.instance);
	}

	/** VS Code redraws a node only when it is handed the object that it was given, so there is one for each key. */
	private known<T extends TreeNode>(node: T): TreeNode {
		const known = this.nodes.get(keyOf(node)) ?? node;
		this.nodes.set(keyOf(node), known);
		return known;
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
			const changes: readonly SnapshotChange[] =
				before?.state === after?.state ? changesBetween(before?.snapshot, after?.snapshot) : [{ of: 'service' }];
			return changes.map(change => this.known(nodeOf(definition, change)));
		});
		if (nodes.length > 0) {
			this.changed.fire(nodes);
		}
	}
}

function nodeOf(definition: string, change: SnapshotChange): TreeNode {
	switch (change.of) {
		case 'service':
			return { kind: 'service', definition };
		case 'role':
			return { kind: 'role', definition, role: change.role };
		case 'instance':
			return { kind: 'instance', definition, role: change.role, instance: change.instance };
	}
}

/** No part of a key can hold a line break: a path of the index, names of roles, ids made from them. */
function keyOf(node: TreeNode): string {
	const names = node.kind === 'service' ? [] : node.kind === 'role' ? [node.role] : [node.role, node.instance];
	return [node.definition, ...names].join('\n');
}

/** The view itself: without trust it says why nothing can be started; the keys are what menus and welcome texts ask. */
export function registerInstanceTree(index: ServiceIndex, running: RunningServices): InstanceTree {
	const tree = new InstanceTree(index, running);
	const view = vscode.window.createTreeView('rolewright.services', { treeDataProvider: tree, showCollapseAll: true });
	const showTrust = () => {
		view.message = vscode.workspace.isTrusted ? '' : untrustedWords();
	};
	const countServices = () => setKey('serviceCount', index.services().length);
	showTrust();
	countServices();
	tree.owns(
		view,
		vscode.workspace.onDidGrantWorkspaceTrust(showTrust),
		index.onDidChangeServices(countServices),
		running.onDidChange(() => setKey('running', running.all().length > 0)),
	);
	return tree;
}

function setKey(name: string, value: unknown): void {
	void vscode.commands.executeCommand('setContext', `rolewright.${name}`, value);
}
