import * as vscode from 'vscode';
import { codeUsesOf } from '../../code/meaning';
import { defaultHints } from '../../language/inlayHints';
import { lenses } from '../../language/lenses';
import { pathLinks } from '../../language/links';
import { selectionRanges } from '../../language/selectionRanges';
import { semanticTokens, tokenTypes } from '../../language/semanticTokens';
import { workspaceSymbols } from '../../language/workspaceSymbols';
import type { NameKind, NameUse } from '../../model/names';
import { folderOf } from '../../model/paths';
import { coalesce } from '../coalesce';
import type { CodeIndex } from '../code/codeIndex';
import { guarded, linesOf, locationOf, rangeOf, uriOf } from '../workspace/editorText';
import type { InService, ServiceIndex } from '../workspace/serviceIndex';
import type { Settings } from '../workspace/settings';
import type { WorkspaceFiles } from '../workspace/workspaceFiles';
import { models } from './languageFeatures';

/** Registers what is shown in and about the text without changing it: lenses, links, hints, colours of names, symbols. */
export function registerAnnotations(
	index: ServiceIndex,
	files: WorkspaceFiles,
	code: CodeIndex,
	settings: Settings,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	const { languages } = vscode;
	return vscode.Disposable.from(
		registerLenses(index, files, code, log),
		languages.registerDocumentLinkProvider(models, linkProvider(index, log)),
		languages.registerInlayHintsProvider(models, hintProvider(index, settings, log)),
		languages.registerDocumentSemanticTokensProvider(models, tokenProvider(index, log), legend),
		languages.registerSelectionRangeProvider(models, {
			provideSelectionRanges: (document, positions, token) =>
				guarded('selection', log, token, () => {
					const { file } = index.of(document);
					return positions.map(position => {
						const spans = selectionRanges(file.document, document.offsetAt(position));
						const ranges = spans.map(span => rangeOf(span, linesOf(file.document)));
						return nested(ranges, position);
					});
				}),
		}),
		languages.registerWorkspaceSymbolProvider({
			provideWorkspaceSymbols: (query, token) => guarded('symbols', log, token, () => symbolsOf(index, files, query)),
		}),
	);
}

/** What other files say of a declaration changes with them, so the lenses are asked for again. */
function registerLenses(
	index: ServiceIndex,
	files: WorkspaceFiles,
	code: CodeIndex,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	const changed = new vscode.EventEmitter<void>();
	const soon = coalesce<'lenses'>(300, () => changed.fire());
	const listening = vscode.Disposable.from(
		files.onDidChange(() => soon.add('lenses')),
		code.onDidChange(() => soon.add('lenses')),
	);
	const registered = vscode.languages.registerCodeLensProvider(models, {
		onDidChangeCodeLenses: changed.event,
		provideCodeLenses: async (document, token) => {
			// Before, no role would be in any configuration.
			await files.searched;
			return guarded('lenses', log, token, () => lensesOf(index.of(document), index, code, document.uri));
		},
	});
	return vscode.Disposable.from(registered, listening, soon, changed);
}

function lensesOf(
	{ file, service }: InService,
	index: ServiceIndex,
	code: CodeIndex,
	uri: vscode.Uri,
): vscode.CodeLens[] {
	const names = code.names();
	const services = code.servicesWithCode();
	const usesInCode = (use: NameUse) =>
		code.isReading
			? undefined
			: codeUsesOf(use, service, names, services).map(each => ({ path: each.path, span: each.use.span }));
	return lenses(file, service, usesInCode, vscode.l10n).map(({ span, title, places }) => {
		const range = rangeOf(span, linesOf(file.document));
		const locations = places.flatMap(({ path, span: place }) => {
			const document = path === file.path ? file.document : index.at(path)?.file.document;
			const lines = document ? linesOf(document) : code.linesOf(path);
			return lines ? [locationOf(path, place, lines)] : [];
		});
		const command = locations.length === 0 ? '' : 'editor.action.showReferences';
		return new vscode.CodeLens(range, { title, command, arguments: [uri, range.start, locations] });
	});
}

function linkProvider(index: ServiceIndex, log: vscode.LogOutputChannel): vscode.DocumentLinkProvider {
	return {
		provideDocumentLinks: async (document, token) => {
			const { file } = index.of(document);
			const roles = index.projectOf(file.path)?.roles ?? [];
			const links = guarded('links', log, token, () => pathLinks(file, roles)) ?? [];
			const disk = new Disk(token);
			const found = await Promise.all(
				links.map(async ({ span, kind, candidates }) => {
					const path = await disk.firstOf(candidates, kind);
					const range = rangeOf(span, linesOf(file.document));
					return path === undefined ? [] : [linkTo(range, uriOf(path), kind === 'folder')];
				}),
			);
			return found.flat();
		},
	};
}

/** What is there during one question; each path is asked about once, and nothing below a folder that is not there. */
class Disk {
	private readonly types = new Map<string, Promise<vscode.FileType>>();

	constructor(private readonly token: vscode.CancellationToken) {}

	async firstOf(candidates: readonly string[], kind: 'file' | 'folder'): Promise<string | undefined> {
		const wanted = kind === 'folder' ? vscode.FileType.Directory : vscode.FileType.File;
		for (const path of candidates) {
			const mayBe = (await this.typeOf(folderOf(path))) & vscode.FileType.Directory;
			if (mayBe && (await this.typeOf(path)) & wanted) {
				return path;
			}
		}
		return undefined;
	}

	private typeOf(path: string): Promise<vscode.FileType> {
		const known = this.types.get(path) ?? this.ask(path);
		this.types.set(path, known);
		return known;
	}

	private async ask(path: string): Promise<vscode.FileType> {
		if (this.token.isCancellationRequested) {
			return vscode.FileType.Unknown;
		}
		try {
			return (await vscode.workspace.fs.stat(uriOf(path))).type;
		} catch {
			return vscode.FileType.Unknown;
		}
	}
}

/** A folder is no text that an editor could open; it is shown where folders are. */
function linkTo(range: vscode.Range, target: vscode.Uri, isFolder: boolean): vscode.DocumentLink {
	const command = vscode.workspace.getWorkspaceFolder(target) ? 'revealInExplorer' : 'revealFileInOS';
	const shown = vscode.Uri.parse(`command:${command}?${encodeURIComponent(JSON.stringify([target]))}`);
	const link = new vscode.DocumentLink(range, isFolder ? shown : target);
	link.tooltip = isFolder
		? vscode.l10n.t('Show folder {0}', vscode.workspace.asRelativePath(target))
		: vscode.l10n.t('Open {0}', vscode.workspace.asRelativePath(target));
	return link;
}

function hintProvider(
	index: ServiceIndex,
	{ showDefaults }: Settings,
	log: vscode.LogOutputChannel,
): vscode.InlayHintsProvider {
	return {
		onDidChangeInlayHints: (listener, self, disposables) =>
			showDefaults.onDidChange(() => listener.call(self), undefined, disposables),
		provideInlayHints: (document, range, token) =>
			showDefaults.get(document)
				? guarded('hints', log, token, () => {
						const { file } = index.of(document);
						const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
						return defaultHints(file, span).map(({ offset, text }) => {
							const hint = new vscode.InlayHint(document.positionAt(offset), text);
							hint.paddingLeft = true;
							return hint;
						});
					})
				: [],
	};
}

const legend = new vscode.SemanticTokensLegend(Object.values(tokenTypes), ['declaration']);

function tokenProvider(index: ServiceIndex, log: vscode.LogOutputChannel): vscode.DocumentSemanticTokensProvider {
	return {
		provideDocumentSemanticTokens: (document, token) =>
			guarded('colours', log, token, () => {
				const { file, service } = index.of(document);
				const builder = new vscode.SemanticTokensBuilder(legend);
				for (const { span, kind, declares } of semanticTokens(file, service)) {
					const range = rangeOf(span, linesOf(file.document));
					builder.push(range, tokenTypes[kind], declares ? ['declaration'] : []);
				}
				return builder.build();
			}),
	};
}

function nested(ranges: readonly vscode.Range[], position: vscode.Position): vscode.SelectionRange {
	const outer = ranges.reduceRight<vscode.SelectionRange | undefined>(
		(parent, range) => new vscode.SelectionRange(range, parent),
		undefined,
	);
	return outer ?? new vscode.SelectionRange(new vscode.Range(position, position));
}

const symbolKinds: Record<NameKind, vscode.SymbolKind> = {
	service: vscode.SymbolKind.Package,
	role: vscode.SymbolKind.Class,
	setting: vscode.SymbolKind.Property,
	certificate: vscode.SymbolKind.Key,
	endpoint: vscode.SymbolKind.Interface,
	localStorage: vscode.SymbolKind.Field,
	probe: vscode.SymbolKind.Event,
	loadBalancer: vscode.SymbolKind.Interface,
	accessControl: vscode.SymbolKind.Enum,
};

function symbolsOf(index: ServiceIndex, files: WorkspaceFiles, query: string): vscode.SymbolInformation[] {
	// What a build generated repeats the names of its source.
	const models = files.paths().filter(path => /\.(csdef|cscfg)$/i.test(path) && !/\.build\.csdef$/i.test(path));
	const services = new Set(models.map(path => index.modelOf(path)));
	return workspaceSymbols([...services], query).flatMap(({ name, kind, container, location }) => {
		const document = index.at(location.path)?.file.document;
		const place = document && locationOf(location.path, location.span, linesOf(document));
		return place ? [new vscode.SymbolInformation(name, symbolKinds[kind], container, place)] : [];
	});
}
