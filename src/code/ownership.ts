import type { CloudProject } from '../model/cloudProject';
import { comparable, fileOf, folderOf, joinPath } from '../model/paths';
import type { Service } from '../model/service';

/** A folder of the workspace in which the code of a role is. */
export interface RoleFolder {
	readonly role: string;
	readonly folder: string;
}

/** A service with the folders of its roles' code. */
export interface ServiceWithCode {
	readonly service: Service;
	readonly folders: readonly RoleFolder[];
}

/** What a source file is a part of: a role, or, shared by all roles of the service, none in particular. */
export interface CodeOwner {
	readonly service: Service;
	readonly role: string | undefined;
}

/**
 * Where the code of each role is (interfaces.md 1.2): where `rolewright.json` says, the project that the `.ccproj` names,
 * the folder of the role's name beside the definition, the folder of a project of its name anywhere below.
 */
export function roleFolders(
	{ definition }: Service,
	cloudProject: CloudProject | undefined,
	projects: readonly string[],
	said: ReadonlyMap<string, string> = new Map(),
): readonly RoleFolder[] {
	if (!definition) {
		return [];
	}
	const base = `${comparable(folderOf(definition.path))}/`;
	return definition.roles.flatMap(({ name }) => {
		const role = name?.text;
		if (!role || /[\\/:]/.test(role)) {
			return [];
		}
		const named = projects.filter(path => stemOf(path) === role.toLowerCase() && comparable(path).startsWith(base));
		const ofProject = cloudProject?.roles.find(each => each.name === role)?.project;
		const folder =
			said.get(role) ??
			(ofProject === undefined ? undefined : folderOf(ofProject)) ??
			(named.length === 1 && named[0] !== undefined ? folderOf(named[0]) : undefined) ??
			joinPath(definition.path, role);
		return [{ role, folder }];
	});
}

/** The roles whose folder a file is in, the innermost; for a file of no role every service, since any may use it. */
export function ownersOf(path: string, services: readonly ServiceWithCode[]): readonly CodeOwner[] {
	const file = comparable(path);
	const around = services.flatMap(({ service, folders }) =>
		folders.flatMap(({ role, folder }) => {
			const start = `${comparable(folder).replace(/\/$/, '')}/`;
			return file.startsWith(start) ? [{ service, role, depth: start.length }] : [];
		}),
	);
	const depth = Math.max(...around.map(owner => owner.depth));
	return around.length > 0
		? around.filter(owner => owner.depth === depth).map(({ service, role }) => ({ service, role }))
		: services.map(({ service }) => ({ service, role: undefined }));
}

function stemOf(path: string): string {
	return fileOf(path)
		.toLowerCase()
		.replace(/\.\w+$/, '');
}
