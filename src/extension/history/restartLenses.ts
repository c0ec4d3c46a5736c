import * as vscode from 'vscode';
import { models } from '../language/languageFeatures';
import { guarded, linesOf, pathOf, rangeOf } from '../workspace/editorText';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { type Histories, latest, reasonIn, restartsOf } from './histories';

/** Above each role of a definition: how often its instances restarted in the last run, and why they did the last time. */
export function registerRestartLenses(
	histories: Histories,
	index: ServiceIndex,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	const changed = new vscode.EventEmitter<void>();
	const listening = histories.onNews(({ begins, entries }) => {
		if (begins || entries.some(({ event }) => event === 'restart')) {
			changed.fire();
		}
	});
	const registered = vscode.languages.registerCodeLensProvider(models, {
		onDidChangeCodeLenses: changed.event,
		provideCodeLenses: (document, token) =>
			guarded('restarts', log, token, () => {
				const definition = pathOf(document.uri);
				const history = histories.of(definition);
				if (!history || history.restarts.size === 0) {
					return [];
				}
				const { file, service } = index.of(document);
				return (service.definition?.roles ?? []).flatMap(({ name }) => {
					const restarts = name ? restartsOf(history, { role: name.text }) : [];
					const last = reasonIn(history, latest(restarts));
					if (!name || !last) {
						return [];
					}
					const title =
						restarts.length === 1
							? vscode.l10n.t('restarted once: {0}', last.short)
							: vscode.l10n.t('restarted {0} times: {1}', restarts.length, last.short);
					return new vscode.CodeLens(rangeOf(name, linesOf(file.document)), {
						title,
						tooltip: last.sentence,
						command: 'rolewright.explainRestart',
						arguments: [{ definition, instance: last.instance, n: last.n }],
					});
				});
			}),
	});
	return vscode.Disposable.from(registered, listening, changed);
}
