import * as vscode from 'vscode';
import { LineMap } from '../../base/lines';
import { type Span, touches } from '../../base/span';
import { codeFixes } from '../../code/fixes';
import { codeExtensions } from '../../code/languages';
import {
	codeUsesOf,
	declarationsOf,
	mentionsOf,
	namesFor,
	type PlacedUse,
	type Thing,
	written,
} from '../../code/meaning';
import { type CodeOwner, ownersOf } from '../../code/ownership';
import { type CodeProblem, checkCode } from '../../code/problems';
import type { CodeUse } from '../../code/uses';
import { type NameUse, nameAt } from '../../model/names';
import type { Service } from '../../model/service';
import { models } from '../language/languageFeatures';
import { addEdits, guarded, linesOf, locationOf, pathOf, rangeOf } from '../workspace/editorText';
import type { ProjectRules } from '../workspace/projectRules';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { schemes } from '../workspace/workspaceFiles';
import { CodeDiagnostics } from './codeDiagnostics';
import type { CodeIndex } from './codeIndex';

const sources: vscode.DocumentSelector = schemes().map(scheme => ({
	scheme,
	pattern: `**/*.{${codeExtensions.join(',')}}`,
}));

/** A name under the cursor of a source file, and what the file is a part of. */
interface Found {
	readonly use: CodeUse;
	readonly owners: readonly CodeOwner[];
}

/** Names in role code: links to the definition, references both ways, completion between the quotes, problems and fixes. */
export function registerCodeFeatures(
	code: CodeIndex,
	index: ServiceIndex,
	rules: ProjectRules,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	const { languages } = vscode;
	const at = (document: vscode.TextDocument, position: vscode.Position): Found | undefined => {
		const offset = document.offsetAt(position);
		const use = code.usesOf(document).find(({ span }) => touches(span, offset));
		return use && { use, owners: ownersOf(pathOf(document.uri), code.servicesWithCode()) };
	};
	const placeOf = ({ path, span }: NameUse): readonly vscode.Location[] => {
		const document = index.at(path)?.file.document;
		return document ? [locationOf(path, span, linesOf(document))] : [];
	};
	const placeOfUse = ({ path, use }: PlacedUse): readonly vscode.Location[] => {
		const lines = code.linesOf(path);
		return lines ? [locationOf(path, use.span, lines)] : [];
	};
	const inCode = (thing: Thing, service: Service) =>
		codeUsesOf(thing, service, code.names(), code.servicesWithCode()).flatMap(placeOfUse);

	return vscode.Disposable.from(
		new CodeDiagnostics(code, rules, log),
		languages.registerDefinitionProvider(sources, {
			provideDefinition: (document, position, token) =>
				guarded('definition of a name in code', log, token, () => {
					const found = at(document, position);
					return found && declarationsOf(found.use, found.owners).flatMap(placeOf);
				}),
		}),
		languages.registerReferenceProvider(sources, {
			provideReferences: (document, position, { includeDeclaration }, token) =>
				guarded('references of a name in code', log, token, () => {
					const found = at(document, position);
					return found && unique(referencesOf(found, includeDeclaration, placeOf, inCode));
				}),
		}),
		// The other files of the service are the references of the language itself; the editor shows both.
		languages.registerReferenceProvider(models, {
			provideReferences: (document, position, _context, token) =>
				guarded('references in code', log, token, () => {
					const { file, service } = index.of(document);
					const name = nameAt(file.path, file.document, document.offsetAt(position));
					return name && inCode(name, service);
				}),
		}),
		languages.registerCompletionItemProvider(
			sources,
			{
				provideCompletionItems: (document, position, token) =>
					guarded('completion of a name in code', log, token, () => {
						const found = at(document, position);
						return found && completions(found, document, position);
					}),
			},
			'"',
			"'",
		),
		languages.registerCodeActionsProvider(
			sources,
			{
				provideCodeActions: (document, range, { diagnostics }, token) =>
					guarded('quick fix of code', log, token, () => actionsAt(document, range, diagnostics, code, index)),
			},
			{ providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
		),
	);
}

function referencesOf(
	{ use, owners }: Found,
	includeDeclaration: boolean,
	placeOf: (use: NameUse) => readonly vscode.Location[],
	inCode: (thing: Thing, service: Service) => readonly vscode.Location[],
): readonly vscode.Location[] {
	return owners.flatMap(owner => {
		const mentions = mentionsOf(use, [owner]);
		const shown = mentions.filter(each => includeDeclaration || each.use === 'reference');
		return [...shown.flatMap(placeOf), ...mentions.flatMap(each => inCode(each, owner.service))];
	});
}

function unique(locations: readonly vscode.Location[]): vscode.Location[] {
	return [
		...new Map(
			locations.map(each => [`${each.uri} ${each.range.start.line} ${each.range.start.character}`, each]),
		).values(),
	];
}

function completions(
	{ use, owners }: Found,
	document: vscode.TextDocument,
	position: vscode.Position,
): vscode.CompletionItem[] {
	// A text that is not closed goes on to the end of its line, which is none of ours.
	const end = use.closed ? document.positionAt(use.span.end) : position;
	const range = new vscode.Range(document.positionAt(use.span.start), end);
	return namesFor(use, owners).map(name => {
		const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Reference);
		item.range = { inserting: range.with(undefined, position), replacing: range };
		item.insertText = use.written === 'property' ? name : written(use, name).text;
		return item;
	});
}

function actionsAt(
	document: vscode.TextDocument,
	range: vscode.Range,
	diagnostics: readonly vscode.Diagnostic[],
	code: CodeIndex,
	index: ServiceIndex,
): vscode.CodeAction[] {
	const path = pathOf(document.uri);
	const uses = code.usesOf(document);
	const owners = ownersOf(path, code.servicesWithCode());
	const selected: Span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
	const lines = new LineMap(document.getText());
	return checkCode(uses, owners, code.appSettingKeys())
		.filter(({ span }) => span.start <= selected.end && selected.start <= span.end)
		.flatMap(problem => {
			const use = uses.find(({ span }) => span.start === problem.span.start);
			const shown = diagnostics.filter(each => isAbout(each, problem, lines));
			return (use ? codeFixes(path, use, problem, owners) : []).map(fix => {
				const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
				action.isPreferred = fix.preferred;
				action.diagnostics = shown;
				action.edit = new vscode.WorkspaceEdit();
				for (const { path: edited, edits } of fix.edits) {
					const model = index.at(edited)?.file.document;
					addEdits(action.edit, edited, edits, model ? linesOf(model) : lines);
				}
				return action;
			});
		});
}

function isAbout({ code, range }: vscode.Diagnostic, problem: CodeProblem, lines: LineMap): boolean {
	return typeof code === 'object' && code.value === problem.code && range.isEqual(rangeOf(problem.span, lines));
}
