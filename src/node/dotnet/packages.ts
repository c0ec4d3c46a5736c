import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { packagesFolder, type ReferenceOptions, restoreOwnProject } from './references';
import type { ProjectSources } from './sources';

export interface Packages {
	/** The folder that stands for the missing `packages` folder; absent where the project needs none. */
	readonly folder?: string;
	/** What could not be had; a build may do without it. */
	readonly lack?: PackageLack;
}

export interface PackageLack {
	/** Half a sentence: which packages are not here, and why. */
	readonly what: string;
	/** The other half: what to do. */
	readonly remedy: string;
}

interface Package {
	readonly id: string;
	readonly version: string;
}

/**
 * What `nuget restore` does for projects with `packages.config`, without writing into the user's tree: the packages come
 * into the user's package folder, and a folder of links in the cache has them by the names that hint paths use
 * (running-dotnet-roles.md 1.5). The projects that the role's project refers to have packages too.
 */
export async function packagesOf(
	project: string,
	sources: ProjectSources,
	options: ReferenceOptions,
	progress: (text: string) => void,
): Promise<Packages> {
	const wanted = await packagesWanted(sources);
	if (wanted.length === 0) {
		return {};
	}
	const key = createHash('sha256').update(JSON.stringify(wanted)).digest('hex').slice(0, 16);
	const missing = wanted.filter(each => !existsSync(placeOf(each)));
	if (missing.length > 0) {
		progress(`Fetching ${count(missing.length)} of ${path.basename(project)}`);
	}
	const said = await fetchPackages(`packages-${key}`, missing, options);
	const absent = referredFirst(
		missing.filter(each => !existsSync(placeOf(each))),
		sources,
	);
	const folder = path.join(options.cache, 'packages', key);
	await linkPackages(
		folder,
		wanted.filter(each => !absent.includes(each)),
	);
	if (absent.length === 0) {
		return { folder };
	}
	if (absent.length > atMostNamed) {
		progress(`Not to be had: ${absent.map(nameOf).join(', ')}`);
	}
	return { folder, lack: couldNotFetch(absent, said, restoredFolder(sources)) };
}

/** Names become paths, so only what can be a package's name and version is taken. */
export function packagesIn(list: string): readonly Package[] {
	return [...list.matchAll(/<package\b([^>]*)>/g)].flatMap(([, attributes = '']) => {
		const id = /\bid\s*=\s*["']([\w.-]+)["']/.exec(attributes)?.[1];
		const version = /\bversion\s*=\s*["'](\d[\w.+-]*)["']/.exec(attributes)?.[1];
		return id && version ? [{ id, version }] : [];
	});
}

/**
 * The packages whose build files a project imports and does not find, as their folders are named. The compilers of their day,
 * which two of them bring, and the check of a third are not missed.
 */
export function importsMissed({ texts }: ProjectSources): readonly string[] {
	const missed = [...texts].flatMap(([file, text]) =>
		[...text.matchAll(/<Import\b[^>]*\sProject\s*=\s*"([^"$]*\bpackages[\\/]([^\\/"]+)[\\/][^"]*)"/g)].flatMap(
			([, import_ = '', name = '']) =>
				existsSync(path.resolve(path.dirname(file), import_.replaceAll('\\', '/'))) ? [] : [name],
		),
	);
	return [...new Set(missed)].filter(name => !notMissed.test(name));
}

const notMissed = /^Microsoft\.(Net\.Compilers|CodeDom\.Providers\.DotNetCompilerPlatform|Bcl\.Build)\.\d/i;

/** The packages of those projects whose packages were not restored beside them, each once. */
async function packagesWanted({ texts }: ProjectSources): Promise<readonly Package[]> {
	const lists = [...texts].map(async ([file, text]) => {
		const folder = path.dirname(file);
		const list = missesHintPath(folder, text) ? path.join(folder, 'packages.config') : undefined;
		return list === undefined ? [] : packagesIn(await readFile(list, 'utf8').catch(() => ''));
	});
	const all = (await Promise.all(lists)).flat();
	return [...new Map(all.map(each => [`${each.id}.${each.version}`.toLowerCase(), each])).values()];
}

/** A project whose packages were restored beside it needs no help. */
function missesHintPath(folder: string, text: string): boolean {
	return hintPaths(folder, text).some(hint => !existsSync(hint));
}

/** A sentence names the first ones: those that a compiler misses, and not the scripts and styles of a site. */
function referredFirst(packages: readonly Package[], sources: ProjectSources): readonly Package[] {
	const hints = hintsOf(sources).map(hint => hint.toLowerCase());
	const isReferred = ({ id, version }: Package): boolean => {
		const folder = `${path.sep}${id}.${version}${path.sep}`.toLowerCase();
		return hints.some(hint => hint.includes(folder));
	};
	return [...packages.filter(isReferred), ...packages.filter(each => !isReferred(each))];
}

/** Where a restore of the solution would put the packages. */
function restoredFolder(sources: ProjectSources): string | undefined {
	return hintsOf(sources)
		.find(hint => !existsSync(hint))
		?.replace(/([\\/]packages)[\\/].*$/, '$1');
}

function hintsOf({ texts }: ProjectSources): readonly string[] {
	return [...texts].flatMap(([file, text]) => hintPaths(path.dirname(file), text));
}

function hintPaths(folder: string, text: string): readonly string[] {
	return [...text.matchAll(/<HintPath>([^<]*[\\/]packages[\\/][^<]*)<\/HintPath>/g)].map(([, hint = '']) =>
		path.resolve(folder, hint.trim().replaceAll('\\', '/')),
	);
}

/** One package that no feed has fails the restore of all; the others are asked for once more. Gives what was said. */
async function fetchPackages(name: string, missing: readonly Package[], options: ReferenceOptions): Promise<string> {
	if (missing.length === 0) {
		return '';
	}
	const { text = '' } = await restoreOwnProject(name, downloads(missing), options);
	const refused = new Set(
		[...text.matchAll(/error NU110[12]:.*?package ([\w.-]+?)(?:\.? |\.$)/gm)].map(([, id]) => id),
	);
	const others = missing.filter(each => !refused.has(each.id));
	if (refused.size > 0 && others.length > 0) {
		await restoreOwnProject(name, downloads(others), options);
	}
	return text;
}

async function linkPackages(folder: string, packages: readonly Package[]): Promise<void> {
	await mkdir(folder, { recursive: true });
	for (const each of packages) {
		const link = path.join(folder, `${each.id}.${each.version}`);
		await rm(link, { recursive: true, force: true });
		await symlink(placeOf(each), link, 'junction');
	}
}

function placeOf({ id, version }: Package): string {
	return path.join(packagesFolder(), id.toLowerCase(), normal(version).toLowerCase());
}

/** `1.0` and `1.0.0.0` are kept as `1.0.0`. */
function normal(version: string): string {
	const [numbers = '', ...label] = version.replace(/\+.*$/, '').split('-');
	const parts = numbers.split('.').map(part => String(Number(part)));
	while (parts.length < 3) {
		parts.push('0');
	}
	const kept = parts.length === 4 && parts[3] === '0' ? parts.slice(0, 3) : parts;
	return [kept.join('.'), ...label].join('-');
}

function downloads(packages: readonly Package[]): string {
	return packages.map(each => `<PackageDownload Include="${each.id}" Version="[${each.version}]" />`).join('\n    ');
}

function couldNotFetch(absent: readonly Package[], output: string, folder: string | undefined): PackageLack {
	const [one, them] = absent.length === 1 ? ['is', 'it'] : ['are', 'them'];
	const subject = `${thePackages(absent.map(nameOf))} of packages.config`;
	const place = folder === undefined ? 'the packages folder of the solution' : folder;
	const restore = `put ${them} into ${place}, as 'nuget restore' does`;
	if (/error NU110[12]/.test(output)) {
		return {
			what: `${subject} ${one} not in the configured package feeds`,
			remedy: `add a feed that has ${them} to nuget.config, or ${restore}`,
		};
	}
	const why = /error (NU\d+: [^\r\n]*?)(?: \[|\r?\n|$)/.exec(output)?.[1] ?? 'nothing was said about why';
	return { what: `${subject} could not be fetched (${why})`, remedy: `connect to the network once, or ${restore}` };
}

/** The subject of a sentence; one with fifty names in it is not read. */
export function thePackages(names: readonly string[]): string {
	const more = names.length - atMostNamed;
	const some = names.slice(0, atMostNamed).join(', ');
	return `The ${names.length === 1 ? 'package' : 'packages'} ${some}${more > 0 ? ` and ${more} more` : ''}`;
}

const atMostNamed = 4;

function nameOf({ id, version }: Package): string {
	return `${id} ${version}`;
}

function count(packages: number): string {
	return packages === 1 ? 'one package' : `${packages} packages`;
}
