import * as vscode from 'vscode';
import type { Cause } from '../lifecycle/journal';
import type { DeploymentStatus, InstanceSnapshot } from '../lifecycle/snapshot';
import type { RoleKind } from '../model/definition';
import type { Run } from './runningServices';

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

function statusWords(status: DeploymentStatus): string {
	switch (status) {
		case 'Deploying':
			return vscode.l10n.t('Deploying');
		case 'Running':
			return vscode.l10n.t('Running');
		case 'RunningTransitioning':
			return vscode.l10n.t('Running, changing');
		case 'Suspending':
			return vscode.l10n.t('Suspending');
		case 'Suspended':
			return vscode.l10n.t('Suspended');
		case 'Starting':
			return vscode.l10n.t('Starting');
		case 'Deleting':
			return vscode.l10n.t('Stopping');
		case 'Stopped':
			return vscode.l10n.t('Stopped');
	}
}

/** Everything the snapshot knows, for the tooltip. Text of the service is appended as text: it is not Markdown of ours. */
export function detailsOf(instance: InstanceSnapshot): vscode.MarkdownString {
	const details = new vscode.MarkdownString();
	details.appendMarkdown('**').appendText(instance.instance).appendMarkdown('**\n\n');
	for (const [label, value] of rowsOf(instance)) {
		details.appendText(`${label}: ${value}`).appendMarkdown('  \n');
	}
	for (const endpoint of instance.endpoints) {
		const { endpoint: name, protocol, address, port } = endpoint;
		details.appendText(`${name}: ${protocol} ${address}:${port}`).appendMarkdown('  \n');
	}
	if (instance.lastRestart?.length) {
		details.appendMarkdown(`\n${vscode.l10n.t('Why it restarted last')}\n\n`);
		for (const cause of instance.lastRestart) {
			details.appendMarkdown('- ').appendText(causeOf(cause)).appendMarkdown('\n');
		}
	}
	return details;
}

function rowsOf(instance: InstanceSnapshot): readonly (readonly [string, string])[] {
	const rows: [string, string][] = [
		[vscode.l10n.t('State'), stateWords(instance)],
		[vscode.l10n.t('Since'), new Date(instance.since).toLocaleTimeString()],
		[
			vscode.l10n.t('Load balancer'),
			instance.inRotation ? vscode.l10n.t('in rotation') : vscode.l10n.t('out of rotation'),
		],
		[vscode.l10n.t('Upgrade domain'), String(instance.upgradeDomain)],
		[vscode.l10n.t('Fault domain'), String(instance.faultDomain)],
		[vscode.l10n.t('Life'), String(instance.life)],
	];
	return instance.pid === undefined ? rows : [...rows, [vscode.l10n.t('Process'), String(instance.pid)]];
}

function causeOf(cause: Cause): string {
	const place = cause.file === undefined ? '' : ` (${cause.file}${cause.line === undefined ? '' : `:${cause.line}`})`;
	return `${cause.what}: ${cause.detail}${place}`;
}

function icon(name: string, color: string): vscode.ThemeIcon {
	return new vscode.ThemeIcon(name, new vscode.ThemeColor(color));
}
