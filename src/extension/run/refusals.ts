import * as vscode from 'vscode';
import type { RunningServices } from './runningServices';

/** What a fabric could not do is said where it was asked for, with what it did before a button away. */
export function registerRefusals(
	running: RunningServices,
	showOutput: (definition: string) => void,
): vscode.Disposable {
	return followRefusals(running, (definition, text) => {
		const output = vscode.l10n.t('Show Output');
		void vscode.window.showWarningMessage(text, output).then(answer => answer === output && showOutput(definition));
	});
}

/**
 * A swap where nothing is staged, an update whose build fails, a port that is taken: once for a command, since some of it
 * goes wrong again and again. What goes wrong with one instance is told by its row.
 */
export function followRefusals(
	running: Pick<RunningServices, 'runOf' | 'onDidChange' | 'onDidWriteEntry'>,
	tell: (definition: string, text: string) => void,
): vscode.Disposable {
	const told = new Map<string, Set<string>>();
	return vscode.Disposable.from(
		running.onDidWriteEntry(({ definition, entry }) => {
			if (entry.event === 'command') {
				told.delete(definition);
			}
			if (entry.event !== 'error' || entry.instance !== undefined || entry.offer) {
				return;
			}
			const known = told.get(definition) ?? new Set();
			if (!known.has(entry.text)) {
				told.set(definition, known.add(entry.text));
				tell(definition, entry.text);
			}
		}),
		running.onDidChange(definition => {
			if (!running.runOf(definition)) {
				told.delete(definition);
			}
		}),
	);
}
