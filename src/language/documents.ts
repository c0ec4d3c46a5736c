import { type CloudProject, readCloudProject } from '../model/cloudProject';
import type { Configuration } from '../model/configuration';
import type { Definition } from '../model/definition';
import { withModules } from '../model/describedModules';
import type { KnownModule } from '../model/modules';
import { pairServices, type ServiceFiles } from '../model/pairing';
import { readConfiguration } from '../model/readConfiguration';
import { readDefinition } from '../model/readDefinition';
import { readModule } from '../model/readModule';
import type { Service } from '../model/service';
import { type Format, formatOf } from '../schema/catalog';
import { parse } from '../xml/parser';
import { reparse } from '../xml/reparse';
import type { XmlDocument } from '../xml/syntax';
import { isTransform } from '../xml/transform';

/** A text of one of the two formats with its tree: what every feature is asked about. */
export interface ParsedFile {
	readonly path: string;
	readonly format: Format;
	readonly document: XmlDocument;
}

export function parseFile(path: string, format: Format, text: string): ParsedFile {
	return { path, format, document: parse(text) };
}

/** A service of files that were parsed already. A transform of a configuration is no configuration, and left out. */
export function serviceOf(files: readonly ParsedFile[], modules: readonly KnownModule[] = []): Service {
	const definition = files.find(file => file.format === 'csdef');
	const configurations = files.filter(file => file.format === 'cscfg' && !isTransform(file.document));
	const model = definition && modelOf(definition, definitionModels, readDefinition);
	return {
		definition: model && withModules(model, modules),
		configurations: configurations.map(file => modelOf(file, configurationModels, readConfiguration)),
		...(modules.length > 0 && { modules }),
	};
}

/**
 * All files that are known, open or not: each text is parsed once, each service put together once until a file changes. A
 * file and a service are good until the next text of their path: what did not change moves over to the new ones.
 */
export class Documents {
	private readonly files = new Map<string, ParsedFile>();
	private readonly projects = new Map<string, { readonly text: string; readonly project: CloudProject }>();
	/** What `.csplugin` files describe, for all services. */
	private readonly modules = new Map<string, { readonly text: string; readonly module: KnownModule | undefined }>();
	private paired: readonly ServiceFiles[] | undefined;
	private services = new Map<ServiceFiles, Service>();

	/** Takes the present text of a `.csdef`, `.cscfg`, `.ccproj` or `.csplugin`; other files are none of ours. True where something changed. */
	set(path: string, text: string): boolean {
		const format = formatOf(path);
		if (format) {
			return this.setFile(path, format, text);
		}
		if (/\.csplugin$/i.test(path)) {
			return this.setModule(path, text);
		}
		if (!/\.ccproj$/i.test(path) || this.projects.get(path)?.text === text) {
			return false;
		}
		this.projects.set(path, { text, project: readCloudProject(path, text) });
		this.forgetPairs();
		return true;
	}

	remove(path: string): boolean {
		const known = this.files.delete(path) || this.projects.delete(path) || this.modules.delete(path);
		if (known) {
			this.forgetPairs();
		}
		return known;
	}

	file(path: string): ParsedFile | undefined {
		return this.files.get(path);
	}

	/** How the known files form services. */
	pairs(): readonly ServiceFiles[] {
		const projects = [...this.projects.values()].map(({ project }) => project);
		this.paired ??= pairServices([...this.files.keys()], projects);
		return this.paired;
	}

	/** The service that a file belongs to; an unknown file has an empty one. */
	serviceOf(path: string): Service {
		const pair = this.pairs().find(files => pathsOf(files).includes(path));
		return pair ? this.service(pair) : { definition: undefined, configurations: [] };
	}

	service(pair: ServiceFiles): Service {
		const known = this.services.get(pair);
		if (known) {
			return known;
		}
		const service = serviceOf(
			pathsOf(pair).flatMap(path => this.files.get(path) ?? []),
			[...this.modules.values()].flatMap(({ module }) => module ?? []),
		);
		this.services.set(pair, service);
		return service;
	}

	private setFile(path: string, format: Format, text: string): boolean {
		const known = this.files.get(path);
		if (known?.document.text === text) {
			return false;
		}
		const document = known ? reparse(known.document, text) : parse(text);
		this.files.set(path, { path, format, document });
		if (!known) {
			this.forgetPairs();
			return true;
		}
		for (const pair of this.services.keys()) {
			if (pathsOf(pair).includes(path)) {
				this.services.delete(pair);
			}
		}
		return true;
	}

	private setModule(path: string, text: string): boolean {
		if (this.modules.get(path)?.text === text) {
			return false;
		}
		this.modules.set(path, { text, module: readModule(path, parse(text)) });
		this.services = new Map();
		return true;
	}

	private forgetPairs(): void {
		this.paired = undefined;
		this.services = new Map();
	}
}

export function pathsOf({ definition, configurations }: ServiceFiles): readonly string[] {
	return [...(definition === undefined ? [] : [definition]), ...configurations];
}

const definitionModels = new WeakMap<XmlDocument, Definition>();
const configurationModels = new WeakMap<XmlDocument, Configuration>();

/** The model of a tree is read once, however often its neighbours change. */
function modelOf<T extends { readonly path: string }>(
	{ path, document }: ParsedFile,
	models: WeakMap<XmlDocument, T>,
	read: (path: string, document: XmlDocument) => T,
): T {
	const known = models.get(document);
	const model = known?.path === path ? known : read(path, document);
	models.set(document, model);
	return model;
}
