import type { Span } from '../base/span';
import { attributeValue } from '../model/elements';
import { folderOf, joinPath } from '../model/paths';
import { attribute, type XmlElement } from '../xml/syntax';
import type { ParsedFile } from './documents';

/** A path that stands in a definition; whether anything is there only a disk can say. */
export interface PathLink {
	readonly span: Span;
	readonly kind: 'file' | 'folder';
	/** Absolute paths, the likeliest first: the first one that exists is meant. */
	readonly candidates: readonly string[];
}

/**
 * The folders of sites and contents, which count from the definition (csdef.md 10 and 11), and the programs and scripts
 * of startup tasks and entry points, which count from approot and are looked for where a role's sources may be.
 * `projects` are the project files of the roles, absolute, as far as a `.ccproj` names them.
 */
export function pathLinks(
	file: ParsedFile,
	projects: readonly { readonly name: string; readonly project: string }[] = [],
): readonly PathLink[] {
	const { path, document, format } = file;
	const hasFolder = !/^[a-z][\w+.-]+:/i.test(path);
	return format !== 'csdef' || !hasFolder
		? []
		: (document.root?.children ?? []).flatMap(role => {
				const name = attributeValue(role, 'name') ?? '';
				const known = projects.filter(each => each.name === name).map(({ project }) => folderOf(project));
				return linksIn(role, path, [...known, ...usualFolders(path, name)]);
			});
}

/** Beside the definition or beside its folder, as Visual Studio lays a solution out. A name is no way out of there. */
function usualFolders(path: string, role: string): readonly string[] {
	return role === '' || /[\\/:]|^\.+$/.test(role)
		? []
		: [`../${role}`, role, `${role}Content`].map(folder => joinPath(path, folder));
}

function linksIn(element: XmlElement, path: string, folders: readonly string[]): readonly PathLink[] {
	const own = linksOf(element, path, folders);
	const inner = element.children.flatMap(child => linksIn(child, path, folders));
	return [...own, ...inner].filter(({ candidates }) => candidates.length > 0);
}

function linksOf(element: XmlElement, path: string, folders: readonly string[]): readonly PathLink[] {
	switch (element.localName) {
		case 'Site':
		case 'VirtualApplication':
		case 'VirtualDirectory':
			return folderLink(element, 'physicalDirectory', path);
		case 'SourceDirectory':
			return folderLink(element, 'path', path);
		case 'Task':
		case 'ProgramEntryPoint':
			return programLinks(element, folders);
		case 'NetFxEntryPoint':
			return assemblyLink(element, folders);
		default:
			return [];
	}
}

function folderLink(element: XmlElement, name: string, path: string): readonly PathLink[] {
	const found = attribute(element, name);
	const raw = found?.rawValue;
	return found && raw && isPlainPath(found.value)
		? [{ span: { start: raw.start, end: raw.end }, kind: 'folder', candidates: [joinPath(path, found.value)] }]
		: [];
}

const program = /[^\s"'&;<>|=()]+\.(?:cmd|bat|exe|ps1|psm1|js|py|rb|sh|vbs|msi|reg)(?![\w.])/gi;
const approot = /^%ROLEROOT%[\\/]+Approot[\\/]+(?:bin[\\/]+)?/i;

/** Files in the line of a command: a program, a script, an argument that is one. */
function programLinks(element: XmlElement, folders: readonly string[]): readonly PathLink[] {
	const raw = attribute(element, 'commandLine')?.rawValue;
	return [...(raw?.text.matchAll(program) ?? [])].flatMap(match => {
		const start = (raw?.start ?? 0) + match.index;
		const relative = match[0].replace(approot, '');
		const candidates =
			isPlainPath(relative) && !isAbsolute(relative) ? below(folders, [relative, `bin/${relative}`]) : [];
		return [{ span: { start, end: start + match[0].length }, kind: 'file' as const, candidates }];
	});
}

/** The project that makes the assembly, which a person wants to see rather than what was built from it. */
function assemblyLink(element: XmlElement, folders: readonly string[]): readonly PathLink[] {
	const found = attribute(element, 'assemblyName');
	const raw = found?.rawValue;
	const name = found?.value.replace(/\.(?:dll|exe)$/i, '') ?? '';
	if (!raw || !isPlainPath(name) || /[\\/]/.test(name)) {
		return [];
	}
	const files = ['csproj', 'vbproj', 'fsproj'].map(extension => `${name}.${extension}`);
	return [{ span: { start: raw.start, end: raw.end }, kind: 'file', candidates: below(folders, files) }];
}

function below(folders: readonly string[], files: readonly string[]): readonly string[] {
	return folders.flatMap(folder => files.map(file => joinPath(`${folder}/`, file)));
}

/** No property of a build, no variable, and no other machine: asking that one already tells it who asks. */
function isPlainPath(path: string): boolean {
	return path !== '' && !/[$%*?<>|"\0]/.test(path) && !/^[\\/]{2}/.test(path);
}

function isAbsolute(path: string): boolean {
	return /^([\\/]|[A-Za-z]:)/.test(path);
}
