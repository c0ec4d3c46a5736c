import type { CloudProject } from './cloudProject';
import { comparable, fileOf, folderOf } from './paths';

/** The files that form one service, as paths. Either side may be missing. */
export interface ServiceFiles {
	readonly definition: string | undefined;
	readonly configurations: readonly string[];
	/** The `.ccproj` that names them, where there is one. */
	readonly project: CloudProject | undefined;
}

/**
 * Sorts files into services (interfaces.md 1.1). A configuration belongs to the definition that a project names together
 * with it, else to one in its folder, else to one in the nearest folder above. Among several definitions of a folder it
 * is the one of the same variant (`ServiceDefinition.ILB.csdef` and `ServiceConfiguration.Publish.Ilb.cscfg`), else the
 * plain one; what a build generated (`*.build.csdef`) never takes a configuration from its source.
 */
export function pairServices(
	paths: readonly string[],
	projects: readonly CloudProject[] = [],
): readonly ServiceFiles[] {
	const definitions = paths.filter(path => /\.csdef$/i.test(path));
	const configurations = paths.filter(path => /\.cscfg$/i.test(path));
	const folders = groupBy(definitions, folderOf);
	const takenBy = new Map<string | undefined, string[]>();
	const alone: string[] = [];
	for (const configuration of configurations) {
		const definition =
			namedTogether(configuration, definitions, projects) ?? nearest(configuration, folders, folderOf(configuration));
		if (definition) {
			takenBy.set(definition, [...(takenBy.get(definition) ?? []), configuration]);
		} else {
			alone.push(configuration);
		}
	}
	return [
		...definitions.map(definition => ({
			definition,
			configurations: takenBy.get(definition) ?? [],
			project: projects.find(project => names(project.definitions, definition)),
		})),
		...[...groupBy(alone, folderOf).values()].map(group => ({
			definition: undefined,
			configurations: group,
			project: projects.find(project => group.some(path => names(project.configurations, path))),
		})),
	];
}

function namedTogether(
	configuration: string,
	definitions: readonly string[],
	projects: readonly CloudProject[],
): string | undefined {
	const project = projects.find(({ configurations }) => names(configurations, configuration));
	const named = definitions.filter(definition => project && names(project.definitions, definition));
	return named.length > 0 ? choose(configuration, named) : undefined;
}

function nearest(
	configuration: string,
	folders: ReadonlyMap<string, readonly string[]>,
	folder: string,
): string | undefined {
	const here = folders.get(folder);
	if (here) {
		return choose(configuration, here);
	}
	const above = folderOf(folder);
	return above === folder ? undefined : nearest(configuration, folders, above);
}

function choose(configuration: string, definitions: readonly string[]): string | undefined {
	const written = definitions.filter(path => !/\.build\.csdef$/i.test(path));
	const candidates = written.length > 0 ? written : definitions;
	const words = new Set(fileOf(configuration).toLowerCase().split('.'));
	return (
		candidates.find(path => words.has(variantOf(path))) ??
		candidates.find(path => words.has(stemOf(path))) ??
		plainest(candidates)
	);
}

/** `nugetgallery` of `NuGetGallery.csdef`. */
function stemOf(path: string): string {
	return fileOf(path).toLowerCase().split('.')[0] ?? '';
}

/** `ilb` of `ServiceDefinition.ILB.csdef`, empty for `ServiceDefinition.csdef`. */
function variantOf(path: string): string {
	return fileOf(path).toLowerCase().split('.').slice(1, -1).join('.');
}

function plainest(paths: readonly string[]): string | undefined {
	const usual = paths.find(path => fileOf(path).toLowerCase() === 'servicedefinition.csdef');
	return usual ?? [...paths].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0];
}

function names(paths: readonly string[], path: string): boolean {
	return paths.some(other => comparable(other) === comparable(path));
}

function groupBy(paths: readonly string[], key: (path: string) => string): Map<string, string[]> {
	const groups = new Map<string, string[]>();
	for (const path of paths) {
		groups.set(key(path), [...(groups.get(key(path)) ?? []), path]);
	}
	return groups;
}
