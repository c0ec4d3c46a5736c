import * as vscode from 'vscode';
import { Failure, textOfError } from '../base/failure';

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
			report(error, log, offer(vscode.l10n.t('Try Again'), `rolewright.${name}`, ...args));
			return undefined;
		}
	});
}

/** A button below a message: every message has one, so that it never ends with what is wrong. */
export interface Offer {
	readonly title: string;
	readonly act: () => unknown;
}

/** A button that runs a command. */
export function offer(title: string, name: string, ...args: readonly unknown[]): Offer {
	return { title, act: () => vscode.commands.executeCommand(name, ...args) };
}

/** A failure that knows what mends it. */
export class MendableFailure extends Failure {
	constructor(
		message: string,
		readonly help: Offer,
	) {
		super(message);
	}
}

/** Says something that nobody has to answer, with what can be done next. */
export function inform(text: string, next: Offer): void {
	void vscode.window.showInformationMessage(text, next.title).then(answer => answer === next.title && next.act());
}

/**
 * A `Failure` is shown as the sentence it is, with what mends it, else with what may help. Everything else is a bug: the
 * stack goes to the log, the log is offered.
 */
export function report(error: unknown, log: vscode.LogOutputChannel, help?: Offer): void {
	const showLog = { title: vscode.l10n.t('Show Log'), act: () => log.show() };
	if (error instanceof Failure) {
		log.warn(error.message);
		show(error.message, error instanceof MendableFailure ? error.help : (help ?? showLog));
		return;
	}
	const message = textOfError(error);
	log.error(error instanceof Error ? error : message);
	show(vscode.l10n.t('Rolewright failed unexpectedly: {0}', message), showLog);
}

/** A message that nobody answers must not keep a command from ending, so nobody waits for it. */
function show(message: string, { title, act }: Offer): void {
	void vscode.window.showErrorMessage(message, title).then(answer => answer === title && act());
}
