import * as vscode from 'vscode';
import { inform, offer } from './commands';
import type { ServiceIndex } from './workspace/serviceIndex';

/** What the browser has; every other command of the extension runs something, or makes projects that are built. */
const present: ReadonlySet<string> = new Set([
	'rolewright.addCertificate',
	'rolewright.addEndpoint',
	'rolewright.addImport',
	'rolewright.addInternalTrafficRule',
	'rolewright.addLocalStorage',
	'rolewright.addProbe',
	'rolewright.addSetting',
	'rolewright.addSite',
	'rolewright.addStartupTask',
	'rolewright.addVirtualApplication',
	'rolewright.compareConfigurations',
	'rolewright.duplicateRole',
	'rolewright.explainProblem',
	'rolewright.openDocumentation',
	'rolewright.openRoleEditor',
	'rolewright.removeRole',
	'rolewright.showChangeImpact',
	'rolewright.showConfigurations',
]);

/**
 * In a browser: takes the commands that need a machine out of the menus, and has those that are called all the same (by
 * a key, a link or another extension) say why nothing happens.
 */
export function registerAbsentCommands(manifest: unknown, index: ServiceIndex): vscode.Disposable {
	const setKey = (name: string, value: unknown) =>
		void vscode.commands.executeCommand('setContext', `rolewright.${name}`, value);
	setKey('noRunner', true);
	const countServices = () => setKey('serviceCount', index.services().length);
	countServices();
	const absent = commandsOf(manifest).filter(command => !present.has(command));
	return vscode.Disposable.from(
		index.onDidChangeServices(countServices),
		// Without anybody who fills it, the view would say that something is broken in place of why it is empty.
		vscode.window.registerTreeDataProvider('rolewright.services', {
			getChildren: () => [],
			getTreeItem: never => never,
		}),
		...absent.map(command => vscode.commands.registerCommand(command, explain)),
	);
}

function explain(): void {
	inform(
		vscode.l10n.t(
			'A browser cannot start processes, so services do not run here: open the folder in VS Code on a machine. Help with editing works.',
		),
		offer(vscode.l10n.t('Open Documentation'), 'rolewright.openDocumentation'),
	);
}

function commandsOf(manifest: unknown): readonly string[] {
	const contributes = field(manifest, 'contributes');
	const commands = field(contributes, 'commands');
	return (Array.isArray(commands) ? commands : []).flatMap(each => {
		const command = field(each, 'command');
		return typeof command === 'string' ? [command] : [];
	});
}

function field(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null
		? Object.entries(value).find(([key]) => key === name)?.[1]
		: undefined;
}
