import path from 'node:path';
import type { CloudProject } from '../model/cloudProject';
import type { RoleSettings } from './roleSettings';

/** Where the code of a role comes from: a .NET project that is built, or a folder that is taken as it is. */
export type RoleCode =
	| { readonly kind: 'project'; readonly project: string }
	| { readonly kind: 'folder'; readonly folder: string };

/** What a role's code is looked for in. Paths are absolute. */
export interface CodePlaces {
	readonly definition: string;
	readonly cloudProject: CloudProject | undefined;
	/** What `rolewright.json` says of the role. */
	readonly settings: RoleSettings | undefined;
	readonly listing: Listing;
}

/** The part of a disk that the search needs, so that it can be played by a table. */
export interface Listing {
	/** The path as the disk spells it, where there is such a file or folder. */
	find(path: string): { readonly path: string; readonly kind: 'file' | 'folder' } | undefined;
	/** Absolute paths of the files in a folder; empty for none. */
	filesIn(folder: string): readonly string[];
	/** Every .NET project below a folder, as far as sources go. */
	projectsBelow(folder: string): readonly string[];
}

/** The four places of interfaces.md 1.2, in that order; a `problem` is a sentence that says what to do. */
export function findRoleCode(role: string, places: CodePlaces): RoleCode | { readonly problem: string } {
	return (
		saidByFile(role, places) ??
		saidByCloudProject(role, places) ??
		besideDefinition(role, places) ??
		projectBelow(role, places) ?? { problem: nowhere(role, places.definition) }
	);
}

type Found = RoleCode | { readonly problem: string } | undefined;

function saidByFile(role: string, { definition, settings, listing }: CodePlaces): Found {
	const said = settings?.project ?? settings?.code;
	if (said === undefined) {
		return undefined;
	}
	const wanted = settings?.project === undefined ? 'folder' : 'file';
	const found = listing.find(path.resolve(path.dirname(definition), said.replaceAll('\\', '/')));
	// A build command may make the folder of the code only when it runs.
	if (!found && settings?.build !== undefined) {
		return { kind: 'folder', folder: path.resolve(path.dirname(definition), said) };
	}
	if (found?.kind !== wanted) {
		return { problem: `rolewright.json names '${said}' for the role '${role}', but there is no such ${wanted}.` };
	}
	return wanted === 'file' ? project(found.path) : { kind: 'folder', folder: found.path };
}

function saidByCloudProject(role: string, { cloudProject, listing }: CodePlaces): Found {
	const said = cloudProject?.roles.find(entry => entry.name === role);
	if (!cloudProject || !said) {
		return undefined;
	}
	const found = listing.find(said.project);
	return found?.kind === 'file'
		? project(found.path)
		: {
				problem: `${path.basename(cloudProject.path)} gives the role '${role}' the project '${said.project}', but there is no such file: correct its path there, or name the code as 'roles.${role}.project' or 'roles.${role}.code' in rolewright.json.`,
			};
}

function besideDefinition(role: string, { definition, listing }: CodePlaces): Found {
	if (!isFileName(role)) {
		return undefined;
	}
	const folder = listing.find(path.join(path.dirname(definition), role));
	if (folder?.kind !== 'folder') {
		return undefined;
	}
	const projects = listing.filesIn(folder.path).filter(isDotnetProject);
	const named = projects.find(file => isNamed(file, role)) ?? (projects.length === 1 ? projects[0] : undefined);
	if (named === undefined && projects.length > 1) {
		return { problem: several(role, projects) };
	}
	return named === undefined ? { kind: 'folder', folder: folder.path } : project(named);
}

function projectBelow(role: string, { definition, listing }: CodePlaces): Found {
	const [first, ...others] = listing.projectsBelow(path.dirname(definition)).filter(file => isNamed(file, role));
	if (first !== undefined && others.length > 0) {
		return { problem: several(role, [first, ...others]) };
	}
	return first === undefined ? undefined : project(first);
}

/** A project of another language is no build of ours: its folder is what is run. */
function project(file: string): RoleCode {
	return isDotnetProject(file) ? { kind: 'project', project: file } : { kind: 'folder', folder: path.dirname(file) };
}

function several(role: string, projects: readonly string[]): string {
	const names = projects.map(file => path.basename(path.dirname(file)) + path.sep + path.basename(file));
	return `The code of the role '${role}' may be any of ${names.join(', ')}: name one as 'roles.${role}.project' in rolewright.json.`;
}

function nowhere(role: string, definition: string): string {
	return (
		`The code of the role '${role}' was not found: name it as 'roles.${role}.code' or 'roles.${role}.project' in rolewright.json, ` +
		`give the role a project in the .ccproj, put it into the folder '${path.join(path.dirname(definition), role)}', ` +
		`or have one project file named '${role}' below that of the definition.`
	);
}

export function isDotnetProject(file: string): boolean {
	return /\.(cs|vb|fs)proj$/i.test(file);
}

function isNamed(file: string, role: string): boolean {
	return path.parse(file).name.toLowerCase() === role.toLowerCase();
}

/** A name from a file becomes part of a path only where it can be nothing but one folder. */
function isFileName(name: string): boolean {
	return name !== '' && name !== '.' && name !== '..' && !/[\\/:\0]/.test(name);
}
