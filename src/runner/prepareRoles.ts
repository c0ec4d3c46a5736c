import path from 'node:path';
import { Failure } from '../base/failure';
import { chosenRoles } from '../lifecycle/plan/plan';
import type { RolePlace } from '../lifecycle/plan/rolePlace';
import type { RoleDefinition } from '../model/definition';
import { filesBelow, filesIn, findOnDisk } from '../node/serviceFiles';
import { withEntry, withRuntime } from './entryFile';
import { machineImages } from './machineImages';
import type { OpenedService } from './openService';
import { prepareSites, siteFolderOf } from './prepareSites';
import { type BuildRequest, builtPlace, builtSite, type NoPlace, runBuild } from './roleBuild';
import { findRoleCode, isDotnetProject, type Listing, type RoleCode } from './roleCode';

export interface PrepareRequest extends BuildRequest {
	/** Only these; all where it is left out. */
	readonly roles?: readonly string[] | undefined;
}

/** Where the code of a role is, or a sentence why not. */
type Prepared = RolePlace | NoPlace;

/**
 * Finds the code of every role that is to run and builds it where that is asked for; the places by the names of the
 * roles. A role whose code is nowhere, or refers to what is not to be had here, is left out, and that is said; where no role
 * has any, or one cannot be built, it throws a `Failure` with a sentence for each.
 */
export async function prepareRoles(
	service: OpenedService,
	request: PrepareRequest,
): Promise<Readonly<Record<string, RolePlace>>> {
	const roles = chosenRoles(service.definition, request.roles).filter(role => isRun(role, service));
	const prepared: (readonly [string, Prepared])[] = [];
	const note = once(request.note ?? request.progress);
	// One after the other: two builds at once share a build server, and the end of one may end it for the other.
	for (const role of roles) {
		prepared.push([role.name?.text ?? '', await prepareRole(role, service, { ...request, note })]);
	}
	const missing = prepared.flatMap(([, place]) => ('missing' in place ? [place.missing] : []));
	const problems = prepared.flatMap(([, place]) => ('problem' in place ? [place.problem] : []));
	if (problems.length > 0 || (roles.length > 0 && missing.length === roles.length)) {
		throw new Failure([...missing, ...problems].join('\n'));
	}
	for (const text of missing) {
		request.progress(`${text} The other roles run without it.`);
	}
	return Object.fromEntries(prepared.flatMap(([name, place]) => ('code' in place ? [[name, place]] : [])));
}

/** Two roles may share a library, and what will not work in it. */
function once(tell: (text: string) => void): (text: string) => void {
	const told = new Set<string>();
	return text => {
		if (!told.has(text)) {
			told.add(text);
			tell(text);
		}
	};
}

/** A VM role is run where its adapter is named: nothing else says what is in its image. */
function isRun({ kind, name }: RoleDefinition, { rolewright }: OpenedService): boolean {
	return kind !== 'VirtualMachineRole' || rolewright.roles[name?.text ?? '']?.run !== undefined;
}

async function prepareRole(role: RoleDefinition, service: OpenedService, request: PrepareRequest): Promise<Prepared> {
	const name = role.name?.text ?? '';
	const settings = service.rolewright.roles[name];
	const code = codeOf(role, service);
	if ('problem' in code) {
		return { missing: code.problem };
	}
	const place = await placeOf(role, code, service, request);
	if (!('code' in place)) {
		return place;
	}
	if (settings?.images) {
		const images = machineImages(name, settings.images, path.dirname(service.definition.path));
		return 'problem' in images ? images : { ...place, images };
	}
	const sites = await prepareSites(place, {
		role,
		definition: service.definition.path,
		settings,
		project: code.kind === 'project' ? code.project : undefined,
		code: place.code,
		build: project => builtSite(project, request),
		note: request.progress,
	});
	return { ...place, ...sites };
}

/** A web role whose code nothing else names is where its site is. */
function codeOf(role: RoleDefinition, { definition, cloudProject, rolewright }: OpenedService) {
	const name = role.name?.text ?? '';
	const settings = rolewright.roles[name];
	const code = findRoleCode(name, { definition: definition.path, cloudProject, settings, listing: disk });
	const site = 'problem' in code && role.kind === 'WebRole' ? siteFolderOf(role, definition.path) : undefined;
	if (site === undefined) {
		return code;
	}
	const [project, ...others] = filesIn(site).filter(isDotnetProject);
	return project !== undefined && others.length === 0
		? ({ kind: 'project', project } as const)
		: ({ kind: 'folder', folder: site } as const);
}

async function placeOf(
	role: RoleDefinition,
	code: RoleCode,
	service: OpenedService,
	request: PrepareRequest,
): Promise<Prepared> {
	const name = role.name?.text ?? '';
	const settings = service.rolewright.roles[name];
	const common = {
		...(settings?.run !== undefined && { commandLine: settings.run }),
		...(settings?.channel && { channel: settings.channel }),
		...(settings?.environment && { variables: settings.environment }),
	};
	if (code.kind === 'project') {
		const built = await builtPlace(role, code.project, settings?.runtime, request);
		return !('code' in built) ? built : withEntry(role, settings, { ...built, ...common });
	}
	const failure = settings?.build === undefined ? undefined : await runBuild(name, settings.build, service, request);
	const place = failure ? { problem: failure } : withEntry(role, settings, { code: code.folder, ...common });
	return 'problem' in place ? place : withRuntime(role, settings, place, request);
}

const disk: Listing = {
	find: findOnDisk,
	filesIn,
	projectsBelow: folder => filesBelow(folder, /\.(cs|vb|fs)proj$/i).filter(isDotnetProject),
};
