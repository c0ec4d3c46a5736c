import * as vscode from 'vscode';
import { command } from '../commands';
import type { Histories } from '../history/histories';
import type { RunningServices } from '../run/runningServices';
import { untrustedWords } from '../trust';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { showAttention } from './attention';
import { type Grouping, groupings } from './instanceGroups';
import { InstanceTree } from './instanceTree';
import { OpenNodes } from './openNodes';
import { inTurns } from './treeTurns';

const groupingKey = 'rolewright.grouping';

const groupCommands: Readonly<Record<Grouping, string>> = {
	role: 'groupByRole',
	upgradeDomain: 'groupByUpgradeDomain',
	faultDomain: 'groupByFaultDomain',
};

/** The view itself: without trust it says why nothing can be started; the keys are what menus and welcome texts ask. */
export function registerInstanceTree(
	index: ServiceIndex,
	running: RunningServices,
	histories: Histories,
	memory: vscode.Memento,
	log: vscode.LogOutputChannel,
): InstanceTree {
	const said = memory.get(groupingKey);
	const grouping = groupings.find(each => each === said) ?? 'role';
	const open = new OpenNodes(memory);
	const tree = new InstanceTree(index, running, histories, { grouping, open });
	const view = vscode.window.createTreeView('rolewright.services', {
		treeDataProvider: inTurns(tree),
		showCollapseAll: true,
	});
	const showTrust = () => {
		// An empty view says it in its welcome text, with a button; a message would hide that.
		const isSaid = vscode.workspace.isTrusted || index.services().length === 0;
		view.message = isSaid ? '' : untrustedWords();
	};
	const countServices = () => {
		setKey('serviceCount', index.services().length);
		showTrust();
	};
	countServices();
	setKey('grouping', grouping);
	tree.owns(
		view,
		open.follow(view),
		showAttention(running, view),
		vscode.workspace.onDidGrantWorkspaceTrust(showTrust),
		index.onDidChangeServices(countServices),
		running.onDidChange(() => setKey('running', running.all().length > 0)),
		...groupings.map(each =>
			command(groupCommands[each], log, async () => {
				tree.groupBy(each);
				setKey('grouping', each);
				await memory.update(groupingKey, each);
			}),
		),
		// A keybinding cannot say which row has the focus, so it says only what is to be done with it.
		command('withSelection', log, async name => {
			const [node] = view.selection;
			return typeof name === 'string' && /^[a-zA-Z]+$/.test(name) && node
				? vscode.commands.executeCommand(`rolewright.${name}`, node)
				: undefined;
		}),
	);
	return tree;
}

function setKey(name: string, value: unknown): void {
	void vscode.commands.executeCommand('setContext', `rolewright.${name}`, value);
}
