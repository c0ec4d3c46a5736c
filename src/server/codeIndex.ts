import type { Disposable } from '../base/emitter';
import { LineMap } from '../base/lines';
import type { Span } from '../base/span';
import { touches } from '../base/span';
import { CodeFiles, fileExtensions } from '../code/codeFiles';
import type { CodeIgnore } from '../code/ignore';
import { languageOf } from '../code/languages';
import type { CodeNames } from '../code/meaning';
import { type CodeOwner, ownersOf, type ServiceWithCode } from '../code/ownership';
import { type CodeUse, usesIn } from '../code/uses';
import { folderOf } from '../model/paths';
import type { OpenTexts } from './openTexts';
import { pathOf } from './places';
import type { Workspace } from './workspace';
import type { ServerWorld } from './world';

const ofCode = new RegExp(`\\.(?:${fileExtensions.join('|')})$`, 'i');
const settings = /[\\/]rolewright\.json$/;
const leftOut = /[\\/](?:bin|obj|node_modules|packages|\.git|\.vs|dist)[\\/]/i;
/** A source file that people write is smaller; a larger one was generated. */
const longest = 1_000_000;
/** Files that are read at a time, after which requests are answered. */
const chunk = 32;

/** A source file that is open, in the text that it has now. */
export interface InCode {
	readonly path: string;
	readonly uses: readonly CodeUse[];
	readonly owners: readonly CodeOwner[];
	readonly lines: LineMap;
}

/** How far the reading of the source files is; `end` is called once, also where it is given up. */
export interface ReadingProgress {
	report(percent: number): void;
	end(): void;
}

/**
 * The names of services in the source files of the client's folders, read in the background; an open text wins over the
 * one on disk.
 */
export class CodeIndex {
	private readonly files = new CodeFiles();
	private folders: readonly string[] = [];
	private known: readonly ServiceWithCode[] | undefined;
	private reading: Disposable | undefined;

	constructor(
		private readonly world: ServerWorld,
		private readonly workspace: Workspace,
		private readonly open: OpenTexts,
		private readonly changed: () => void,
	) {}

	/** Not every file has been read yet: that nothing names a thing is not known. */
	get isReading(): boolean {
		return this.reading !== undefined;
	}

	/** Reads the source files of these folders, in place of those before. `began` is told of as soon as there is one to read. */
	setFolders(folders: readonly string[], began: () => ReadingProgress): void {
		this.folders = folders;
		this.dispose();
		this.files.clear();
		this.known = undefined;
		for (const path of this.open.paths().filter(each => languageOf(each))) {
			this.read(path);
		}
		const paths = folders
			.flatMap(folder => this.world.filesNamed(folder, /\.\w+$/))
			.filter(path => this.isOurs(path))
			// Where the code of a role is has to be known first.
			.sort((a, b) => Number(settings.test(b)) - Number(settings.test(a)));
		if (paths.length > 0) {
			this.readAll(paths, 0, began());
		}
	}

	dispose(): void {
		this.reading?.dispose();
		this.reading = undefined;
	}

	/** A file was opened, changed or closed in the client; false for one that is no source file. */
	edited(uri: string): boolean {
		const path = pathOf(uri);
		if (languageOf(path)) {
			this.read(path);
		}
		return languageOf(path) !== undefined;
	}

	/** Looks at these files again; true where one of them is ours. A folder that is gone takes its files along. */
	refresh(paths: readonly string[]): boolean {
		const ours = paths.filter(path => this.isOurs(path) || this.world.kindOf(path) === undefined);
		for (const path of ours) {
			this.read(path);
		}
		return ours.length > 0;
	}

	/** The services may be others now. */
	servicesChanged(): void {
		this.known = undefined;
	}

	/** The names in all files, by path. */
	names(): CodeNames {
		return this.files.names();
	}

	ignoresOf(path: string): readonly CodeIgnore[] {
		return this.files.ignoresOf(path);
	}

	linesOf(path: string): LineMap | undefined {
		return this.files.linesOf(path);
	}

	/** The address as the client writes it. */
	uriOf(path: string): string {
		return this.open.uriOf(path);
	}

	/** Of a file that is open. */
	textOf(path: string): string | undefined {
		return this.open.textOf(path);
	}

	appSettingKeys(): ReadonlySet<string> {
		return this.files.appSettingKeys();
	}

	services(): readonly ServiceWithCode[] {
		this.known ??= this.workspace.services().flatMap(service => {
			const path = service.definition?.path;
			const project = path === undefined ? undefined : this.workspace.projectOf(path);
			return path === undefined ? [] : [{ service, folders: this.files.foldersOf(service, project) }];
		});
		return this.known;
	}

	of(uri: string): InCode | undefined {
		const path = pathOf(uri);
		const text = languageOf(path) && this.open.textOf(path);
		return text === undefined
			? undefined
			: { path, uses: usesIn(path, text), owners: ownersOf(path, this.services()), lines: new LineMap(text) };
	}

	private readAll(paths: readonly string[], from: number, progress: ReadingProgress): void {
		const next = this.world.after(0, () => {
			for (const path of paths.slice(from, from + chunk)) {
				this.read(path);
			}
			if (from + chunk < paths.length) {
				progress.report(Math.floor((100 * (from + chunk)) / paths.length));
				this.readAll(paths, from + chunk, progress);
			} else {
				this.reading = undefined;
				this.known = undefined;
				progress.end();
				this.changed();
			}
		});
		this.reading = {
			dispose: () => {
				next.dispose();
				progress.end();
			},
		};
	}

	private read(path: string): void {
		const text = this.open.textOf(path) ?? (this.isInFolders(path) ? this.world.textOf(path) : undefined);
		if (text === undefined) {
			this.files.forget(path);
			this.known = undefined;
		} else if (/proj$/i.test(path)) {
			this.files.takeProject(path);
			this.known = undefined;
		} else if (settings.test(path)) {
			this.files.takeSaid(folderOf(path), this.world.codeFoldersIn(folderOf(path)));
			this.known = undefined;
		} else {
			this.files.take(path, text.length > longest ? '' : text);
		}
	}

	private isOurs(path: string): boolean {
		const inside = this.folders.find(folder => path.startsWith(folder))?.length ?? 0;
		return (ofCode.test(path) || settings.test(path)) && !leftOut.test(path.slice(inside));
	}

	private isInFolders(path: string): boolean {
		return this.folders.some(folder => path.startsWith(folder));
	}
}

/** The name that an offset of a source file is at. */
export function useAt({ uses }: Pick<InCode, 'uses'>, offset: number): CodeUse | undefined {
	return uses.find(({ span }: { readonly span: Span }) => touches(span, offset));
}
