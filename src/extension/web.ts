import type * as vscode from 'vscode';
import { registerAbsentCommands } from './absentCommands';
import { registerEditing } from './editing';
import { virtualFolders } from './virtualFolders';

/**
 * The extension in a browser, where there are no processes: everything about editing, and no runner, whose commands say
 * so.
 */
export function activate(context: vscode.ExtensionContext): void {
	registerEditing(context, virtualFolders);
	context.subscriptions.push(registerAbsentCommands(context.extension.packageJSON));
}
