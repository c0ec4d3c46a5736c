import type { RoleConfiguration } from '../../model/configuration';
import type { RoleDefinition } from '../../model/definition';
import type { RoleEntry } from '../roleHost';
import type { RolePlace } from './rolePlace';

/** What is started as the role: the place's own command line, else what the definition names; undefined where nothing is. */
export function entryOf(
	role: RoleDefinition,
	place: RolePlace,
	configured: RoleConfiguration | undefined,
): RoleEntry | undefined {
	const program = place.commandLine ?? (role.entryPoint?.kind === 'program' ? role.entryPoint.commandLine : undefined);
	if (program !== undefined && role.kind === 'VirtualMachineRole') {
		const named = place.images?.map(({ name }) => name);
		const images = named ?? [configured?.osImage ?? 'of the configuration'];
		return { kind: 'machine', commandLine: program, images, ...(place.channel && { channel: place.channel }) };
	}
	if (program !== undefined) {
		const module = place.host === 'module' ? nodeFileOf(program) : undefined;
		const readyOnStart = role.entryPoint?.kind === 'program' ? role.entryPoint.readyOnStart : true;
		return module === undefined
			? { kind: 'program', commandLine: program, readyOnStart, ...(place.channel && { channel: place.channel }) }
			: { kind: 'module', module: below(place, module) };
	}
	const runtime = place.runtime && { runtime: place.runtime };
	if (role.entryPoint?.kind === 'assembly') {
		const assembly = below(place, role.entryPoint.assemblyName.replaceAll('\\', '/'));
		return { kind: 'assembly', assembly, ...runtime };
	}
	if (place.assembly === undefined) {
		return place.sites ? { kind: 'base' } : undefined;
	}
	// A web role may do without an entry point; its site is what runs then (service-runtime-api.md 1).
	const optional = role.kind === 'WebRole' && { entryPointOptional: true };
	return { kind: 'assembly', assembly: below(place, place.assembly), ...optional, ...runtime };
}

/** The entry point's name is relative to where it runs; the plan's is relative to approot. */
function below(place: RolePlace, file: string): string {
	return place.workingFolder ? `${place.workingFolder}/${file}` : file;
}

/** The file of a command line that runs one JavaScript file and passes it nothing: `node worker.js`. */
export function nodeFileOf(commandLine: string): string | undefined {
	const match = /^\s*"?node(?:\.exe)?"?\s+(?:"([^"]+)"|([^\s"-]\S*))\s*$/i.exec(commandLine);
	const file = match?.[1] ?? match?.[2];
	return file !== undefined && /\.[cm]?js$/i.test(file) ? file.replaceAll('\\', '/') : undefined;
}
