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

/** A button below a message. */
export interface Offer {
	readonly title: string;
	readonly act: () => unknown;
}

/**
 * A `Failure` is shown as the sentence it is, with what may help. Everything else is a bug: the stack goes to the log, the
 * log is offered.
 */
export function report(error: unknown, log: vscode.LogOutputChannel, help?: Offer): void {
	if (error instanceof Failure) {
		log.warn(error.message);
		show(error.message, help);
		return;
	}
	const message = error instanceof Error ? error.message : String(error);
	log.error(error instanceof Error ? error : message);
	const showLog = { title: vscode.l10n.t('Show Log'), act: () => log.show() };
	show(vscode.l10n.t('Rolewright failed unexpectedly: {0}', message), showLog);
}

/** A message that nobody answers must not keep a command from ending, so nobody waits for it. */
function show(message: string, offer: Offer | undefined): void {
	const titles = offer ? [offer.title] : [];
	void vscode.window.showErrorMessage(message, ...titles).then(answer => answer === offer?.title && offer?.act());
}
