import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { packagesFolder, type ReferenceOptions, restoreOwnProject } from './dotnetReferences';

/** The folder that stands for a project's missing `packages` folder; neither where the project needs none. */
export type Packages = { readonly folder?: string } | { readonly text: string };

interface Package {
	readonly id: string;
	readonly version: string;
}

/**
 * What `nuget restore` does for a project with `packages.config`, without writing into the user's tree: the packages come
 * into the user's package folder, and a folder of links in the cache has them by the names that hint paths use
 * (running-dotnet-roles.md 1.5).
 */
export async function packagesOf(project: string, text: string, options: ReferenceOptions): Promise<Packages> {
	const folder = path.dirname(project);
	const list = await readFile(path.join(folder, 'packages.config'), 'utf8').catch(() => '');
	const wanted = packagesIn(list);
	if (wanted.length === 0 || !missesHintPath(folder, text)) {
		return {};
	}
	const missing = wanted.filter(each => !existsSync(placeOf(each)));
	const key = createHash('sha256').update(list).digest('hex').slice(0, 16);
	const failure =
		missing.length > 0 ? await restoreOwnProject(`packages-${key}`, downloads(missing), options) : undefined;
	const absent = wanted.find(each => !existsSync(placeOf(each)));
	if (absent) {
		return { text: couldNotFetch(path.basename(project), absent, failure?.text ?? '') };
	}
	const links = path.join(options.cache, 'packages', key);
	await mkdir(links, { recursive: true });
	for (const each of wanted) {
		const link = path.join(links, `${each.id}.${each.version}`);
		await rm(link, { recursive: true, force: true });
		await symlink(placeOf(each), link, 'junction');
	}
	return { folder: links };
}

/** Names become paths, so only what can be a package's name and version is taken. */
export function packagesIn(list: string): readonly Package[] {
	return [...list.matchAll(/<package\b([^>]*)>/g)].flatMap(([, attributes = '']) => {
		const id = /\bid\s*=\s*["']([\w.-]+)["']/.exec(attributes)?.[1];
		const version = /\bversion\s*=\s*["'](\d[\w.+-]*)["']/.exec(attributes)?.[1];
		return id && version ? [{ id, version }] : [];
	});
}

/** A project whose packages were restored beside it needs no help. */
function missesHintPath(folder: string, text: string): boolean {
	return [...text.matchAll(/<HintPath>([^<]*[\\/]packages[\\/][^<]*)<\/HintPath>/g)].some(
		([, hint = '']) => !existsSync(path.resolve(folder, hint.trim().replaceAll('\\', '/'))),
	);
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

function couldNotFetch(project: string, absent: Package, output: string): string {
	const why = /error (NU\d+: [^\r\n]*?)(?: \[|\r?\n|$)/.exec(output)?.[1] ?? 'nothing was said about why';
	return `The package ${absent.id} ${absent.version} of ${project} could not be fetched (${why}): connect to the network once, or restore the packages of the project yourself.`;
}
