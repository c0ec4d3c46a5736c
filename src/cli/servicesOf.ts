import path from 'node:path';
import { Failure } from '../base/failure';
import { type ParsedFile, parseFile, serviceOf } from '../language/documents';
import { type CloudProject, readCloudProject } from '../model/cloudProject';
import type { KnownModule } from '../model/modules';
import { pairServices } from '../model/pairing';
import { folderOf } from '../model/paths';
import { readModule } from '../model/readModule';
import type { Service } from '../model/service';
import { filesBelow, filesIn, findOnDisk, readText } from '../node/serviceFiles';
import { formatOf } from '../schema/catalog';
import { parse } from '../xml/parser';
import { pathsOf } from './wildcards';

/** A service with those of its files that were asked about, each with its path as it was given or found. */
export interface AskedService {
	readonly service: Service;
	readonly files: readonly { readonly file: ParsedFile; readonly shown: string }[];
}

/** The services that the files of these paths belong to (interfaces.md 1.1). Throws a `Failure`. */
export function servicesOf(paths: readonly string[], cwd: string): readonly AskedService[] {
	const words = paths.flatMap(word => pathsOf(word, cwd));
	const asked = new Map(words.flatMap(given => askedFiles(given, cwd)));
	const context = contextOf([...asked.keys()]);
	const parsed = new Map<string, ParsedFile>();
	for (const file of [...asked.keys(), ...context.definitions]) {
		parsed.set(file, parseFile(file, formatOf(file) ?? 'cscfg', readText(file)));
	}
	const modules = modulesBelow([...parsed.keys()].filter(file => formatOf(file) === 'csdef').map(folderOf));
	const named = [...asked].filter(([file, shown]) => words.includes(shown) && formatOf(file) === 'csdef');
	return pairs([...asked.keys()], named.length === 1 ? named[0]?.[0] : undefined, context).flatMap(members => {
		const files = members.flatMap(member => parsed.get(member) ?? []);
		const shown = files.flatMap(file => {
			const name = asked.get(file.path);
			return name === undefined ? [] : [{ file, shown: name }];
		});
		return shown.length === 0 ? [] : [{ service: serviceOf(files, modules), files: shown }];
	});
}

/** The modules that `.csplugin` files below these folders describe (csdef.md 13). */
function modulesBelow(folders: readonly string[]): readonly KnownModule[] {
	const files = new Set([...new Set(folders)].flatMap(folder => filesBelow(folder, /\.csplugin$/i)));
	return [...files].flatMap(file => readModule(file, parse(readText(file))) ?? []);
}

/** The files that one path means, by their absolute paths. */
function askedFiles(given: string, cwd: string): readonly (readonly [absolute: string, shown: string])[] {
	const absolute = path.resolve(cwd, given);
	const found = findOnDisk(absolute);
	if (!found) {
		throw new Failure(`There is no file or folder '${given}'.`);
	}
	if (found.kind === 'folder') {
		const files = filesBelow(absolute, /\.(csdef|cscfg)$/i);
		if (files.length === 0) {
			throw new Failure(`There is no .csdef or .cscfg below '${given}'.`);
		}
		return files.map(file => [file, path.join(given, path.relative(absolute, file))] as const);
	}
	if (!formatOf(absolute)) {
		throw new Failure(`'${given}' is neither a service definition (.csdef) nor a service configuration (.cscfg).`);
	}
	return [[absolute, given]];
}

interface Context {
	/** Definitions that were not asked about, but that a configuration belongs to. */
	readonly definitions: readonly string[];
	readonly projects: readonly CloudProject[];
}

/** Looks in the folders of the configurations and above them for what they may belong to. */
function contextOf(asked: readonly string[]): Context {
	const definitions = new Set<string>();
	const projects = new Map<string, CloudProject>();
	const seen = new Set<string>();
	for (const configuration of asked.filter(file => formatOf(file) === 'cscfg')) {
		for (let folder = path.dirname(configuration); !seen.has(folder); folder = path.dirname(folder)) {
			seen.add(folder);
			for (const file of filesIn(folder)) {
				if (formatOf(file) === 'csdef') {
					definitions.add(file);
				} else if (/\.ccproj$/i.test(file)) {
					projects.set(file, readCloudProject(file, readText(file)));
				}
			}
		}
	}
	for (const file of [...projects.values()].flatMap(project => project.definitions)) {
		const found = formatOf(file) === 'csdef' ? findOnDisk(file) : undefined;
		if (found?.kind === 'file') {
			definitions.add(found.path);
		}
	}
	const known = new Set(asked);
	return { definitions: [...definitions].filter(file => !known.has(file)), projects: [...projects.values()] };
}

/**
 * The files of each service. What was given together belongs together before anything that merely lies near; `named` is
 * the one definition that was given by its name.
 */
function pairs(
	asked: readonly string[],
	named: string | undefined,
	{ definitions, projects }: Context,
): readonly (readonly string[])[] {
	const together = pairServices(asked, projects);
	const result: string[][] = [];
	for (const { definition, configurations } of together) {
		if (definition !== undefined) {
			result.push([definition, ...configurations]);
		} else if (named !== undefined) {
			result.push([named, ...configurations]);
		} else {
			const near = pairServices([...definitions, ...configurations], projects);
			result.push(
				...near.map(pair => [...(pair.definition === undefined ? [] : [pair.definition]), ...pair.configurations]),
			);
		}
	}
	return merged(result);
}

/** Lists that begin with the same definition are one service; its definition is judged once, with all configurations. */
function merged(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
	const byFirst = new Map<string, Set<string>>();
	for (const list of lists) {
		const first = list[0] ?? '';
		const key = formatOf(first) === 'csdef' ? first : `${folderOf(first)}/*`;
		byFirst.set(key, new Set([...(byFirst.get(key) ?? []), ...list]));
	}
	return [...byFirst.values()].map(files => [...files]);
}
