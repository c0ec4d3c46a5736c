import * as vscode from 'vscode';
import { textOfError } from '../../base/failure';
import { isBelow } from '../../model/paths';
import { type Coalesced, coalesce } from '../coalesce';
import { pathOf, uriOf } from './editorText';

const wanted = '**/*.{csdef,cscfg,ccproj,csplugin}';
/** The tools of the SDK write `csx`, `NAME.csx`, `ecf` and `rcf`: copies of the model, which would be a second service of its name. */
const leftOut = '**/{bin,obj,csx,*.csx,ecf,rcf,node_modules,.git}/**';

/**
 * The definitions, configurations and projects of the workspace, and those beside a file that is open from elsewhere.
 * An open text wins over the one on disk.
 */
export class WorkspaceFiles implements vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<string>();
	private readonly onDisk = new Map<string, string>();
	private readonly open = new Map<string, vscode.TextDocument>();
	private readonly folderCame = new vscode.EventEmitter<vscode.Uri>();
	private readonly disposables: vscode.Disposable[] = [this.changed, this.folderCame];
	private readonly created: Coalesced<vscode.Uri>;

	/** The path of a text that came, changed or went. */
	readonly onDidChange = this.changed.event;
	/** A folder that may hold anything, and of whose files nobody may be told. */
	readonly onDidAddFolder = this.folderCame.event;
	/** Settles when the files that were there at the beginning have been read; nothing has to wait for it. */
	readonly searched: Promise<void>;

	constructor(private readonly log: vscode.LogOutputChannel) {
		for (const document of vscode.workspace.textDocuments) {
			this.opened(document);
		}
		// A folder that comes or goes with all that is in it is often told as nothing but the folder.
		const comings = vscode.workspace.createFileSystemWatcher('**', false, true, false);
		const changes = vscode.workspace.createFileSystemWatcher(wanted, true, false, true);
		this.created = coalesce(100, uris => void this.readCreated([...uris]));
		this.disposables.push(
			comings,
			changes,
			this.created,
			comings.onDidCreate(uri => this.created.add(uri)),
			comings.onDidDelete(uri => this.deleted(uri)),
			changes.onDidChange(uri => this.read(uri)),
			vscode.workspace.onDidOpenTextDocument(document => this.opened(document)),
			vscode.workspace.onDidCloseTextDocument(document => this.closed(document)),
			vscode.workspace.onDidChangeTextDocument(({ document }) => this.edited(document)),
			vscode.workspace.onDidSaveTextDocument(document => this.saved(document)),
			vscode.workspace.onDidChangeWorkspaceFolders(() => this.search()),
		);
		const searched = this.search();
		// A search may never be answered where nobody provides one, as in some virtual file systems.
		const isAnswered = (vscode.workspace.workspaceFolders ?? []).every(({ uri }) => uri.scheme === 'file');
		this.searched = isAnswered ? searched : Promise.resolve();
	}

	dispose(): void {
		vscode.Disposable.from(...this.disposables).dispose();
	}

	paths(): readonly string[] {
		return [...new Set([...this.onDisk.keys(), ...this.open.keys()])].sort();
	}

	textAt(path: string): string | undefined {
		return this.open.get(path)?.getText() ?? this.onDisk.get(path);
	}

	/** The text on disk, whatever stands in the editor. */
	savedTextAt(path: string): string | undefined {
		return this.onDisk.get(path);
	}

	/** True for a file of the workspace and for one that is open: the others are only read to understand those. */
	isWanted(path: string): boolean {
		return this.open.has(path) || this.isInWorkspace(path);
	}

	private isInWorkspace(path: string): boolean {
		return this.onDisk.has(path) && vscode.workspace.getWorkspaceFolder(uriOf(path)) !== undefined;
	}

	private async search(): Promise<void> {
		// What comes while the search is under way may be missing in what it finds, and is there all the same.
		const before = [...this.onDisk.keys()];
		const found = await vscode.workspace.findFiles(wanted, leftOut);
		const paths = new Set(found.map(pathOf));
		for (const path of before) {
			if (!paths.has(path) && !this.isBesideOpenFile(path)) {
				this.onDisk.delete(path);
				this.changed.fire(path);
			}
		}
		await Promise.all(found.map(uri => this.read(uri)));
	}

	private async read(uri: vscode.Uri): Promise<void> {
		const path = pathOf(uri);
		if (isLeftOut(uri)) {
			return;
		}
		try {
			const before = this.onDisk.get(path);
			const text = decode(await vscode.workspace.fs.readFile(uri));
			if (this.onDisk.get(path) !== before) {
				// It was saved or read while this was under way: what is newer, only the disk knows.
				return this.read(uri);
			}
			this.onDisk.set(path, text);
			if (text !== before) {
				this.changed.fire(path);
			}
		} catch (error) {
			// It went between being seen and being read, or may not be read: as good as not there.
			this.log.info(`${path} was not read: ${textOfError(error)}`);
		}
	}

	/** Files of ours, and folders that may hold some. After a checkout of thousands one search is quicker. */
	private async readCreated(uris: readonly vscode.Uri[]): Promise<void> {
		if (uris.length > 100) {
			for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
				this.folderCame.fire(uri);
			}
			return this.search();
		}
		await Promise.all(
			uris.map(async uri => {
				if (/\.(csdef|cscfg|ccproj|csplugin)$/i.test(uri.path)) {
					return this.read(uri);
				}
				const type = await vscode.workspace.fs.stat(uri).then(
					stat => stat.type,
					() => vscode.FileType.Unknown,
				);
				if (type === vscode.FileType.Directory && !isLeftOut(uri)) {
					this.folderCame.fire(uri);
					const found = await vscode.workspace.findFiles(new vscode.RelativePattern(uri, wanted), leftOut);
					await Promise.all(found.map(each => this.read(each)));
				}
			}),
		);
	}

	private deleted(uri: vscode.Uri): void {
		const gone = pathOf(uri);
		for (const path of [...this.onDisk.keys()]) {
			if (isBelow(gone, path)) {
				this.onDisk.delete(path);
				this.changed.fire(path);
			}
		}
		// VS Code keeps a text for a while that somebody looked at; a file that is gone is not there because of that.
		for (const [path, document] of [...this.open]) {
			if (isBelow(gone, path) && !document.isDirty && !isShown(document.uri)) {
				this.open.delete(path);
				this.changed.fire(path);
			}
		}
	}

	private opened(document: vscode.TextDocument): void {
		if (!isModel(document) && !isModule(document)) {
			return;
		}
		const path = pathOf(document.uri);
		this.open.set(path, document);
		this.changed.fire(path);
		// A search may never be answered where nobody provides one, as in some virtual file systems.
		const isSearched =
			document.uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(document.uri) !== undefined;
		if (document.uri.scheme !== 'untitled' && !isSearched) {
			void this.readBeside(document.uri);
		}
	}

	private closed(document: vscode.TextDocument): void {
		const path = pathOf(document.uri);
		if (!this.open.delete(path)) {
			return;
		}
		this.changed.fire(path);
		for (const other of [...this.onDisk.keys()]) {
			if (!this.isInWorkspace(other) && !this.isBesideOpenFile(other)) {
				this.onDisk.delete(other);
				this.changed.fire(other);
			}
		}
	}

	private edited(document: vscode.TextDocument): void {
		const path = pathOf(document.uri);
		if (this.open.has(path)) {
			this.changed.fire(path);
		} else {
			this.opened(document);
		}
	}

	/**
	 * What the editor wrote is on disk. A document that an edit of several files opened is saved and closed at once, and
	 * the watcher tells of it much later: until then the old text would stand for a file that has a new one.
	 */
	private saved(document: vscode.TextDocument): void {
		const path = pathOf(document.uri);
		if (this.open.has(path) && document.uri.scheme !== 'untitled' && !isLeftOut(document.uri)) {
			this.onDisk.set(path, document.getText());
		}
	}

	/** All of our files in its folder: also how a service is understood whose folder is not open. */
	private async readBeside(uri: vscode.Uri): Promise<void> {
		const folder = vscode.Uri.joinPath(uri, '..');
		const entries = await vscode.workspace.fs.readDirectory(folder).then(
			found => found,
			() => [],
		);
		const beside = entries.filter(([name]) => /\.(csdef|cscfg|ccproj|csplugin)$/i.test(name));
		await Promise.all(beside.map(([name]) => this.read(vscode.Uri.joinPath(folder, name))));
	}

	private isBesideOpenFile(path: string): boolean {
		const folder = vscode.Uri.joinPath(uriOf(path), '..').toString();
		return [...this.open.values()].some(
			({ uri }) => uri.scheme !== 'untitled' && vscode.Uri.joinPath(uri, '..').toString() === folder,
		);
	}
}

function isLeftOut(uri: vscode.Uri): boolean {
	return /(^|[\\/])(bin|obj|([^\\/]*\.)?csx|ecf|rcf|node_modules|\.git)[\\/]/.test(
		vscode.workspace.asRelativePath(uri, false),
	);
}

function isShown(uri: vscode.Uri): boolean {
	return vscode.window.tabGroups.all.some(({ tabs }) =>
		tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
	);
}

export function isModel(document: vscode.TextDocument): boolean {
	const isOurs = document.languageId === 'csdef' || document.languageId === 'cscfg';
	return isOurs && schemes().includes(document.uri.scheme);
}

/** The description of a module, which no language of ours is about; what is said of services depends on it. */
function isModule({ uri }: vscode.TextDocument): boolean {
	return /\.csplugin$/i.test(uri.path) && schemes().includes(uri.scheme);
}

/**
 * Where the texts are that are edited: on disk, nowhere yet, or wherever the folders of the workspace are, such as a
 * repository that is browsed. Other schemes hold copies, such as the older side of a comparison.
 */
export function schemes(): readonly string[] {
	const folders = vscode.workspace.workspaceFolders ?? [];
	return [...new Set(['file', 'untitled', ...folders.map(({ uri }) => uri.scheme)])];
}

/** As editors read a file: by its byte order mark, else as UTF-8. */
export function decode(bytes: Uint8Array): string {
	const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
	const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8';
	return new TextDecoder(encoding).decode(bytes);
}
