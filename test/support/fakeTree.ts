// The editor has to be there before what imports it.
import './fakeEditor';

import type { Run } from '../../src/extension/run/runningServices';
import type { Grouping } from '../../src/extension/tree/instanceGroups';
import { InstanceTree } from '../../src/extension/tree/instanceTree';
import { OpenNodes } from '../../src/extension/tree/openNodes';
import type { TreeNode } from '../../src/extension/tree/treeNodes';
import type { DeploymentSnapshot } from '../../src/lifecycle/snapshot';
import { editor } from './fakeEditor';
import { passing } from './passing';

export const definition = '/shop/ServiceDefinition.csdef';

const trees: InstanceTree[] = [];

/** A tree looks at its rows once a minute until it is disposed of, also where a test has failed. */
export function disposeTrees(): void {
	for (const tree of trees.splice(0)) {
		tree.dispose();
	}
}

/** The tree of one service with these roles, as the view of the editor asks it. */
export function fakeTree(
	roles: readonly string[],
	grouping: Grouping = 'role',
	remembered: Record<string, boolean> = {},
) {
	const running = new editor.EventEmitter<string>();
	const services = new editor.EventEmitter<void>();
	let now = 0;
	let run: Run | undefined;
	const service = { definition, name: 'Shop', roles: roles.map(name => ({ name, kind: 'WorkerRole' as const })) };
	const memory = {
		keys: () => [],
		get: (_key: string, fallback?: unknown) => remembered ?? fallback,
		update: async (_key: string, value: Record<string, boolean>) => {
			remembered = value;
		},
	};
	const open = new OpenNodes(memory as ConstructorParameters<typeof OpenNodes>[0]);
	const tree = new InstanceTree(
		{ services: () => [service], serviceAt: () => service, onDidChangeServices: services.event },
		{ runOf: () => run, onDidChange: running.event },
		{ lastReason: () => undefined },
		{ grouping, open },
	);

	trees.push(tree);

	/** As VS Code draws it: what is below a row that is closed is not asked for. */
	function draw(node?: TreeNode, indent = '', everything = false): string[] {
		return tree.getChildren(node).flatMap(child => {
			const { label, description, contextValue, collapsibleState } = tree.getTreeItem(child);
			const row = `${indent}${label}: ${description} [${contextValue}]`;
			const isOpen = everything || collapsibleState === editor.TreeItemCollapsibleState.Expanded;
			return [row, ...(isOpen ? draw(child, `${indent}  `, everything) : [])];
		});
	}

	return {
		tree,
		open,
		draw,
		remembered: () => remembered,
		/** Fabric time, in milliseconds since 1970. */
		setTime: (time: number) => {
			now = time;
		},
		show(snapshot: DeploymentSnapshot | undefined): void {
			const service = { clock: { now: () => now }, plan: { deploymentId: snapshot?.deploymentId } };
			run = snapshot && ({ definition, state: 'running', service, snapshot } as Run);
			running.fire(definition);
		},
		/** The rows that are drawn anew because of this. */
		redrawn(change: () => void): readonly string[] {
			const nodes: (TreeNode | undefined)[] = [];
			const listening = tree.onDidChangeTreeData(changed => nodes.push(...(changed ?? [undefined])));
			passing(50, change);
			listening.dispose();
			return nodes.map(node => (node ? String(tree.getTreeItem(node).label) : 'all'));
		},
	};
}
