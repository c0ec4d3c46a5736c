import * as vscode from 'vscode';
import { readAddress } from '../../lifecycle/slots';
import type { DeploymentSnapshot, InstanceSnapshot } from '../../lifecycle/snapshot';
import type { Run } from '../run/runningServices';
import type { IndexedService } from '../workspace/serviceIndex';
import { type Grouping, type InstanceGroup, readyCount } from './instanceGroups';
import { iconOf, kindWords, rowWords, runWords, spokenWords, statusWords } from './instanceWords';
import type { DomainNode, InstanceNode, RoleNode, ServiceNode, StagingNode } from './treeNodes';

export function serviceItem(
	node: ServiceNode,
	service: IndexedService | undefined,
	run: Run | undefined,
): vscode.TreeItem {
	const item = new vscode.TreeItem(service?.name ?? node.definition, vscode.TreeItemCollapsibleState.Expanded);
	item.iconPath = new vscode.ThemeIcon('cloud');
	item.description = runWords(run);
	item.tooltip = [node.definition, ...(run?.standsAt === undefined ? [] : [standWords(run.standsAt)])].join('\n');
	item.contextValue = run ? ['service', ...runWordsOf(run)].join(' ') : 'service stopped';
	return item;
}

/** The deployment in staging, and where the outside reaches it. */
export function stagingItem(node: StagingNode, snapshot: DeploymentSnapshot | undefined): vscode.TreeItem {
	const item = new vscode.TreeItem(vscode.l10n.t('Staging'), vscode.TreeItemCollapsibleState.Expanded);
	item.iconPath = new vscode.ThemeIcon('beaker');
	item.description = snapshot ? statusWords(snapshot.status) : '';
	const places = (snapshot?.publicEndpoints ?? []).map(
		({ endpoint, address, port }) => `${endpoint} ${address}:${port}`,
	);
	item.tooltip = [node.definition, ...places].join('\n');
	item.contextValue = ['staging', ...suspendedWord(snapshot)].join(' ');
	return item;
}

export function roleItem(
	node: RoleNode,
	service: IndexedService | undefined,
	group: InstanceGroup | undefined,
): vscode.TreeItem {
	const { Expanded, None } = vscode.TreeItemCollapsibleState;
	const label = readAddress(node.role).name;
	const role = service?.roles.find(({ name }) => name === label);
	const item = new vscode.TreeItem(label, group ? Expanded : None);
	item.iconPath = new vscode.ThemeIcon(role?.kind === 'WebRole' ? 'globe' : 'server-process');
	item.description = group ? readyWords(group.ready, group.instances.length) : kindWords(role?.kind);
	item.contextValue = group ? 'role running' : 'role';
	return item;
}

/** The instances that go down together: in an update, or when what they stand on fails. */
export function domainItem(
	{ kind, domain }: DomainNode,
	group: InstanceGroup | undefined,
	snapshot: DeploymentSnapshot | undefined,
): vscode.TreeItem {
	const isUpgrade = kind === 'upgradeDomain';
	const label = isUpgrade ? vscode.l10n.t('Upgrade domain {0}', domain) : vscode.l10n.t('Fault domain {0}', domain);
	const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
	const walk = isUpgrade && snapshot?.update?.domain === domain ? snapshot.update : undefined;
	const isNext = walk?.state === 'Before';
	const ready = readyWords(group?.ready ?? 0, group?.instances.length ?? 0);
	const walking = isNext ? vscode.l10n.t('{0}, updated next', ready) : vscode.l10n.t('{0}, being updated', ready);
	item.description = walk ? walking : ready;
	item.iconPath = new vscode.ThemeIcon(isUpgrade ? 'layers' : 'server-environment');
	item.contextValue = [kind, ...(walk?.mode === 'manual' && isNext ? ['walkable'] : [])].join(' ');
	return item;
}

/** Some of the instances of a large group, by the first and the last of them. */
export function pageItem(instances: readonly InstanceSnapshot[]): vscode.TreeItem {
	const [first, last] = [instances[0]?.instance ?? '', instances.at(-1)?.instance ?? ''];
	const label = vscode.l10n.t('{0} to {1}', first, last);
	const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
	item.description = readyWords(readyCount(instances), instances.length);
	item.contextValue = 'page';
	return item;
}

export function instanceItem(
	node: InstanceNode,
	snapshot: InstanceSnapshot | undefined,
	grouping: Grouping,
	now: number,
): vscode.TreeItem {
	const item = new vscode.TreeItem(readAddress(node.instance).name);
	if (snapshot) {
		item.iconPath = iconOf(snapshot);
		item.description = rowWords(snapshot, grouping, now);
		item.contextValue = ['instance', ...actionsOf(snapshot)].join(' ');
		item.accessibilityInformation = { label: spokenWords(snapshot, now) };
	}
	item.command = { command: 'rolewright.showOutput', title: vscode.l10n.t('Show Output'), arguments: [node] };
	return item;
}

function standWords(place: string): string {
	return place === ''
		? vscode.l10n.t('The debugger has paused the service. Nothing begins until you continue.')
		: vscode.l10n.t('The debugger holds the service at {0}. Nothing else begins until you continue.', place);
}

function readyWords(ready: number, all: number): string {
	return vscode.l10n.t('{0} of {1} ready', ready, all);
}

/** Running, and whether it can be resumed; a service that is still being built can only be stopped. */
function runWordsOf({ snapshot }: Run): readonly string[] {
	return ['running', ...suspendedWord(snapshot), ...(snapshot?.staging ? ['staged'] : [])];
}

function suspendedWord(snapshot: DeploymentSnapshot | undefined): readonly string[] {
	const isSuspended = snapshot?.status === 'Suspended' || snapshot?.status === 'Suspending';
	return snapshot ? [isSuspended ? 'suspended' : 'deployed'] : [];
}

/** The words that `package.json` looks for in a context value. */
function actionsOf({ can, pid, debugger: debugging }: InstanceSnapshot): readonly string[] {
	const canDebug = pid !== undefined && debugging === 'none';
	return [
		...(can.start ? ['start'] : []),
		...(can.stop ? ['stop'] : []),
		...(can.recycle ? ['recycle'] : []),
		...(canDebug ? ['debug'] : []),
		...(debugging === 'attached' ? ['detach'] : []),
	];
}
