import path from 'node:path';
import { nodeFileOf } from '../lifecycle/plan/roleEntry';
import type { RolePlace } from '../lifecycle/plan/rolePlace';
import type { RoleDefinition } from '../model/definition';
import { preflight } from '../node/dotnet/preflight';
import { filesIn, findOnDisk, readText } from '../node/serviceFiles';
import { exportsRole } from './moduleExports';
import { type BuildRequest, hostFiles } from './roleBuild';
import type { RoleSettings } from './roleSettings';

/** Looks whether the entry point is there, and at a JavaScript file whether it is a module of ours. */
export function withEntry(
	role: RoleDefinition,
	settings: RoleSettings | undefined,
	place: RolePlace,
): RolePlace | { readonly problem: string } {
	const name = role.name?.text ?? '';
	const folder = path.join(place.code, place.workingFolder ?? '');
	const program = place.commandLine ?? (role.entryPoint?.kind === 'program' ? role.entryPoint.commandLine : undefined);
	if (program === undefined) {
		const assembly = role.entryPoint?.kind === 'assembly' ? role.entryPoint.assemblyName : undefined;
		return assembly === undefined || isFileIn(folder, assembly)
			? place
			: { problem: noEntryPoint(name, assembly, folder, place.assembly ?? projectIn(place.code)) };
	}
	const file = nodeFileOf(program);
	if (file === undefined) {
		return place;
	}
	const found = findOnDisk(path.join(folder, file));
	if (found?.kind !== 'file') {
		return { problem: noEntryPoint(name, file, folder, undefined) };
	}
	return { ...place, host: settings?.host ?? (exportsRole(readText(found.path)) ? 'module' : 'program') };
}

/** Looks at an assembly that somebody else has built, as a build of ours does: what runs it, and what will not work there. */
export async function withRuntime(
	role: RoleDefinition,
	settings: RoleSettings | undefined,
	place: RolePlace,
	request: BuildRequest,
): Promise<RolePlace> {
	if (place.commandLine !== undefined || role.entryPoint?.kind !== 'assembly') {
		return place;
	}
	const file = findOnDisk(
		path.join(place.code, place.workingFolder ?? '', role.entryPoint.assemblyName.replaceAll('\\', '/')),
	);
	if (file?.kind !== 'file') {
		return place;
	}
	const table = hostFiles(request).frameworkParts;
	const { runtime, notes } = await preflight({ assembly: file.path, table, wish: settings?.runtime });
	for (const note of notes) {
		(request.note ?? request.progress)(note);
	}
	return { ...place, runtime };
}

function noEntryPoint(role: string, entry: string, folder: string, instead: string | undefined): string {
	const hint =
		instead === undefined ? 'build the role, or correct the name' : `the folder has '${instead}'; correct the name`;
	return `The entry point '${entry}' of the role '${role}' is not in '${folder}': ${hint} in the service definition.`;
}

/** The one assembly of a folder that somebody else has built, for the hint only. */
function projectIn(folder: string): string | undefined {
	const [only, ...others] = filesIn(folder).filter(file => /\.dll$/i.test(file));
	return only !== undefined && others.length === 0 ? path.basename(only) : undefined;
}

function isFileIn(folder: string, name: string): boolean {
	return findOnDisk(path.join(folder, name.replaceAll('\\', '/')))?.kind === 'file';
}
