import * as vscode from 'vscode';

/**
 * True when the workspace is trusted. When it is not, says that nothing was run and why, and offers the place where
 * trust is given; everything that would run a program asks here first.
 */
export function mayRun(): boolean {
	if (vscode.workspace.isTrusted) {
		return true;
	}
	const trust = vscode.l10n.t('Manage Workspace Trust');
	void vscode.window
		.showWarningMessage(untrustedWords(), trust)
		.then(answer => answer === trust && vscode.commands.executeCommand('workbench.trust.manage'));
	return false;
}

export function untrustedWords(): string {
	return vscode.l10n.t(
		'Nothing runs here: a service is code of this folder, and you have not said that you trust this folder. Help with editing works.',
	);
}
