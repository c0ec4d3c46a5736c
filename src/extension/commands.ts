import * as vscode from 'vscode';
import { Failure } from '../base/failure';

/** Registers `rolewright.<name>`; what goes wrong in it is shown once. */
export function command(
	name: string,
	log: vscode.LogOutputChannel,
	work: (...args: readonly unknown[]) => unknown,
): vscode.Disposable {
	return vscode.commands.registerCommand(`rolewright.${name}`, async (...args: unknown[]) => {
		try {
			return await work(...args);
		} catch (error) {
			report(error, log);
			return undefined;
		}
	});
}

/** A `Failure` is shown as the sentence it is. Everything else is a bug: the stack goes to the log, the log is offered. */
export function report(error: unknown, log: vscode.LogOutputChannel): void {
	if (error instanceof Failure) {
		log.warn(error.message);
		// A message that nobody answers must not keep a command from ending, so nobody waits for it.
		void vscode.window.showErrorMessage(error.message);
		return;
	}
	const message = error instanceof Error ? error.message : String(error);
	log.error(error instanceof Error ? error : message);
	const showLog = vscode.l10n.t('Show Log');
	void vscode.window
		.showErrorMessage(vscode.l10n.t('Rolewright failed unexpectedly: {0}', message), showLog)
		.then(answer => answer === showLog && log.show());
}
