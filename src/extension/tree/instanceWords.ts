import * as vscode from 'vscode';
import type { Reason } from '../../history/reasons';
import { deploymentWords } from '../../history/topologyWords';
import type { Cause } from '../../lifecycle/journal/journal';
import type { DeploymentStatus, InstanceSnapshot } from '../../lifecycle/snapshot';
import type { RoleKind } from '../../model/definition';
import type { Run } from '../run/runningServices';
import type { Grouping } from './instanceGroups';

/** What the tree says about an instance: words first, an icon whose shape (not only its colour) tells the state. */
export function iconOf(instance: InstanceSnapshot): vscode.ThemeIcon {
	switch (instance.state) {
		case 'ReadyRole':
			return icon('pass', 'testing.iconPassed');
		case 'BusyRole':
			return icon('watch', 'list.warningForeground');
		case 'CreatingVM':
		case 'StartingVM':
		case 'CreatingRole':
		case 'StartingRole':
			return icon('loading~spin', 'charts.blue');
		case 'StoppingRole':
		case 'StoppingVM':
		case 'DeletingVM':
			return icon('loading~spin', 'disabledForeground');
		case 'StoppedVM':
			return icon('circle-slash', 'disabledForeground');
		case 'RestartingRole':
			return icon('debug-restart', 'charts.blue');
		case 'CyclingRole':
			return icon('sync', 'list.warningForeground');
		case 'UnresponsiveRole':
			return icon('warning', 'list.warningForeground');
		case 'FailedStartingRole':
		case 'FailedStartingVM':
			return icon('error', 'testing.iconFailed');
		case 'Unknown':
			return icon('question', 'disabledForeground');
	}
}

/** The state and, where there is one, what a debugger does. */
export function stateWords(instance: InstanceSnapshot): string {
	switch (instance.debugger) {
		case 'waiting':
			return vscode.l10n.t('{0}, waiting for the debugger', instance.text);
		case 'attached':
			return vscode.l10n.t('{0}, debugging', instance.text);
		case 'none':
			return instance.text;
	}
}

/** How it goes with a service; `undefined` where it does not run. */
export function runWords(run: Run | undefined): string {
	if (!run) {
		return vscode.l10n.t('Not running');
	}
	switch (run.state) {
		case 'starting':
			return vscode.l10n.t('Building');
		case 'running':
			if (run.standsAt !== undefined) {
				return vscode.l10n.t('Paused by the debugger');
			}
			return run.snapshot ? statusWords(run.snapshot.status) : vscode.l10n.t('Starting');
		case 'stopping':
			return vscode.l10n.t('Stopping');
	}
}

export function kindWords(kind: RoleKind | undefined): string {
	switch (kind) {
		case 'WebRole':
			return vscode.l10n.t('Web role');
		case 'WorkerRole':
			return vscode.l10n.t('Worker role');
		case 'VirtualMachineRole':
			return vscode.l10n.t('Virtual machine role');
		case undefined:
			return '';
	}
}

export function statusWords(status: DeploymentStatus): string {
	return deploymentWords(status, vscode.l10n);
}

/**
 * The row of an instance: its state first, then what else tells it from its neighbours, the shortest first, since a view is
 * narrow. What its state says already is left to the tooltip.
 */
export function rowWords(instance: InstanceSnapshot, grouping: Grouping, now: number): string {
	const { life, upgradeDomain, faultDomain } = instance;
	return [
		stateWords(instance),
		...rotationWords(instance),
		vscode.l10n.t('life {0}', life),
		...ageWords(instance, now),
		...(grouping === 'upgradeDomain' ? [] : [vscode.l10n.t('UD {0}', upgradeDomain)]),
		...(grouping === 'faultDomain' ? [] : [vscode.l10n.t('FD {0}', faultDomain)]),
	].join(' · ');
}

/** The same as a sentence that can be listened to: nothing is abbreviated. */
export function spokenWords(instance: InstanceSnapshot, now: number): string {
	const { life, upgradeDomain, faultDomain } = instance;
	return [
		instance.instance,
		stateWords(instance),
		...rotationWords(instance),
		vscode.l10n.t('life {0}', life),
		...ageWords(instance, now),
		vscode.l10n.t('upgrade domain {0}', upgradeDomain),
		vscode.l10n.t('fault domain {0}', faultDomain),
	].join(', ');
}

/** An instance that is ready gets requests, and no other does: where it is otherwise, that is said. */
function rotationWords({ state, inRotation }: InstanceSnapshot): readonly string[] {
	const isReady = state === 'ReadyRole';
	if (isReady === inRotation) {
		return [];
	}
	return [isReady ? vscode.l10n.t('out of rotation') : vscode.l10n.t('in rotation')];
}

/** How long this life lasts; where no process lives, for how long it is as it is. Nothing in the first minute. */
function ageWords({ since, upSince }: InstanceSnapshot, now: number): readonly string[] {
	const age = coarseAge(now - Date.parse(upSince ?? since));
	if (age === undefined) {
		return [];
	}
	return [upSince === undefined ? vscode.l10n.t('for {0}', age) : vscode.l10n.t('up {0}', age)];
}

/** So coarse that it is seldom drawn again. */
function coarseAge(milliseconds: number): string | undefined {
	const minutes = Math.floor(milliseconds / 60_000);
	const told = [45, 30, 20, 10, 5, 2, 1].find(most => most <= minutes);
	if (told === undefined) {
		return undefined;
	}
	if (minutes < 60) {
		return vscode.l10n.t('{0} min', told);
	}
	const hours = Math.floor(minutes / 60);
	return hours < 24 ? vscode.l10n.t('{0} h', hours) : vscode.l10n.t('{0} d', Math.floor(hours / 24));
}

/** What the tooltip of an instance says beside its snapshot. */
export interface Details {
	readonly reason: Reason | undefined;
	/** What its links are about. */
	readonly node: { readonly definition: string; readonly instance: string };
}

/** Everything the snapshot knows, for the tooltip. Text of the service is appended as text: it is not Markdown of ours. */
export function detailsOf(instance: InstanceSnapshot, { reason, node }: Details): vscode.MarkdownString {
	const details = new vscode.MarkdownString();
	details.isTrusted = { enabledCommands: ['rolewright.explainRestart'] };
	details.appendMarkdown('**').appendText(instance.instance).appendMarkdown('**\n\n');
	for (const [label, value] of rowsOf(instance)) {
		details.appendText(`${label}: ${value}`).appendMarkdown('  \n');
	}
	for (const endpoint of instance.endpoints) {
		const { endpoint: name, protocol, address, port, publicPort } = endpoint;
		const outside = publicPort === undefined ? '' : ` (${vscode.l10n.t('public port {0}', publicPort)})`;
		details.appendText(`${name}: ${protocol} ${address}:${port}${outside}`).appendMarkdown('  \n');
	}
	if (instance.lastRestart?.length) {
		details.appendMarkdown('\n').appendText(vscode.l10n.t('Why it restarted last')).appendMarkdown('\n\n');
		const links = reason ? [reason.sentence] : instance.lastRestart.map(causeOf);
		for (const link of links) {
			details.appendMarkdown('- ').appendText(link).appendMarkdown('\n');
		}
		const asked = encodeURIComponent(JSON.stringify([{ definition: node.definition, instance: node.instance }]));
		const title = vscode.l10n.t('Show in the Timeline');
		details.appendMarkdown(`\n[${title}](command:rolewright.explainRestart?${asked})`);
	}
	return details;
}

function rowsOf(instance: InstanceSnapshot): readonly (readonly [string, string])[] {
	const rows: [string, string][] = [
		[vscode.l10n.t('State'), `${stateWords(instance)} (${instance.state})`],
		[vscode.l10n.t('Since'), clockWords(instance.since)],
		...(instance.upSince === undefined
			? []
			: [[vscode.l10n.t('Up since'), clockWords(instance.upSince)] as [string, string]]),
		[
			vscode.l10n.t('Load balancer'),
			instance.inRotation ? vscode.l10n.t('in rotation') : vscode.l10n.t('out of rotation'),
		],
		[vscode.l10n.t('Upgrade domain'), String(instance.upgradeDomain)],
		[vscode.l10n.t('Fault domain'), String(instance.faultDomain)],
		...(instance.host === undefined ? [] : [[vscode.l10n.t('Host'), instance.host] as [string, string]]),
		[vscode.l10n.t('Life'), String(instance.life)],
	];
	return instance.pid === undefined ? rows : [...rows, [vscode.l10n.t('Process'), String(instance.pid)]];
}

/** As people of the editor's language write the time. */
function clockWords(at: string): string {
	return new Date(at).toLocaleTimeString(vscode.env.language);
}

function causeOf(cause: Cause): string {
	const place = cause.file === undefined ? '' : ` (${cause.file}${cause.line === undefined ? '' : `:${cause.line}`})`;
	return `${cause.what}: ${cause.detail}${place}`;
}

function icon(name: string, color: string): vscode.ThemeIcon {
	return new vscode.ThemeIcon(name, new vscode.ThemeColor(color));
}
