import {
	CodeLensRefreshRequest,
	type Connection,
	type ConnectionStrategy,
	DidChangeWatchedFilesNotification,
	LSPErrorCodes,
	Message,
	TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fileExtensions } from '../code/codeFiles';
import { answer, type Client, clientOf } from './client';
import { CodeIndex, type ReadingProgress } from './codeIndex';
import { CodeProblems } from './codeProblems';
import { DiagnosticsPublisher } from './diagnosticsPublisher';
import type { FileLanguage } from './fileLanguage';
import { OpenTexts } from './openTexts';
import { OtherFiles } from './otherFiles';
import type { Parts } from './parts';
import { pathOf } from './places';
import { registerFeatures } from './requests';
import { Workspace } from './workspace';
import type { ServerWorld } from './world';

/** A request that is taken back while others are before it is never begun. */
export const connectionStrategy: ConnectionStrategy = {
	cancelUndispatched: message => {
		const error = { code: LSPErrorCodes.RequestCancelled, message: 'The client took the request back.' };
		return Message.isRequest(message) ? { jsonrpc: message.jsonrpc, id: message.id, error } : undefined;
	},
};

/** What the server is told of itself. */
export interface ServerOptions {
	readonly version?: string | undefined;
	readonly languages?: readonly FileLanguage[];
}

/** Serves the features of the language over a connection, which it begins to listen to; returns at once. */
export function serve(
	connection: Connection,
	world: ServerWorld,
	{ version, languages = [] }: ServerOptions = {},
): void {
	const workspace = new Workspace(world);
	const open = new OpenTexts();
	const code: CodeIndex = new CodeIndex(world, workspace, open, () => codeRead());
	const models = new DiagnosticsPublisher(connection, workspace, world);
	const codeProblems = new CodeProblems(connection, code, models, world);
	const others = new OtherFiles(connection, languages, open, workspace, world);
	const parts: Parts = { connection, workspace, open, code, models, codeProblems, others, world };
	let codeRead = () => codeProblems.changed();
	connection.onInitialize(params => {
		const client = clientOf(params);
		if (client.refreshesLenses) {
			codeRead = () => {
				codeProblems.changed();
				void connection.sendRequest(CodeLensRefreshRequest.type);
			};
		}
		registerFeatures(parts, client);
		connection.onInitialized(() => follow(parts, client));
		return answer(version);
	});
	connection.onShutdown(() => {
		models.dispose();
		codeProblems.dispose();
		others.dispose();
		code.dispose();
	});

	const documents = new TextDocuments(TextDocument);
	documents.onDidChangeContent(({ document }) => {
		const { uri, languageId } = document;
		open.edit(uri, document.getText());
		noteModels(parts, workspace.edit(uri, languageId, document.getText()));
		noteCode(parts, uri);
		others.changed();
	});
	documents.onDidClose(({ document: { uri } }) => {
		open.close(uri);
		noteModels(parts, workspace.close(uri));
		noteCode(parts, uri);
		others.changed();
	});
	documents.listen(connection);
	connection.listen();
}

/** What role code means depends on the services. */
function noteModels({ models, code, codeProblems }: Parts, paths: readonly string[]): void {
	if (paths.length > 0) {
		models.changed(paths);
		code.servicesChanged();
		codeProblems.changed();
	}
}

function noteCode({ code, codeProblems }: Parts, uri: string): void {
	if (code.edited(uri)) {
		codeProblems.changed();
	}
}

const modelFiles = '**/*.{csdef,cscfg,ccproj,csplugin}';
const isModel = /\.(?:csdef|cscfg|ccproj|csplugin)$/i;
/** `rolewright.json`, and the templates that tell the platform. */
const surroundings = '**/*.json';
/** The names of all files that the server wants to be told of. */
export const watchedFiles = new RegExp(`\\.(?:csdef|cscfg|ccproj|csplugin|json|${fileExtensions.join('|')})$`, 'i');

const codeFiles = `**/*.{${fileExtensions.join(',')}}`;

/** Reads the client's folders, and looks at what changes in them: by the client where it can, else by ourselves. */
function follow(parts: Parts, client: Client): void {
	const { connection, workspace, code, models, codeProblems, others, world } = parts;
	const changed = (paths: readonly string[]) => {
		others.changed();
		if (paths.some(path => /\.json$/i.test(path))) {
			models.rulesChanged();
			codeProblems.changed();
		}
		// A folder that is gone is told as nothing but the folder.
		const gone = paths.flatMap(path => (isModel.test(path) ? [path] : workspace.pathsBelow(path)));
		noteModels(
			parts,
			[...new Set(gone)].filter(path => workspace.refresh(path)),
		);
		if (code.refresh(paths)) {
			codeProblems.changed();
		}
	};
	let folders = client.folders;
	const read = () => {
		noteModels(parts, workspace.setFolders(folders));
		code.setFolders(folders, () => (client.progress ? progressOf(connection) : silent));
		// Where nothing is to be read, there may be problems to take back.
		codeProblems.changed();
	};
	read();
	connection.onDidChangeWatchedFiles(params => changed(params.changes.map(({ uri }) => pathOf(uri))));
	let watching = client.watches ? undefined : world.watch(folders, changed);
	if (client.watches) {
		const watchers = [modelFiles, surroundings, codeFiles].map(globPattern => ({ globPattern }));
		void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
	}
	if (client.changesFolders) {
		connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
			const gone = removed.map(({ uri }) => pathOf(uri));
			folders = [...folders.filter(folder => !gone.includes(folder)), ...added.map(({ uri }) => pathOf(uri))];
			read();
			watching?.dispose();
			watching = client.watches ? undefined : world.watch(folders, changed);
		});
	}
	connection.onShutdown(() => {
		watching?.dispose();
		models.dispose();
		codeProblems.dispose();
		others.dispose();
		code.dispose();
	});
}

const silent: ReadingProgress = { report: () => {}, end: () => {} };

/** The client shows it from the moment it agreed to. */
function progressOf(connection: Connection): ReadingProgress {
	const shown = connection.window.createWorkDoneProgress().then(progress => {
		progress.begin('Rolewright: reading role code', 0);
		return progress;
	});
	return {
		report: percent => void shown.then(progress => progress.report(percent)),
		end: () => void shown.then(progress => progress.done()),
	};
}
