import * as vscode from 'vscode';
import { signatureAt } from '../../language/signature';
import { guarded } from '../workspace/editorText';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { models } from './languageFeatures';

/** The parts of a connection string while it is typed, each with what it means. */
export function registerSignatureHelp(index: ServiceIndex, log: vscode.LogOutputChannel): vscode.Disposable {
	return vscode.languages.registerSignatureHelpProvider(
		models,
		{
			provideSignatureHelp: (document, position, token) =>
				guarded('connection string', log, token, () => {
					const found = signatureAt(index.of(document).file, document.offsetAt(position));
					if (!found) {
						return undefined;
					}
					const help = new vscode.SignatureHelp();
					const signature = new vscode.SignatureInformation(
						found.label,
						vscode.l10n.t('The parts of a storage connection string, in any order.'),
					);
					signature.parameters = found.parts.map(
						({ start, end, documentation }) =>
							new vscode.ParameterInformation([start, end], new vscode.MarkdownString(documentation)),
					);
					help.signatures = [signature];
					// An index beyond the last one marks none.
					help.activeParameter = found.active ?? found.parts.length;
					return help;
				}),
		},
		{ triggerCharacters: [';', '=', '"'], retriggerCharacters: [';', '='] },
	);
}
