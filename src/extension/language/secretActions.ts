import * as vscode from 'vscode';
import { LineMap } from '../../base/lines';
import { filesForSecrets, moveSecret, type SecretEdit, secretsAt } from '../../language/secretMove';
import { addEdits, linesOf, pathOf, uriOf } from '../workspace/editorText';
import type { ProjectRules } from '../workspace/projectRules';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { decode } from '../workspace/workspaceFiles';
import { models } from './languageFeatures';

/** Offers to move a secret from a configuration into a file that git ignores. */
export function registerSecretActions(
	index: ServiceIndex,
	rules: ProjectRules,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	return vscode.languages.registerCodeActionsProvider(
		models,
		{
			provideCodeActions: async (document, range, { diagnostics }, token) => {
				const found = index.of(document);
				const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
				const secrets = secretsAt(found.file, found.service, span);
				if (secrets.length === 0 || document.uri.scheme === 'untitled') {
					return undefined;
				}
				const files = filesForSecrets(found.service, found.file, rules.secretsFileOf(found));
				const texts = new Map<string, string>();
				for (const path of Object.values(files)) {
					const text = await textOf(uriOf(path));
					if (text !== undefined) {
						texts.set(path, text);
					}
				}
				// The text may have changed while the other files were read.
				if (token.isCancellationRequested || index.of(document).file !== found.file) {
					return undefined;
				}
				return secrets.flatMap(secret => {
					const edits = moveSecret(found.file, secret, files, path => texts.get(path));
					if (!edits) {
						log.info(`The secret '${secret.name}' can't be moved: a file beside the definition is not well-formed.`);
						return [];
					}
					const title = vscode.l10n.t("Move the value of '{0}' to a file that git ignores", secret.name);
					const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
					action.diagnostics = diagnostics.filter(
						({ code }) => typeof code === 'object' && code.value === 'secretInFile',
					);
					action.edit = new vscode.WorkspaceEdit();
					for (const edit of edits) {
						const lines =
							edit.path === found.file.path ? linesOf(found.file.document) : new LineMap(texts.get(edit.path) ?? '');
						add(action.edit, edit, lines);
					}
					return [action];
				});
			},
		},
		{ providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
	);
}

function add(target: vscode.WorkspaceEdit, edit: SecretEdit, lines: LineMap): void {
	if ('edits' in edit) {
		addEdits(target, edit.path, edit.edits, lines);
		return;
	}
	target.createFile(uriOf(edit.path), { overwrite: false });
	target.insert(uriOf(edit.path), new vscode.Position(0, 0), edit.created);
}

/** An open text wins over the one on disk; a file that is not there is made. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
	const open = vscode.workspace.textDocuments.find(document => pathOf(document.uri) === pathOf(uri));
	if (open) {
		return open.getText();
	}
	return vscode.workspace.fs.readFile(uri).then(decode, () => undefined);
}
