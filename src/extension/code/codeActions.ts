import * as vscode from 'vscode';
import type { Problem } from '../../base/problem';
import type { Fix } from '../../language/fix';
import { fixesAt } from '../../language/quickFix';
import { models } from '../language/languageFeatures';
import { addEdits, guarded, linesOf, rangeOf } from '../workspace/editorText';
import type { ProjectRules } from '../workspace/projectRules';
import type { InService, ServiceIndex } from '../workspace/serviceIndex';

/** The fixes of the core as quick fixes, each tied to the problem in the list that it mends. */
export function registerCodeActions(
	index: ServiceIndex,
	rules: ProjectRules,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	return vscode.languages.registerCodeActionsProvider(
		models,
		{
			provideCodeActions: (document, range, { diagnostics }, token) =>
				guarded('quick fix', log, token, () => {
					const found = index.of(document);
					const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
					return fixesAt(found.file, found.service, span, rules.of(found)).map(fix =>
						actionOf(fix, found, index, diagnostics),
					);
				}),
		},
		{ providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
	);
}

function actionOf(
	fix: Fix,
	{ file }: InService,
	index: ServiceIndex,
	diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction {
	const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
	action.isPreferred = fix.preferred;
	action.diagnostics = diagnostics.filter(shown =>
		isAbout(shown, fix.problem, rangeOf(fix.problem.span, linesOf(file.document))),
	);
	action.edit = new vscode.WorkspaceEdit();
	for (const { path, edits } of fix.edits) {
		const { document } = path === file.path ? file : (index.at(path)?.file ?? file);
		addEdits(action.edit, path, edits, linesOf(document));
	}
	return action;
}

function isAbout({ code, range }: vscode.Diagnostic, problem: Problem, place: vscode.Range): boolean {
	return typeof code === 'object' && code.value === problem.code && range.isEqual(place);
}
