import * as vscode from 'vscode';
import { Failure } from '../../base/failure';
import { LineMap } from '../../base/lines';
import type { Problem } from '../../base/problem';
import { joinPath } from '../../model/paths';
import type { Service } from '../../model/service';
import { configurationAsked, declaredNames } from '../../runner/declaredNames';
import { checkScenario, type KnownService } from '../../scenario/checkScenario';
import { type NameKind, nameHover, nameProposals } from '../../scenario/names';
import { readScenario } from '../../scenario/readScenario';
import { type Coalesced, coalesce } from '../coalesce';
import { guarded, pathOf, rangeOf, severityOf } from '../workspace/editorText';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { schemes } from '../workspace/workspaceFiles';

/** A scenario names its service by the place where it is saved itself. */
const scenarios: vscode.DocumentSelector = schemes()
	.filter(scheme => scheme !== 'untitled')
	.map(scheme => ({ scheme, pattern: '**/*.lifecycle.json' }));

/** Milliseconds after the last keystroke. */
const checkAfter = 150;

const kinds: Readonly<Record<NameKind, vscode.CompletionItemKind>> = {
	role: vscode.CompletionItemKind.Class,
	instance: vscode.CompletionItemKind.Variable,
	target: vscode.CompletionItemKind.Variable,
	setting: vscode.CompletionItemKind.Property,
	resource: vscode.CompletionItemKind.Folder,
	configuration: vscode.CompletionItemKind.File,
};

/**
 * Help with scenarios. What may stand where is known to VS Code by the schema; here are the names of the service, and
 * problems that no schema can say.
 */
export function registerScenarioLanguage(index: ServiceIndex, log: vscode.LogOutputChannel): vscode.Disposable {
	// Where the service is not found, that is a problem of the text, and there are no names to propose.
	const known = (document: vscode.TextDocument): KnownService | undefined => {
		try {
			return knownService(index, document);
		} catch {
			return undefined;
		}
	};
	return vscode.Disposable.from(
		publishProblems(index, log),
		vscode.languages.registerCompletionItemProvider(
			scenarios,
			{
				provideCompletionItems: (document, position, token) =>
					guarded('completion', log, token, () => {
						const service = known(document);
						const text = document.getText();
						const found = service ? nameProposals(text, document.offsetAt(position), service) : [];
						const lines = new LineMap(text);
						return found.map((each, place) => {
							const item = new vscode.CompletionItem(each.label, kinds[each.kind]);
							item.range = rangeOf(each.replace, lines);
							item.insertText = each.text;
							item.filterText = each.text;
							item.sortText = String(place).padStart(4, '0');
							return item;
						});
					}),
			},
			'"',
			':',
			' ',
		),
		vscode.languages.registerHoverProvider(scenarios, {
			provideHover: (document, position, token) =>
				guarded('hover', log, token, () => {
					const service = known(document);
					const text = document.getText();
					const found = service && nameHover(text, document.offsetAt(position), service);
					return (
						found && new vscode.Hover(new vscode.MarkdownString(found.text), rangeOf(found.span, new LineMap(text)))
					);
				}),
		}),
	);
}

/** The problems of every scenario that is open, a moment after its text or a file of its service has changed. */
function publishProblems(index: ServiceIndex, log: vscode.LogOutputChannel): vscode.Disposable {
	const published = vscode.languages.createDiagnosticCollection('rolewright-scenarios');
	const others = new Map<string, string>();
	const check = (document: vscode.TextDocument) =>
		guarded('scenario problems', log, undefined, () => published.set(document.uri, problemsOf(index, document)));
	const soon: Coalesced<vscode.TextDocument> = coalesce(checkAfter, documents => {
		for (const document of [...documents].filter(each => !each.isClosed)) {
			check(document);
		}
	});
	const note = (document: vscode.TextDocument): void => {
		if (vscode.languages.match(scenarios, document) > 0) {
			soon.add(document);
		}
	};
	vscode.workspace.textDocuments.forEach(note);
	return vscode.Disposable.from(
		...[published, soon],
		vscode.workspace.onDidOpenTextDocument(note),
		vscode.workspace.onDidChangeTextDocument(({ document }) => note(document)),
		vscode.workspace.onDidCloseTextDocument(({ uri }) => published.delete(uri)),
		index.onDidChangeServices(() => vscode.workspace.textDocuments.forEach(note)),
		// What VS Code says of a place by the schema is not said a second time.
		vscode.languages.onDidChangeDiagnostics(({ uris }) => {
			for (const document of vscode.workspace.textDocuments.filter(each => uris.some(uri => isOf(uri, each)))) {
				const said = JSON.stringify(saidByOthers(document));
				if (said !== (others.get(document.uri.toString()) ?? '[]')) {
					others.set(document.uri.toString(), said);
					note(document);
				}
			}
		}),
	);
}

function problemsOf(index: ServiceIndex, document: vscode.TextDocument): readonly vscode.Diagnostic[] {
	const lines = new LineMap(document.getText());
	const said = saidByOthers(document);
	return problemsIn(index, document).flatMap(({ span, message, severity, code, layer }) => {
		const range = rangeOf(span, lines);
		if (layer !== 'rule' && said.some(other => other.intersection(range))) {
			return [];
		}
		const diagnostic = new vscode.Diagnostic(range, message, severityOf(severity));
		diagnostic.source = source;
		diagnostic.code = code;
		return [diagnostic];
	});
}

const source = 'Rolewright';

function problemsIn(index: ServiceIndex, document: vscode.TextDocument): readonly Problem[] {
	const { scenario, problems } = readScenario(document.getText());
	if (!scenario) {
		return problems;
	}
	try {
		const service = knownService(index, document);
		return service ? checkScenario(scenario, service) : [];
	} catch (error) {
		if (!(error instanceof Failure)) {
			throw error;
		}
		const { start, end } = scenario.service;
		return [
			{ code: 'scenarioService', severity: 'error', layer: 'rule', message: error.message, span: { start, end } },
		];
	}
}

function saidByOthers({ uri }: vscode.TextDocument): readonly vscode.Range[] {
	return vscode.languages
		.getDiagnostics(uri)
		.filter(each => each.source !== source)
		.map(({ range }) => range);
}

function isOf(uri: vscode.Uri, document: vscode.TextDocument): boolean {
	return uri.toString() === document.uri.toString() && vscode.languages.match(scenarios, document) > 0;
}

/**
 * What the service of a scenario has, in the texts of this moment. `undefined` while the scenario does not name one. Throws
 * a `Failure` where there is no such service.
 */
function knownService(index: ServiceIndex, document: vscode.TextDocument): KnownService | undefined {
	const text = document.getText();
	const named = textOf(text, 'service');
	if (named === undefined) {
		return undefined;
	}
	const own = pathOf(document.uri);
	const service = index.serviceWith(joinPath(own, named));
	if (!service) {
		throw new Failure(
			vscode.l10n.t('There is no service at {0}: name a folder with one definition, a .csdef or a .ccproj.', named),
		);
	}
	return knownIn(index.modelOf(service.definition), textOf(text, 'configuration'), own);
}

function knownIn({ definition, configurations }: Service, asked: string | undefined, own: string): KnownService {
	return {
		configurations: configurations.map(({ name }) => name),
		roles: definition ? declaredNames(definition, configurationAsked(configurations, asked, own)) : [],
	};
}

/** Also of a text that is only half a scenario. */
function textOf(text: string, property: string): string | undefined {
	return new RegExp(`"${property}"\\s*:\\s*"((?:[^"\\\\\\r\\n]|\\\\.)+)"`).exec(text)?.[1];
}
