import path from 'node:path';
import { Failure } from '../base/failure';
import { type CloudProject, readCloudProject } from '../model/cloudProject';
import type { Configuration } from '../model/configuration';
import type { Definition } from '../model/definition';
import { pairServices } from '../model/pairing';
import { readConfiguration } from '../model/readConfiguration';
import { readDefinition } from '../model/readDefinition';
import { filesBelow, filesIn, findOnDisk, readText } from '../node/serviceFiles';
import { parse } from '../xml/parser';
import { isTransform } from '../xml/transform';
import { emptyRolewrightFile, type RolewrightFile, readRolewrightFile } from './rolewrightFile';
import { type Secrets, secretsIn, withSecrets } from './secretsFile';

/** A service as it is on disk, read once. */
export interface OpenedService {
	readonly definition: Definition;
	readonly configurations: readonly Configuration[];
	readonly cloudProject: CloudProject | undefined;
	readonly rolewright: RolewrightFile;
	/** What is laid over the configurations, which have these values already. */
	readonly secrets: Secrets;
}

/** PATH of interfaces.md 1.2: a folder with one definition, a `.csdef` or a `.ccproj`. Throws a `Failure`. */
export function openService(from: string): OpenedService {
	const found = findOnDisk(path.resolve(from));
	if (!found) {
		throw new Failure(
			`There is no file or folder '${from}': name a folder with a service definition, a .csdef or a .ccproj.`,
		);
	}
	const definition = found.kind === 'folder' ? definitionBelow(found.path) : definitionOf(found.path);
	const folder = path.dirname(definition);
	const projects = filesIn(folder)
		.concat(found.path)
		.filter((file, index, all) => isCloudProject(file) && all.indexOf(file) === index)
		.map(file => readCloudProject(file, readText(file)));
	const project = projects.find(one => one.path === found.path) ?? projects[0];
	const rolewright = rolewrightFileIn(folder);
	const secrets = secretsIn(folder, rolewright.secrets);
	return {
		definition: readDefinition(definition, parse(readText(definition))),
		configurations: configurationsOf(definition, project).map(each => withSecrets(each, secrets)),
		cloudProject: project,
		rolewright,
		secrets,
	};
}

/** `Local` and a path both name a configuration; unasked it is the preferred one, else the only one. Throws a `Failure`. */
export function chooseConfiguration(service: OpenedService, asked?: string, preferred = 'Local'): Configuration {
	const { configurations } = service;
	const names = configurations.map(one => path.basename(one.path)).join(', ');
	if (configurations.length === 0 && asked === undefined) {
		const file = path.join(path.dirname(service.definition.path), 'ServiceConfiguration.Local.cscfg');
		throw new Failure(`The service has no configuration: add '${file}'.`);
	}
	const chosen = named(configurations, asked ?? preferred);
	if (chosen) {
		return chosen;
	}
	if (asked !== undefined) {
		const file = /\.cscfg$/i.test(asked) ? findOnDisk(path.resolve(asked)) : undefined;
		if (file?.kind === 'file') {
			return openConfiguration(file.path, service.secrets);
		}
		throw new Failure(`There is no configuration '${asked}': name one of ${names || 'those that you add'}, or a file.`);
	}
	const [only, ...others] = configurations;
	if (only && others.length === 0) {
		return only;
	}
	throw new Failure(`The service has no configuration '${preferred}': say with which to run it, one of ${names}.`);
}

/** With the secrets of its service laid over it. Throws a `Failure` where the file cannot be read. */
export function openConfiguration(file: string, secrets: Secrets = {}): Configuration {
	return withSecrets(readConfiguration(file, parse(readText(file))), secrets);
}

function named(configurations: readonly Configuration[], asked: string): Configuration | undefined {
	const name = asked.toLowerCase();
	return (
		configurations.find(one => path.resolve(asked) === one.path) ??
		configurations.find(one => one.name.toLowerCase() === name) ??
		configurations.find(one => path.basename(one.path).toLowerCase() === name)
	);
}

function definitionBelow(folder: string): string {
	const written = (files: readonly string[]) =>
		files.filter(file => isDefinition(file) && !/\.build\.csdef$/i.test(file));
	const here = written(filesIn(folder));
	const found = here.length > 0 ? here : written(filesBelow(folder, /\.csdef$/i));
	const [only, ...others] = found;
	if (only === undefined) {
		throw new Failure(`There is no service definition (.csdef) in '${folder}': name the folder of one.`);
	}
	if (others.length > 0) {
		const names = found.map(file => path.relative(folder, file)).join(', ');
		throw new Failure(`There are several service definitions in '${folder}': name one of ${names}.`);
	}
	return only;
}

function definitionOf(file: string): string {
	if (isDefinition(file)) {
		return file;
	}
	if (!isCloudProject(file)) {
		throw new Failure(`'${file}' is no service: name a folder with a service definition, a .csdef or a .ccproj.`);
	}
	const [said] = readCloudProject(file, readText(file)).definitions;
	if (said === undefined) {
		return definitionBelow(path.dirname(file));
	}
	const found = findOnDisk(said);
	if (found?.kind !== 'file') {
		throw new Failure(`'${file}' names the service definition '${said}', but there is no such file.`);
	}
	return found.path;
}

/** Those that belong to the definition; transforms are no configurations themselves. */
function configurationsOf(definition: string, project: CloudProject | undefined): readonly Configuration[] {
	const folder = path.dirname(definition);
	const saidByProject = (project?.configurations ?? []).flatMap(file => findOnDisk(file)?.path ?? []);
	const files = new Set([...filesBelow(folder, /\.cs(def|cfg)$/i), ...saidByProject, definition]);
	const services = pairServices([...files], project ? [project] : []);
	const paths = services.find(one => one.definition === definition)?.configurations ?? [];
	return paths.map(each => openConfiguration(each)).filter(({ document }) => !isTransform(document));
}

/** `rolewright.json` of a folder as it is now, empty where there is none. Throws a `Failure`. */
export function rolewrightFileIn(folder: string): RolewrightFile {
	const file = findOnDisk(path.join(folder, 'rolewright.json'));
	return file?.kind === 'file' ? readRolewrightFile(file.path, readText(file.path)) : emptyRolewrightFile;
}

function isDefinition(file: string): boolean {
	return /\.csdef$/i.test(file);
}

function isCloudProject(file: string): boolean {
	return /\.ccproj$/i.test(file);
}
