import type * as vscode from 'vscode';
import { turn } from '../coalesce';
import type { InstanceTree } from './instanceTree';
import type { TreeNode } from './treeNodes';

/**
 * The tree as VS Code asks it. It asks for the rows of all the open pages of a group at once: between two pages everybody
 * else has a turn, so that a thousand instances keep no key stroke waiting.
 */
export function inTurns(tree: InstanceTree): vscode.TreeDataProvider<TreeNode> {
	return {
		onDidChangeTreeData: tree.onDidChangeTreeData,
		getChildren: async node => {
			if (node?.kind === 'page') {
				await turn();
			}
			return tree.getChildren(node);
		},
		getParent: node => tree.getParent(node),
		getTreeItem: node => tree.getTreeItem(node),
		resolveTreeItem: (item, node) => tree.resolveTreeItem(item, node),
	};
}
