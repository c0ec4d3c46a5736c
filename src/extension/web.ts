import * as vscode from 'vscode';
import { registerAbsentCommands } from './absentCommands';
import { type Editing, registerEditing } from './editing';
import { browserStore } from './workspace/browserStore';

/**
 * The extension in a browser, where there are no processes: everything about editing, and no runner, whose commands say
 * so. Its tests get its parts.
 */
export function activate(context: vscode.ExtensionContext): Editing | undefined {
	const editing = registerEditing(context, browserStore);
	context.subscriptions.push(registerAbsentCommands(context.extension.packageJSON, editing.index));
	return context.extensionMode === vscode.ExtensionMode.Test ? editing : undefined;
}
