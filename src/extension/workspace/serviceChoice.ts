import * as vscode from 'vscode';
import { MendableFailure, offer } from '../commands';
import { pathOf } from './editorText';
import type { IndexedService, ServiceIndex } from './serviceIndex';

/**
 * The service that a command is about: the one it was called on (a node of the tree, a file, a path), else the one that
 * is being edited, else the only one, else the one that the user picks.
 */
export async function chooseService(index: ServiceIndex, argument: unknown): Promise<IndexedService | undefined> {
	const path = pathIn(argument);
	if (path !== undefined) {
		return index.serviceWith(path) ?? noSuchService(path);
	}
	const edited = vscode.window.activeTextEditor?.document.uri;
	const services = await index.foundServices();
	const nearest = (edited && index.serviceWith(pathOf(edited))) ?? (services.length === 1 ? services[0] : undefined);
	if (nearest) {
		return nearest;
	}
	if (services.length === 0) {
		throw new MendableFailure(
			vscode.l10n.t(
				'There is no service definition (.csdef) in this workspace. Open the folder of one, or run "Rolewright: New Service".',
			),
			offer(vscode.l10n.t('New Service'), 'rolewright.newService'),
		);
	}
	return pickService(services);
}

/** What a tree, the explorer, an editor's title bar, a keybinding or a test hands to a command. */
function pathIn(argument: unknown): string | undefined {
	if (argument instanceof vscode.Uri) {
		return pathOf(argument);
	}
	if (typeof argument === 'string') {
		return argument;
	}
	const isNode = typeof argument === 'object' && argument !== null && 'definition' in argument;
	return isNode && typeof argument.definition === 'string' ? argument.definition : undefined;
}

async function pickService(services: readonly IndexedService[]): Promise<IndexedService | undefined> {
	const items = services.map(service => ({
		label: service.name,
		description: vscode.workspace.asRelativePath(service.definition),
		service,
	}));
	const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which service?') });
	return picked?.service;
}

function noSuchService(path: string): never {
	throw new MendableFailure(
		vscode.l10n.t('{0} belongs to no service definition of this workspace.', path),
		offer(vscode.l10n.t('Show Services'), 'rolewright.services.focus'),
	);
}
