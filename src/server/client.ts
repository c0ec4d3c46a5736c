import {
	CodeActionKind,
	type InitializeParams,
	type InitializeResult,
	PositionEncodingKind,
	ResourceOperationKind,
	TextDocumentSyncKind,
} from 'vscode-languageserver';
import { legend } from './annotations';
import { organizeElements } from './changes';
import { pathOf } from './places';
import type { EditAbilities } from './roleRename';

/** What matters here of what the client says of itself. */
export interface Client extends EditAbilities {
	readonly folders: readonly string[];
	readonly watches: boolean;
	readonly changesFolders: boolean;
	readonly snippets: boolean;
	readonly progress: boolean;
	readonly refreshesLenses: boolean;
	/** `initializationOptions.showDefaults`: the attributes that are left out and have a default, as inlay hints. */
	readonly showDefaults: boolean;
}

export function clientOf({ capabilities, initializationOptions, ...params }: InitializeParams): Client {
	const root = params.rootUri ? [params.rootUri] : [];
	const folders = params.workspaceFolders?.map(({ uri }) => uri) ?? root;
	const options: unknown = initializationOptions;
	const edits = capabilities.workspace?.workspaceEdit;
	const operations = (edits?.documentChanges && edits.resourceOperations) || [];
	return {
		folders: folders.filter(uri => uri.startsWith('file:')).map(pathOf),
		watches: capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
		changesFolders: capabilities.workspace?.workspaceFolders === true,
		snippets: capabilities.textDocument?.completion?.completionItem?.snippetSupport === true,
		progress: capabilities.window?.workDoneProgress === true,
		refreshesLenses: capabilities.workspace?.codeLens?.refreshSupport === true,
		creates: operations.includes(ResourceOperationKind.Create),
		renames: operations.includes(ResourceOperationKind.Rename),
		confirms: edits?.documentChanges === true && edits.changeAnnotationSupport !== undefined,
		showDefaults:
			typeof options === 'object' && options !== null && 'showDefaults' in options && options.showDefaults === true,
	};
}

/** What the server can do. */
export function answer(version: string | undefined): InitializeResult {
	return {
		capabilities: {
			// Every client has it, and columns everywhere here are its units.
			positionEncoding: PositionEncodingKind.UTF16,
			textDocumentSync: TextDocumentSyncKind.Incremental,
			completionProvider: { triggerCharacters: ['<', '/', '"', "'", ' ', ';', '='] },
			hoverProvider: true,
			signatureHelpProvider: { triggerCharacters: [';', '=', '"'], retriggerCharacters: [';', '='] },
			definitionProvider: true,
			implementationProvider: true,
			typeDefinitionProvider: true,
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
