import path from 'node:path';
import { Failure } from '../base/failure';
import { chosenRoles, nodeFileOf, type RolePlace } from '../lifecycle/plan';
import type { RoleDefinition } from '../model/definition';
import { type BuildResult, buildProject } from '../node/dotnetBuild';
import { dotnetFiles } from '../node/dotnetHost';
import { preflight } from '../node/dotnetPreflight';
import { childEnvironment, startProcess } from '../node/processes';
import { filesBelow, filesIn, findOnDisk, readText } from '../node/serviceFiles';
import { machineImages } from './machineImages';
import { exportsRole } from './moduleExports';
import type { OpenedService } from './openService';
import { prepareSites, siteFolderOf } from './prepareSites';
import { findRoleCode, isDotnetProject, type Listing, type RoleCode } from './roleCode';
import type { RoleSettings } from './rolewrightFile';

export interface PrepareRequest {
	readonly roles?: readonly string[] | undefined;
	readonly build: 'auto' | 'always' | 'never';
	readonly distFolder: string;
	/** The folder in the user's cache that builds may use. */
	readonly cache: string;
	readonly stopped: AbortSignal;
	/** What a person at the terminal or in the editor sees of it. */
	readonly progress: (text: string) => void;
}

/** Where the code of a role is, or a sentence why not; a role whose code is `missing` need not keep the others from running. */
type Prepared = RolePlace | { readonly problem: string } | { readonly missing: string };

/**
 * Finds the code of every role that is to run and builds it where that is asked for; the places by the names of the
 * roles. A role whose code is nowhere is left out, and that is said; where no role has any, or one cannot be built, it
 * throws a `Failure` with a sentence for each.
 */
export async function prepareRoles(
	service: OpenedService,
	request: PrepareRequest,
): Promise<Readonly<Record<string, RolePlace>>> {
	const roles = chosenRoles(service.definition, request.roles).filter(role => isRun(role, service));
	const prepared: (readonly [string, Prepared])[] = [];
	// One after the other: two builds at once share a build server, and the end of one may end it for the other.
	for (const role of roles) {
		prepared.push([role.name?.text ?? '', await prepareRole(role, service, request)]);
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
	if ('problem' in place) {
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
): Promise<RolePlace | { readonly problem: string }> {
	const name = role.name?.text ?? '';
	const settings = service.rolewright.roles[name];
	const common = {
		...(settings?.run !== undefined && { commandLine: settings.run }),
		...(settings?.channel && { channel: settings.channel }),
		...(settings?.environment && { variables: settings.environment }),
	};
	if (code.kind === 'project') {
		const built = await builtPlace(role, code.project, settings?.runtime, request);
		return 'problem' in built ? built : withEntry(role, settings, { ...built, ...common });
	}
	const failure = settings?.build === undefined ? undefined : await runBuild(name, settings.build, service, request);
	const place = failure ? { problem: failure } : withEntry(role, settings, { code: code.folder, ...common });
	return 'problem' in place ? place : withRuntime(role, settings, place, request);
}

/** Looks at an assembly that somebody else has built, as a build of ours does: what runs it, and what will not work there. */
async function withRuntime(
	role: RoleDefinition,
	settings: RoleSettings | undefined,
	place: RolePlace,
	request: PrepareRequest,
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
		request.progress(note);
	}
	return { ...place, runtime };
}

function hostFiles({ distFolder }: PrepareRequest) {
	return dotnetFiles(path.join(distFolder, 'host'));
}

/** The output of the role's project. */
async function builtPlace(
	role: RoleDefinition,
	project: string,
	runtime: RoleSettings['runtime'],
	request: PrepareRequest,
): Promise<RolePlace | { readonly problem: string }> {
	const result = await build(project, runtime, request);
	return result.outcome === 'failed' ? { problem: result.text } : placeOfOutput(role, project, result);
}

/** The output of the project of a site that is not the role's own. */
async function builtSite(
	project: string,
	request: PrepareRequest,
): Promise<{ readonly folder: string } | { readonly problem: string }> {
	const result = await build(project, undefined, request);
	return result.outcome === 'failed' ? { problem: result.text } : { folder: path.dirname(result.assembly) };
}

async function build(project: string, runtime: RoleSettings['runtime'], request: PrepareRequest): Promise<BuildResult> {
	const file = path.basename(project);
	const result = await buildProject({
		project,
		mode: request.build,
		cache: request.cache,
		files: hostFiles(request),
		runtime,
		signal: request.stopped,
		began: () => request.progress(`Building ${file}`),
		line: text => tell(text, request),
	});
	for (const note of result.notes) {
		request.progress(note);
	}
	return result;
}

/** A web project of the classic kind is a site whose `bin` holds the code; of any other the output is all there is. */
function placeOfOutput(
	role: RoleDefinition,
	project: string,
	built: BuildResult & { readonly outcome: 'built' | 'upToDate' },
): RolePlace {
	const output = path.dirname(built.assembly);
	const site = path.dirname(project);
	const assembly = path.basename(built.assembly);
	const { runtime } = built;
	return role.kind === 'WebRole' && path.relative(site, output).toLowerCase() === 'bin'
		? { code: site, workingFolder: path.basename(output), assembly, runtime }
		: { code: output, assembly, runtime };
}

/** Looks whether the entry point is there, and at a JavaScript file whether it is a module of ours. */
function withEntry(
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

/** The build command of `rolewright.json`; a sentence where it fails. */
async function runBuild(
	role: string,
	commandLine: string,
	{ definition }: OpenedService,
	request: PrepareRequest,
): Promise<string | undefined> {
	const { build, progress, stopped } = request;
	if (build === 'never') {
		return undefined;
	}
	progress(`Building ${role}: ${commandLine}`);
	const running = startProcess({
		run: { commandLine },
		cwd: path.dirname(definition.path),
		env: childEnvironment(),
		line: (_, text) => tell(text, request),
	});
	const end = (): void => running.kill();
	stopped.addEventListener('abort', end);
	const { exitCode, signal, failure } = await running.exited;
	stopped.removeEventListener('abort', end);
	if (exitCode === 0) {
		return undefined;
	}
	const how = failure ?? (signal ? `was ended by ${signal}` : `ended with code ${exitCode}`);
	return `The build of the role '${role}' (${commandLine}) ${how}: correct what it says, and start again.`;
}

/** A line of a build's output; blank ones only push the others away. */
function tell(line: string, { progress }: PrepareRequest): void {
	if (line.trim() !== '') {
		progress(`  ${line.trimEnd()}`);
	}
}

const disk: Listing = {
	find: findOnDisk,
	filesIn,
	projectsBelow: folder => filesBelow(folder, /\.(cs|vb|fs)proj$/i).filter(isDotnetProject),
};
