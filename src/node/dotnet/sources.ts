import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { findOnDisk } from '../serviceFiles';

/** What the output of a project is made from. */
export interface ProjectSources {
	/** The text of the project file. */
	readonly text: string;
	/** The text of the project and of every project that it refers to, by path: what a build reads on its own account. */
	readonly texts: ReadonlyMap<string, string>;
	/** Project files: of the project itself, of those it refers to, and the files that MSBuild imports by their place. */
	readonly projects: readonly SourceFile[];
	/** All of the above, and every file of their folders that a build may read. */
	readonly all: readonly SourceFile[];
}

export interface SourceFile {
	readonly path: string;
	/** Milliseconds since 1970. */
	readonly changed: number;
}

/**
 * Finds the sources of a project without asking MSBuild, which takes a quarter of a second: its folder, the folders of the
 * projects that it refers to, and files that it names elsewhere. Rather too many files than too few.
 */
export async function sourcesOf(project: string): Promise<ProjectSources> {
	const projects = new Map<string, string>();
	const linked = new Set<string>();
	await followProject(project, projects, linked);
	const folders = new Set([...projects.keys()].map(file => path.dirname(file)));
	const files = (await Promise.all([...folders].map(sourceFiles))).flat();
	const projectFiles = await existing([...projects.keys(), ...[...folders].flatMap(importedByPlace)]);
	const all = await existing([...new Set([...projectFiles.map(file => file.path), ...files, ...linked])]);
	return { text: projects.get(project) ?? '', texts: projects, projects: projectFiles, all };
}

/** Changes with every file that comes, goes or is written. */
export function fingerprintOf(files: readonly SourceFile[]): string {
	const hash = createHash('sha256');
	for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
		hash.update(`${file.path}\n${file.changed}\n`);
	}
	return hash.digest('hex');
}

export function newestOf(files: readonly SourceFile[]): number {
	return Math.max(0, ...files.map(file => file.changed));
}

async function followProject(file: string, projects: Map<string, string>, linked: Set<string>): Promise<void> {
	if (projects.has(file)) {
		return;
	}
	const text = await readFile(file, 'utf8').catch(() => undefined);
	if (text === undefined) {
		return;
	}
	projects.set(file, text);
	for (const [, item, include] of text.matchAll(namedFile)) {
		const named = path.resolve(path.dirname(file), (include ?? '').replaceAll('\\', '/'));
		if (item === 'ProjectReference') {
			await followProject(findOnDisk(named)?.path ?? named, projects, linked);
		} else if (!/[*?$@%]/.test(include ?? '')) {
			linked.add(named);
		}
	}
}

/** Items that stand for files; half-typed project files simply match less. */
const namedFile =
	/<(ProjectReference|Compile|Content|None|EmbeddedResource|Import)\b[^>]*?\s(?:Include|Project)\s*=\s*"([^"]+)"/g;

async function sourceFiles(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
	const found = entries.map(async entry => {
		const place = path.join(folder, entry.name);
		if (entry.isDirectory()) {
			return notSources.has(entry.name.toLowerCase()) || entry.name.startsWith('.') ? [] : sourceFiles(place);
		}
		return entry.isFile() && !/\.(user|suo|md|binlog)$/i.test(entry.name) ? [place] : [];
	});
	return (await Promise.all(found)).flat();
}

const notSources = new Set(['bin', 'obj', 'node_modules', 'packages', 'testresults']);

/** Files that MSBuild and NuGet look for from the project's folder upwards. */
function importedByPlace(folder: string): string[] {
	const names = ['Directory.Build.props', 'Directory.Build.targets', 'Directory.Packages.props', 'global.json'];
	const found = [...names, 'nuget.config', 'NuGet.Config', 'packages.config'].map(name => path.join(folder, name));
	const parent = path.dirname(folder);
	return parent === folder ? found : [...found, ...importedByPlace(parent)];
}

async function existing(files: readonly string[]): Promise<SourceFile[]> {
	const found = [...new Set(files)].map(async file => {
		const info = await stat(file).catch(() => undefined);
		return info?.isFile() ? [{ path: file, changed: info.mtimeMs }] : [];
	});
	return (await Promise.all(found)).flat();
}
