import * as vscode from 'vscode';
import { Documents, type ParsedFile, parseFile, pathsOf, serviceOf } from '../../language/documents';
import type { CloudProject } from '../../model/cloudProject';
import type { Definition, RoleKind } from '../../model/definition';
import { fileOf, folderOf } from '../../model/paths';
import type { Service } from '../../model/service';
import { type Coalesced, coalesce } from '../coalesce';
import { pathOf, uriOf } from './editorText';
import type { WorkspaceFiles } from './workspaceFiles';

/** A service of the workspace as it is shown and chosen. */
export interface IndexedService {
	/** The path of its definition, which is also what it is known by. */
	readonly definition: string;
	/** The name in the definition, with its folder where two services have the same one. */
	readonly name: string;
	readonly roles: readonly { readonly name: string; readonly kind: RoleKind }[];
}

/** A document of the editor as the features of the language see it, in the text that it has now. */
export interface InService {
	readonly file: ParsedFile;
	readonly service: Service;
}

/** Feeds the files of the workspace to the language's documents, and says which services there are. */
export class ServiceIndex implements vscode.Disposable {
	private readonly documents = new Documents();
	/** Paths whose text was not handed on yet: a text is parsed when it is asked for, not at every keystroke. */
	private readonly stale = new Set<string>();
	private readonly changed = new vscode.EventEmitter<void>();
	private readonly summarize: Coalesced<'services'>;
	private readonly listening: vscode.Disposable;
	private shown: readonly IndexedService[] = [];

	/** A service came or went, or its name or its roles changed; not every keystroke. */
	readonly onDidChangeServices = this.changed.event;

	constructor(private readonly files: WorkspaceFiles) {
		this.summarize = coalesce(100, () => this.compare());
		const note = (path: string) => {
			this.stale.add(path);
			this.summarize.add('services');
		};
		files.paths().forEach(note);
		this.listening = files.onDidChange(note);
	}

	dispose(): void {
		vscode.Disposable.from(this.changed, this.summarize, this.listening).dispose();
	}

	services(): readonly IndexedService[] {
		return this.shown;
	}

	/** The same, once the files that were there at the beginning have been read: nobody is told of none too soon. */
	async foundServices(): Promise<readonly IndexedService[]> {
		await this.files.searched;
		this.compare();
		return this.shown;
	}

	serviceAt(definition: string): IndexedService | undefined {
		return this.shown.find(service => service.definition === definition);
	}

	/** The service that a definition, a configuration or a project belongs to, or whose definition is in this folder. */
	serviceWith(path: string): IndexedService | undefined {
		// A command may come sooner than the summary that waits for more changes.
		this.compare();
		const pair = this.upToDate()
			.pairs()
			.find(files => pathsOf(files).includes(path) || files.project?.path === path);
		return pair?.definition === undefined
			? this.shown.find(({ definition }) => folderOf(definition) === path)
			: this.serviceAt(pair.definition);
	}

	/** The `.ccproj` of the service that a file belongs to, where there is one. */
	projectOf(path: string): CloudProject | undefined {
		return this.upToDate()
			.pairs()
			.find(files => pathsOf(files).includes(path))?.project;
	}

	modelOf(path: string): Service {
		return this.upToDate().serviceOf(path);
	}

	/** The file at a path and its service; `undefined` where it is none of ours. */
	at(path: string): InService | undefined {
		const documents = this.upToDate();
		const file = documents.file(path);
		return file && { file, service: documents.serviceOf(path) };
	}

	/** As `at`, and a text that was never saved is a service of its own. */
	of(document: vscode.TextDocument): InService {
		const known = this.at(pathOf(document.uri));
		if (known) {
			return known;
		}
		const format = document.languageId === 'csdef' ? 'csdef' : 'cscfg';
		const file = parseFile(pathOf(document.uri), format, document.getText());
		return { file, service: serviceOf([file]) };
	}

	/** The paths of all files of the service that a file belongs to, its own among them; a module or a project concerns all. */
	neighboursOf(path: string): readonly string[] {
		if (/\.(?:csplugin|ccproj)$/i.test(path)) {
			return this.files.paths();
		}
		const pair = this.upToDate()
			.pairs()
			.find(files => pathsOf(files).includes(path));
		return pair ? pathsOf(pair) : [path];
	}

	private upToDate(): Documents {
		for (const path of this.stale) {
			const text = this.files.textAt(path);
			if (text === undefined) {
				this.documents.remove(path);
			} else {
				this.documents.set(path, text);
			}
		}
		this.stale.clear();
		return this.documents;
	}

	private compare(): void {
		const services = this.summaries();
		if (JSON.stringify(services) !== JSON.stringify(this.shown)) {
			this.shown = services;
			this.changed.fire();
		}
	}

	private summaries(): readonly IndexedService[] {
		const documents = this.upToDate();
		const services = documents.pairs().flatMap(pair => {
			// A build writes a second definition beside the real one; nobody edits or starts that.
			const isGenerated = /\.build\.csdef$/i.test(pair.definition ?? '');
			const definition = isGenerated ? undefined : documents.service(pair).definition;
			return definition ? [summaryOf(definition)] : [];
		});
		return services.map(service => {
			const isAlone = services.every(other => other === service || other.name !== service.name);
			return isAlone ? service : { ...service, name: `${service.name} (${folderShown(service)})` };
		});
	}
}

/** From the folder of the workspace on, by whose name a person knows it. */
function folderShown({ definition }: IndexedService): string {
	const folder = uriOf(folderOf(definition));
	const root = vscode.workspace.getWorkspaceFolder(folder);
	return root?.uri.toString() === folder.toString() ? root.name : vscode.workspace.asRelativePath(folder);
}

function summaryOf(definition: Definition): IndexedService {
	return {
		definition: definition.path,
		name: definition.name?.text || fileOf(folderOf(definition.path)) || fileOf(definition.path),
		roles: definition.roles.flatMap(({ name, kind }) => (name?.text ? [{ name: name.text, kind }] : [])),
	};
}
