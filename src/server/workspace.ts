import type { LineMap } from '../base/lines';
import { Documents, type ParsedFile, parseFile, pathsOf, serviceOf } from '../language/documents';
import type { ServiceFiles } from '../model/pairing';
import { folderOf, isBelow } from '../model/paths';
import type { Service } from '../model/service';
import { type Format, formatOf } from '../schema/catalog';
import { linesOf, pathOf, uriOf } from './places';
import type { ServerWorld } from './world';

/** A document of the client as the features of the language see it, in the text that it has now. */
export interface InService {
	readonly file: ParsedFile;
	readonly service: Service;
	readonly lines: LineMap;
}

interface Open {
	readonly uri: string;
	readonly format: Format;
	readonly text: string;
}

/**
 * The definitions, configurations and projects of the client's folders, and those beside a file that is open from
 * elsewhere. An open text wins over the one on disk.
 */
export class Workspace {
	private readonly documents = new Documents();
	private readonly open = new Map<string, Open>();
	private readonly onDisk = new Set<string>();
	private folders: readonly string[] = [];

	constructor(private readonly world: ServerWorld) {}

	/** Reads the files of these folders. The paths of all files that came or went. */
	setFolders(folders: readonly string[]): readonly string[] {
		this.folders = folders;
		const found = new Set(folders.flatMap(folder => this.world.filesBelow(folder)));
		const gone = [...this.onDisk].filter(path => !found.has(path) && !this.isBesideOpen(path));
		return [...gone.filter(path => this.forget(path)), ...[...found].filter(path => this.refresh(path))];
	}

	/** A text came into the editor, or was changed there. */
	edit(uri: string, languageId: string, text: string): readonly string[] {
		const path = pathOf(uri);
		const known = this.open.get(path);
		const format = formatOf(path) ?? (languageId === 'cscfg' || languageId === 'csdef' ? languageId : undefined);
		if (!format) {
			return [];
		}
		this.open.set(path, { uri, format, text });
		this.documents.set(path, text);
		// What lies beside it is what it is understood by.
		return known || !uri.startsWith('file:') || this.isInFolders(path)
			? [path]
			: [path, ...this.world.filesIn(folderOf(path)).filter(other => other !== path && this.refresh(other))];
	}

	close(uri: string): readonly string[] {
		const path = pathOf(uri);
		if (!this.open.delete(path)) {
			return [];
		}
		this.refresh(path);
		const left = [...this.onDisk].filter(other => !this.isInFolders(other) && !this.isBesideOpen(other));
		return [...new Set([path, ...left.filter(other => this.forget(other))])];
	}

	/** The files of ours that lie in a folder, as far as they were read from the disk. */
	pathsBelow(folder: string): readonly string[] {
		return [...this.onDisk].filter(path => isBelow(folder, path));
	}

	/** An open text stays whatever becomes of its file. */
	private forget(path: string): boolean {
		return this.onDisk.delete(path) && !this.open.has(path) && this.documents.remove(path);
	}

	/** Looks at a file on disk again; true where something changed. */
	refresh(path: string): boolean {
		const text = this.world.textOf(path);
		if (text === undefined) {
			this.onDisk.delete(path);
			return this.open.has(path) ? false : this.documents.remove(path);
		}
		this.onDisk.add(path);
		return this.open.has(path) ? false : this.documents.set(path, text);
	}

	at(path: string): InService | undefined {
		const open = this.open.get(path);
		const file = this.documents.file(path) ?? (open && parseFile(path, open.format, open.text));
		return (
			file && {
				file,
				service: this.documents.file(path) ? this.documents.serviceOf(path) : serviceOf([file]),
				lines: linesOf(file),
			}
		);
	}

	of(uri: string): InService | undefined {
		return this.at(pathOf(uri));
	}

	/** The address as the client writes it: a path can be written in several ways. */
	uriOf(path: string): string {
		return this.open.get(path)?.uri ?? uriOf(path);
	}

	/** Every definition and configuration of the folders, and every one that is open. */
	paths(): readonly string[] {
		return [...new Set([...this.onDisk, ...this.open.keys()])].filter(
			path => this.isWanted(path) && (this.open.has(path) || formatOf(path) !== undefined),
		);
	}

	/** The others are only read to understand those. */
	isWanted(path: string): boolean {
		return this.open.has(path) || (this.onDisk.has(path) && this.isInFolders(path));
	}

	/** The paths of all files of the service that a file belongs to, its own among them. */
	neighboursOf(path: string): readonly string[] {
		// A module or a project concerns every service.
		if (/\.(?:csplugin|ccproj)$/i.test(path)) {
			return this.paths();
		}
		const pair = this.pairOf(path);
		return pair ? pathsOf(pair) : [path];
	}

	/** The files that name the roles and where their code is. */
	projectOf(path: string): ServiceFiles['project'] {
		return this.pairOf(path)?.project;
	}

	/** What a build generated repeats the names of its source. */
	services(): readonly Service[] {
		const written = this.documents.pairs().filter(({ definition }) => !/\.build\.csdef$/i.test(definition ?? ''));
		return written.map(pair => this.documents.service(pair));
	}

	/** The service of a definition, a project, or a folder with one of them in it or below it. */
	serviceAt(place: string): Service | undefined {
		const pairs = this.documents.pairs().filter(({ definition = '' }) => /(?<!\.build)\.csdef$/i.test(definition));
		const only = (found: readonly ServiceFiles[]) => (found.length === 1 ? found[0] : undefined);
		const pair =
			pairs.find(({ definition, project }) => definition === place || project?.path === place) ??
			only(pairs.filter(({ definition = '' }) => folderOf(definition) === place)) ??
			only(pairs.filter(({ definition = '' }) => isBelow(place, definition)));
		return pair && this.documents.service(pair);
	}

	private pairOf(path: string): ServiceFiles | undefined {
		return this.documents.pairs().find(files => pathsOf(files).includes(path));
	}

	/** The folder of the client's that a file is in. */
	folderAround(path: string): string | undefined {
		return this.folders.find(folder => isBelow(folder, path));
	}

	private isInFolders(path: string): boolean {
		return this.folderAround(path) !== undefined;
	}

	private isBesideOpen(path: string): boolean {
		return [...this.open.keys()].some(other => folderOf(other) === folderOf(path));
	}
}
