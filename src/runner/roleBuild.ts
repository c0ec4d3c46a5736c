import path from 'node:path';
import type { RolePlace } from '../lifecycle/plan/rolePlace';
import type { RoleDefinition } from '../model/definition';
import { type BuildResult, buildProject } from '../node/dotnet/build';
import { dotnetFiles } from '../node/dotnet/host';
import { childEnvironment } from '../node/processes/childEnvironment';
import { startProcess } from '../node/processes/processes';
import type { OpenedService } from './openService';
import type { RoleSettings } from './roleSettings';

/** Whether and where code is built. */
export interface BuildRequest {
	readonly build: 'auto' | 'always' | 'never';
	readonly distFolder: string;
	/** The folder in the user's cache that builds may use. */
	readonly cache: string;
	readonly stopped: AbortSignal;
	/** What a person at the terminal or in the editor sees of it. */
	readonly progress: (text: string) => void;
	/** Takes what a person should know of a role before it starts; `progress` by default. */
	readonly note?: (text: string) => void;
}

/** Why there is no place. What is `missing` can only be had elsewhere, and keeps no other role from running. */
export type NoPlace = { readonly problem: string } | { readonly missing: string };

/** The output of the role's project. */
export async function builtPlace(
	role: RoleDefinition,
	project: string,
	runtime: RoleSettings['runtime'],
	request: BuildRequest,
): Promise<RolePlace | NoPlace> {
	const result = await build(project, runtime, request);
	if (result.outcome === 'failed') {
		return result.lacking ? { missing: result.text } : { problem: result.text };
	}
	return placeOfOutput(role, project, result);
}

/** The output of the project of a site that is not the role's own. */
export async function builtSite(
	project: string,
	request: BuildRequest,
): Promise<{ readonly folder: string } | { readonly problem: string }> {
	const result = await build(project, undefined, request);
	return result.outcome === 'failed' ? { problem: result.text } : { folder: path.dirname(result.assembly) };
}

/** The build command of `rolewright.json`; a sentence where it fails. */
export async function runBuild(
	role: string,
	commandLine: string,
	{ definition }: OpenedService,
	request: BuildRequest,
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

async function build(project: string, runtime: RoleSettings['runtime'], request: BuildRequest): Promise<BuildResult> {
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
		(request.note ?? request.progress)(note);
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

/** What runs .NET roles, as it is shipped. */
export function hostFiles({ distFolder }: BuildRequest) {
	return dotnetFiles(path.join(distFolder, 'host'));
}

/** A line of a build's output; blank ones only push the others away. */
function tell(line: string, { progress }: BuildRequest): void {
	if (line.trim() !== '') {
		progress(`  ${line.trimEnd()}`);
	}
}
