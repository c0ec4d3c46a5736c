import * as vscode from 'vscode';
import { nodeKey, type TreeNode } from './treeNodes';

const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

const memoryKey = 'rolewright.openNodes';

/** So many rows are remembered that somebody has opened or closed, the newest of them. */
const mostRemembered = 500;

/** Which rows are open: as somebody left them in this workspace, else as they come. VS Code forgets it with the window. */
export class OpenNodes {
	private readonly said: Map<string, boolean>;

	constructor(private readonly memory: vscode.Memento) {
		this.said = new Map(Object.entries(memory.get<Readonly<Record<string, boolean>>>(memoryKey, {})));
	}

	stateOf(key: string, itself: vscode.TreeItemCollapsibleState | undefined): vscode.TreeItemCollapsibleState {
		const isOpen = this.said.get(key) ?? itself === Expanded;
		return isOpen ? Expanded : Collapsed;
	}

	follow(view: vscode.TreeView<TreeNode>): vscode.Disposable {
		return vscode.Disposable.from(
			view.onDidExpandElement(({ element }) => this.note(element, true)),
			view.onDidCollapseElement(({ element }) => this.note(element, false)),
		);
	}

	private note(node: TreeNode, isOpen: boolean): void {
		const key = nodeKey(node);
		this.said.delete(key);
		this.said.set(key, isOpen);
		for (const oldest of [...this.said.keys()].slice(0, -mostRemembered)) {
			this.said.delete(oldest);
		}
		void this.memory.update(memoryKey, Object.fromEntries(this.said));
	}
}
