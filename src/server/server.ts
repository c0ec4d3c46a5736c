import {
	CodeActionKind,
	type Connection,
	DidChangeWatchedFilesNotification,
	type InitializeParams,
	type InitializeResult,
	TextDocumentSyncKind,
	TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { codeLenses, documentLinks, inlayHints, legend, linkedRanges, tokensOf } from './annotations';
import { actions, formatted, organizeElements, prepareRename, renamed } from './changes';
import { DiagnosticsPublisher } from './diagnosticsPublisher';
import {
	completions,
	definitions,
	foldingRanges,
	highlights,
	hoverAt,
	references,
	selections,
	signatureHelp,
	symbols,
	symbolsOfWorkspace,
} from './features';
import { pathOf } from './places';
import { type InService, Workspace } from './workspace';
import type { ServerWorld } from './world';

/** Serves the features of the language over a connection, which it begins to listen to; returns at once. */
export function serve(connection: Connection, world: ServerWorld, version?: string): void {
	const workspace = new Workspace(world);
	const publisher = new DiagnosticsPublisher(connection, workspace, world);
	connection.onInitialize(params => {
		const client = clientOf(params);
		registerFeatures(connection, workspace, publisher, world, client);
		connection.onInitialized(() => follow(connection, workspace, publisher, world, client));
		return answer(version);
	});
	connection.onShutdown(() => publisher.dispose());

	const open = new TextDocuments(TextDocument);
	open.onDidChangeContent(({ document }) =>
		publisher.changed(workspace.edit(document.uri, document.languageId, document.getText())),
	);
	open.onDidClose(({ document }) => publisher.changed(workspace.close(document.uri)));
	open.listen(connection);
	connection.listen();
}

/** What matters here of what the client says of itself. */
interface Client {
	readonly folders: readonly string[];
	readonly watches: boolean;
	readonly changesFolders: boolean;
	readonly snippets: boolean;
	/** `initializationOptions.showDefaults`: the attributes that are left out and have a default, as inlay hints. */
	readonly showDefaults: boolean;
}

function clientOf({ capabilities, initializationOptions, ...params }: InitializeParams): Client {
	const root = params.rootUri ? [params.rootUri] : [];
	const folders = params.workspaceFolders?.map(({ uri }) => uri) ?? root;
	const options: unknown = initializationOptions;
	return {
		folders: folders.filter(uri => uri.startsWith('file:')).map(pathOf),
		watches: capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
		changesFolders: capabilities.workspace?.workspaceFolders === true,
		snippets: capabilities.textDocument?.completion?.completionItem?.snippetSupport === true,
		showDefaults:
			typeof options === 'object' && options !== null && 'showDefaults' in options && options.showDefaults === true,
	};
}

function answer(version: string | undefined): InitializeResult {
	return {
		capabilities: {
			textDocumentSync: TextDocumentSyncKind.Incremental,
			completionProvider: { triggerCharacters: ['<', '/', '"', "'", ' ', ';', '='] },
			hoverProvider: true,
			signatureHelpProvider: { triggerCharacters: [';', '=', '"'], retriggerCharacters: [';', '='] },
			definitionProvider: true,
			referencesProvider: true,
			documentHighlightProvider: true,
			documentSymbolProvider: true,
			workspaceSymbolProvider: true,
			foldingRangeProvider: true,
			selectionRangeProvider: true,
			documentFormattingProvider: true,
			documentRangeFormattingProvider: true,
			codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, organizeElements] },
			codeLensProvider: {},
			documentLinkProvider: {},
			inlayHintProvider: true,
			linkedEditingRangeProvider: true,
			renameProvider: { prepareProvider: true },
			semanticTokensProvider: { legend, full: true },
			workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
		},
		serverInfo: { name: 'Rolewright', ...(version !== undefined && { version }) },
	};
}

const models = '**/*.{csdef,cscfg,ccproj,csplugin}';
/** `rolewright.json`, and the templates that tell the platform. */
const surroundings = '**/*.json';

/** Reads the client's folders, and looks at what changes in them: by the client where it can, else by ourselves. */
function follow(
	connection: Connection,
	workspace: Workspace,
	publisher: DiagnosticsPublisher,
	world: ServerWorld,
	client: Client,
): void {
	const changed = (paths: readonly string[]) => {
		if (paths.some(path => /\.json$/i.test(path))) {
			publisher.rulesChanged();
		}
		publisher.changed(paths.filter(path => /\.(csdef|cscfg|ccproj|csplugin)$/i.test(path) && workspace.refresh(path)));
	};
	let folders = client.folders;
	publisher.changed(workspace.setFolders(folders));
	connection.onDidChangeWatchedFiles(params => changed(params.changes.map(({ uri }) => pathOf(uri))));
	let watching = client.watches ? undefined : world.watch(folders, changed);
	if (client.watches) {
		const watchers = [{ globPattern: models }, { globPattern: surroundings }];
		void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
	}
	if (client.changesFolders) {
		connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
			const gone = removed.map(({ uri }) => pathOf(uri));
			folders = [...folders.filter(folder => !gone.includes(folder)), ...added.map(({ uri }) => pathOf(uri))];
			publisher.changed(workspace.setFolders(folders));
			watching?.dispose();
			watching = client.watches ? undefined : world.watch(folders, changed);
		});
	}
	connection.onShutdown(() => {
		watching?.dispose();
		publisher.dispose();
	});
}

interface AboutDocument {
	readonly textDocument: { readonly uri: string };
}

function registerFeatures(
	connection: Connection,
	workspace: Workspace,
	publisher: DiagnosticsPublisher,
	world: ServerWorld,
	client: Client,
): void {
	/** A document that nobody opened and that is in no folder has no features. */
	const about =
		<P extends AboutDocument, T>(work: (found: InService, params: P) => T | undefined) =>
		(params: P): T | null => {
			const found = workspace.of(params.textDocument.uri);
			return (found && work(found, params)) ?? null;
		};
	connection.onCompletion(about((found, { position }) => completions(found, position, client.snippets)));
	connection.onHover(about((found, { position }) => hoverAt(found, position)));
	connection.onSignatureHelp(about((found, { position }) => signatureHelp(found, position)));
	connection.onDefinition(about((found, { position }) => definitions(found, position, workspace)));
	connection.onReferences(
		about((found, { position, context }) => references(found, position, context.includeDeclaration, workspace)),
	);
	connection.onDocumentHighlight(about((found, { position }) => highlights(found, position)));
	connection.onDocumentSymbol(about(found => symbols(found)));
	connection.onWorkspaceSymbol(({ query }) => symbolsOfWorkspace(query, workspace));
	connection.onFoldingRanges(about(found => foldingRanges(found)));
	connection.onSelectionRanges(about((found, { positions }) => selections(found, positions)));
	connection.onDocumentFormatting(about((found, { options }) => formatted(found, options)));
	connection.onDocumentRangeFormatting(about((found, { options, range }) => formatted(found, options, range)));
	connection.onCodeAction(about((found, params) => actions(found, params, publisher.rulesOf(found), workspace)));
	connection.onCodeLens(about(found => codeLenses(found)));
	connection.onDocumentLinks(about(found => documentLinks(found, workspace, world)));
	connection.onPrepareRename(about((found, { position }) => prepareRename(found, position)));
	connection.onRenameRequest(
		about((found, { position, newName }) => renamed(found, position, newName, workspace, world)),
	);
	connection.languages.semanticTokens.on(params => about(found => tokensOf(found))(params) ?? { data: [] });
	connection.languages.onLinkedEditingRange(about((found, { position }) => linkedRanges(found, position)));
	connection.languages.inlayHint.on(about((found, { range }) => (client.showDefaults ? inlayHints(found, range) : [])));
}
