import * as vscode from 'vscode';
import { textOfError } from '../../base/failure';
import type { LineMap } from '../../base/lines';
import { CodeFiles, fileExtensions } from '../../code/codeFiles';
import type { CodeIgnore } from '../../code/ignore';
import { languageOf } from '../../code/languages';
import type { CodeNames } from '../../code/meaning';
import type { ServiceWithCode } from '../../code/ownership';
import { type CodeUse, usesIn } from '../../code/uses';
import { folderOf } from '../../model/paths';
import { codeFoldersSaid } from '../../runner/codeFolders';
import { type Coalesced, coalesce, turn } from '../coalesce';
import { pathOf, uriOf } from '../workspace/editorText';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { decode, schemes, type WorkspaceFiles } from '../workspace/workspaceFiles';

const wanted = `**/*.{${fileExtensions.join(',')}}`;
const projectFile = '**/rolewright.json';
const leftOut = '**/{bin,obj,node_modules,packages,.git,.vs,dist}/**';
const isLeftOut = /(?:^|[\\/])(?:bin|obj|node_modules|packages|\.git|\.vs|dist)[\\/]/;
/** A source file that people write is smaller; a larger one was generated. Bytes. */
const sizeLimit = 1_000_000;
/** Files that are read at a time, after which the editor has its turn. */
const chunk = 32;

/**
 * The names of services in all source files of the workspace, read in the background as soon as there is a service; an
 * open text wins over the one on disk. Only files that name something are kept.
 */
export class CodeIndex implements vscode.Disposable {
	private readonly code = new CodeFiles();
	private readonly changed = new vscode.EventEmitter<void>();
	private readonly waiting: Coalesced<string>;
	private readonly disposables: vscode.Disposable[];
	private search: vscode.CancellationTokenSource | undefined;
	private services: readonly ServiceWithCode[] | undefined;
	private reading = false;

	/** Names in code came or went, or what they mean may be another thing now. */
	readonly onDidChange = this.changed.event;

	constructor(
		files: WorkspaceFiles,
		private readonly index: ServiceIndex,
		private readonly log: vscode.LogOutputChannel,
	) {
		this.waiting = coalesce(150, paths => void this.readAgain([...paths]));
		const { workspace } = vscode;
		const watchers = [wanted, projectFile].map(pattern => workspace.createFileSystemWatcher(pattern));
		// A folder that goes with all that is in it is told as nothing but the folder.
		const folders = workspace.createFileSystemWatcher('**', true, true, false);
		const note = (uri: vscode.Uri) => this.waiting.add(pathOf(uri));
		const noteDocument = ({ uri }: vscode.TextDocument) => {
			if (isOurs(uri)) {
				note(uri);
			}
		};
		this.disposables = [
			this.changed,
			this.waiting,
			...watchers,
			folders,
			...watchers.flatMap(watcher => [watcher.onDidCreate(note), watcher.onDidChange(note)]),
			folders.onDidDelete(uri => this.forget(pathOf(uri))),
			workspace.onDidChangeTextDocument(({ document }) => noteDocument(document)),
			workspace.onDidOpenTextDocument(noteDocument),
			workspace.onDidCloseTextDocument(noteDocument),
			workspace.onDidChangeWorkspaceFolders(() => this.start()),
			files.onDidAddFolder(folder => void this.readFolder(folder)),
			index.onDidChangeServices(() => this.start(true)),
			files.onDidChange(() => {
				this.services = undefined;
				this.changed.fire();
			}),
		];
		this.start(true);
	}

	dispose(): void {
		this.search?.cancel();
		vscode.Disposable.from(...this.disposables).dispose();
	}

	/** The names in all files, by path. */
	names(): CodeNames {
		return this.code.names();
	}

	/** Not every file has been read yet: that nothing names a thing is not known. */
	get isReading(): boolean {
		return this.reading;
	}

	/** The comments of a file that silence problems. */
	ignoresOf(path: string): readonly CodeIgnore[] {
		return this.code.ignoresOf(path);
	}

	linesOf(path: string): LineMap | undefined {
		return this.code.linesOf(path);
	}

	/** Reads files now, whatever is waited for: who edits them wants the offsets of this moment. */
	async refresh(paths: readonly string[]): Promise<void> {
		await Promise.all(paths.map(path => this.read(uriOf(path))));
	}

	/** The names in a document, in the text of this moment. */
	usesOf(document: vscode.TextDocument): readonly CodeUse[] {
		return usesIn(pathOf(document.uri), document.getText());
	}

	/** The keys that the applications' own configuration files give a value. */
	appSettingKeys(): ReadonlySet<string> {
		return this.code.appSettingKeys();
	}

	/** Every service with a definition, and where the code of its roles is. */
	servicesWithCode(): readonly ServiceWithCode[] {
		this.services ??= this.index.services().map(({ definition }) => {
			const service = this.index.modelOf(definition);
			return { service, folders: this.code.foldersOf(service, this.index.projectOf(definition)) };
		});
		return this.services;
	}

	/** Reads everything anew; with `once` only where it was not read yet. Without a service there is nothing to look for. */
	private start(once = false): void {
		this.services = undefined;
		if (this.index.services().length === 0 || (once && this.search)) {
			this.changed.fire();
			return;
		}
		this.search?.cancel();
		const search = new vscode.CancellationTokenSource();
		this.search = search;
		this.reading = true;
		this.code.clear();
		const title = vscode.l10n.t('Rolewright: reading role code');
		void vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, progress =>
			this.readAll(search.token, percent => progress.report({ message: `${percent} %` })),
		);
	}

	private async readAll(token: vscode.CancellationToken, report: (percent: number) => void): Promise<void> {
		const patterns = [projectFile, wanted];
		const found = patterns.map(each => vscode.workspace.findFiles(each, leftOut, undefined, token));
		const uris = (await Promise.all(found)).flat();
		for (let at = 0; at < uris.length; at += chunk) {
			await Promise.all(uris.slice(at, at + chunk).map(uri => this.read(uri)));
			await turn();
			if (token.isCancellationRequested) {
				return;
			}
			report(Math.floor((100 * at) / uris.length));
		}
		this.reading = false;
		this.services = undefined;
		this.changed.fire();
	}

	private async readAgain(paths: readonly string[]): Promise<void> {
		if (!this.search) {
			return;
		}
		for (let at = 0; at < paths.length; at += chunk) {
			await Promise.all(paths.slice(at, at + chunk).map(path => this.read(uriOf(path))));
		}
		this.changed.fire();
	}

	/** A folder that comes with all that is in it is often told as nothing but the folder. */
	private async readFolder(folder: vscode.Uri): Promise<void> {
		const patterns = [projectFile, wanted].map(each => new vscode.RelativePattern(folder, each));
		const found = await Promise.all(patterns.map(each => vscode.workspace.findFiles(each, leftOut)));
		return this.readAgain(found.flat().map(pathOf));
	}

	private async read(uri: vscode.Uri): Promise<void> {
		const path = pathOf(uri);
		if (isLeftOut.test(vscode.workspace.asRelativePath(uri, false))) {
			return;
		}
		if (/proj$/i.test(path)) {
			this.code.takeProject(path);
			this.services = undefined;
			return;
		}
		const text = await this.textOf(uri);
		if (text === undefined) {
			this.code.forget(path);
		} else if (path.endsWith('.json')) {
			this.code.takeSaid(folderOf(path), codeFoldersSaid(path, text));
			this.services = undefined;
		} else {
			this.code.take(path, text);
		}
	}

	private async textOf(uri: vscode.Uri): Promise<string | undefined> {
		const path = pathOf(uri);
		const open = vscode.workspace.textDocuments.find(document => pathOf(document.uri) === path);
		if (open) {
			return open.getText();
		}
		if (!vscode.workspace.getWorkspaceFolder(uri)) {
			return undefined;
		}
		try {
			const bytes = await vscode.workspace.fs.readFile(uri);
			return bytes.length > sizeLimit ? '' : decode(bytes);
		} catch (error) {
			// It went between being seen and being read, or may not be read: as good as not there.
			this.log.debug(`${path} was not read: ${textOfError(error)}`);
			return undefined;
		}
	}

	private forget(gone: string): void {
		this.code.forget(gone);
		this.services = undefined;
		this.changed.fire();
	}
}

function isOurs(uri: vscode.Uri): boolean {
	return schemes().includes(uri.scheme) && languageOf(uri.path) !== undefined;
}
