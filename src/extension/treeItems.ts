import * as vscode from 'vscode';
import type { InstanceSnapshot } from '../lifecycle/snapshot';
import type { InstanceNode, RoleNode, ServiceNode } from './instanceTree';
import { iconOf, kindWords, runWords, stateWords } from './instanceWords';
import type { Run } from './runningServices';
import type { IndexedService } from './serviceIndex';
import { readyCount } from './snapshotChanges';

export function serviceItem(
	node: ServiceNode,
	service: IndexedService | undefined,
	run: Run | undefined,
): vscode.TreeItem {
	const item = new vscode.TreeItem(service?.name ?? node.definition, vscode.TreeItemCollapsibleState.Expanded);
	item.iconPath = new vscode.ThemeIcon('cloud');
	item.description = runWords(run);
	item.tooltip = node.definition;
	item.contextValue = run ? ['service', ...runWordsOf(run)].join(' ') : 'service stopped';
	return item;
}

export function roleItem(
	node: RoleNode,
	service: IndexedService | undefined,
	instances: readonly InstanceSnapshot[],
): vscode.TreeItem {
	const { Expanded, None } = vscode.TreeItemCollapsibleState;
	const role = service?.roles.find(({ name }) => name === node.role);
	const item = new vscode.TreeItem(node.role, instances.length > 0 ? Expanded : None);
	item.iconPath = new vscode.ThemeIcon(role?.kind === 'WebRole' ? 'globe' : 'server-process');
	item.description =
		instances.length > 0
			? vscode.l10n.t('{0} of {1} ready', readyCount(instances), instances.length)
			: kindWords(role?.kind);
	item.contextValue = instances.length > 0 ? 'role running' : 'role';
	return item;
}

export function instanceItem(node: InstanceNode, snapshot: InstanceSnapshot | undefined): vscode.TreeItem {
	const item = new vscode.TreeItem(node.instance);
	if (snapshot) {
		item.iconPath = iconOf(snapshot);
		item.description = stateWords(snapshot);
		item.contextValue = ['instance', ...actionsOf(snapshot)].join(' ');
	}
	return item;
}

/** Running, and whether it can be resumed; a service that is still being built can only be stopped. */
function runWordsOf({ snapshot }: Run): readonly string[] {
	const isSuspended = snapshot?.status === 'Suspended' || snapshot?.status === 'Suspending';
	return ['running', ...(snapshot ? [isSuspended ? 'suspended' : 'deployed'] : [])];
}

/** The words that `package.json` looks for in a context value. */
function actionsOf({ can, pid, debugger: debugging }: InstanceSnapshot): readonly string[] {
	const canDebug = pid !== undefined && debugging === 'none';
	return [
		...(can.start ? ['start'] : []),
		...(can.stop ? ['stop'] : []),
		...(can.recycle ? ['recycle'] : []),
		...(canDebug ? ['debug'] : []),
	];
}
