import * as vscode from 'vscode';
import type { Span } from '../../base/span';
import { complete } from '../../language/completion';
import type { ParsedFile } from '../../language/documents';
import { folds } from '../../language/folding';
import { hover } from '../../language/hover';
import { definitionOf, highlightsOf, type Location, referencesOf } from '../../language/navigation';
import { type DocumentSymbol, outline } from '../../language/symbols';
import { guarded, linesOf, locationOf, rangeOf } from '../workspace/editorText';
import type { InService, ServiceIndex } from '../workspace/serviceIndex';
import { schemes } from '../workspace/workspaceFiles';
import { completionItem } from './completionItem';
import { withPage } from './documentation';

export const models: vscode.DocumentSelector = ['csdef', 'cscfg'].flatMap(language =>
	schemes().map(scheme => ({ language, scheme })),
);

/** Registers what the language can do; each feature is one call of the core, in the text of this moment. */
export function registerLanguageFeatures(index: ServiceIndex, log: vscode.LogOutputChannel): vscode.Disposable {
	const { languages } = vscode;
	const run = <T>(
		feature: string,
		document: vscode.TextDocument,
		token: vscode.CancellationToken,
		work: (found: InService) => T,
	): T | undefined => guarded(feature, log, token, () => work(index.of(document)));

	return vscode.Disposable.from(
		languages.registerCompletionItemProvider(
			models,
			{
				provideCompletionItems: (document, position, token) =>
					run('completion', document, token, ({ file, service }) =>
						complete(file, service, document.offsetAt(position)).map((each, place) =>
							completionItem(each, place, file, position),
						),
					),
			},
			'<',
			'/',
			'"',
			"'",
			' ',
			// Between the parts of a connection string.
			';',
			'=',
		),
		languages.registerHoverProvider(models, {
			provideHover: (document, position, token) =>
				run('hover', document, token, ({ file, service }) => {
					const offset = document.offsetAt(position);
					const found = hover(file, service, offset);
					return found && new vscode.Hover(withPage(found.text, file, offset), rangeIn(file, found.span));
				}),
		}),
		languages.registerDefinitionProvider(models, {
			provideDefinition: (document, position, token) =>
				run('definition', document, token, ({ file, service }) =>
					definitionOf(file, service, document.offsetAt(position)).flatMap(each => placeOf(each, index, file)),
				),
		}),
		languages.registerReferenceProvider(models, {
			provideReferences: (document, position, { includeDeclaration }, token) =>
				run('references', document, token, ({ file, service }) =>
					referencesOf(file, service, document.offsetAt(position), includeDeclaration).flatMap(each =>
						placeOf(each, index, file),
					),
				),
		}),
		languages.registerDocumentHighlightProvider(models, {
			provideDocumentHighlights: (document, position, token) =>
				run('highlights', document, token, ({ file, service }) =>
					highlightsOf(file, service, document.offsetAt(position)).map(
						span => new vscode.DocumentHighlight(rangeIn(file, span)),
					),
				),
		}),
		languages.registerDocumentSymbolProvider(models, {
			provideDocumentSymbols: (document, token) =>
				run('outline', document, token, ({ file }) => outline(file).map(each => symbolOf(each, file))),
		}),
		languages.registerFoldingRangeProvider(models, {
			provideFoldingRanges: (document, _context, token) =>
				run('folding', document, token, ({ file }) =>
					folds(file).map(({ span, kind }) => {
						const { start, end } = rangeIn(file, span);
						const comment = kind === 'comment' ? vscode.FoldingRangeKind.Comment : undefined;
						return new vscode.FoldingRange(start.line, lastFolded(document, end), comment);
					}),
				),
		}),
	);
}

function rangeIn({ document }: ParsedFile, span: Span): vscode.Range {
	return rangeOf(span, linesOf(document));
}

/** A place in any file of the service; an unsaved text without a service has only itself. */
function placeOf({ path, span }: Location, index: ServiceIndex, own: ParsedFile): readonly vscode.Location[] {
	const document = path === own.path ? own.document : index.at(path)?.file.document;
	return document ? [locationOf(path, span, linesOf(document))] : [];
}

/** A closing tag on a line of its own stays visible below the folded element. */
function lastFolded(document: vscode.TextDocument, end: vscode.Position): number {
	const { firstNonWhitespaceCharacterIndex } = document.lineAt(end.line);
	return end.character <= firstNonWhitespaceCharacterIndex ? end.line - 1 : end.line;
}

const symbolKinds: Record<DocumentSymbol['kind'], vscode.SymbolKind> = {
	file: vscode.SymbolKind.Package,
	role: vscode.SymbolKind.Class,
	setting: vscode.SymbolKind.Property,
	certificate: vscode.SymbolKind.Key,
	endpoint: vscode.SymbolKind.Interface,
	storage: vscode.SymbolKind.Field,
	task: vscode.SymbolKind.Event,
	site: vscode.SymbolKind.Module,
	group: vscode.SymbolKind.Namespace,
};

function symbolOf(symbol: DocumentSymbol, file: ParsedFile): vscode.DocumentSymbol {
	const { name, detail, kind, span, selection, children } = symbol;
	const result = new vscode.DocumentSymbol(
		name,
		detail,
		symbolKinds[kind],
		rangeIn(file, span),
		rangeIn(file, selection),
	);
	result.children = children.map(child => symbolOf(child, file));
	return result;
}
