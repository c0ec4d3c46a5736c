import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { packagesFolder, type ReferenceOptions, restoreOwnProject } from './dotnetReferences';
import type { ProjectSources } from './dotnetSources';

export interface Packages {
	/** The folder that stands for the missing `packages` folder; absent where the project needs none. */
	readonly folder?: string;
	/** What could not be had, and what to do; a build may do without it. */
	readonly lack?: string;
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
	const absent = missing.filter(each => !existsSync(placeOf(each)));
	const folder = path.join(options.cache, 'packages', key);
	await linkPackages(
		folder,
		wanted.filter(each => !absent.includes(each)),
	);
	return { folder, ...(absent.length > 0 && { lack: couldNotFetch(absent, said) }) };
}

/** Names become paths, so only what can be a package's name and version is taken. */
export function packagesIn(list: string): readonly Package[] {
	return [...list.matchAll(/<package\b([^>]*)>/g)].flatMap(([, attributes = '']) => {
		const id = /\bid\s*=\s*["']([\w.-]+)["']/.exec(attributes)?.[1];
		const version = /\bversion\s*=\s*["'](\d[\w.+-]*)["']/.exec(attributes)?.[1];
		return id && version ? [{ id, version }] : [];
	});
}

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
	return [...text.matchAll(/<HintPath>([^<]*[\\/]packages[\\/][^<]*)<\/HintPath>/g)].some(
		([, hint = '']) => !existsSync(path.resolve(folder, hint.trim().replaceAll('\\', '/'))),
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

function couldNotFetch(absent: readonly Package[], output: string): string {
	const names = absent.map(each => `${each.id} ${each.version}`).join(', ');
	const one = absent.length === 1;
	const subject = `The ${one ? 'package' : 'packages'} ${names} of packages.config`;
	if (/error NU110[12]/.test(output)) {
		return `${subject} ${one ? 'is' : 'are'} not in the configured package feeds: add a feed that has ${one ? 'it' : 'them'} to nuget.config, or restore the packages of the solution yourself.`;
	}
	const why = /error (NU\d+: [^\r\n]*?)(?: \[|\r?\n|$)/.exec(output)?.[1] ?? 'nothing was said about why';
	return `${subject} could not be fetched (${why}): connect to the network once, or restore the packages of the solution yourself.`;
}

function count(packages: number): string {
	return packages === 1 ? 'one package' : `${packages} packages`;
}
