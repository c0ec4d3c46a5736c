import path from 'node:path';
import { outputOf } from '../hosts/programOutput';
import { childEnvironment } from '../processes/childEnvironment';
import { type Exit, startProcess } from '../processes/processes';
import type { BuildHelp, ProjectOutput } from './buildRecord';
import { lackOfImports, type WhyFailed } from './buildSentence';
import type { DotnetFiles } from './host';
import { dotnetSdkMissing } from './program';
import { buildProperties } from './properties';
import type { ProjectSources } from './sources';

/** One project and the tool that builds it. */
export interface BuildTool {
	readonly dotnet: string;
	readonly project: string;
	readonly configuration: string;
	readonly files: DotnetFiles;
	readonly env: NodeJS.ProcessEnv;
	/** A folder of ours in the user's cache. */
	readonly cache: string;
	readonly sources: ProjectSources;
	/** The name of the compiler server of this process's own. */
	readonly serverName: string;
	/** The versions of .NET Framework whose reference assemblies this build has asked for. */
	readonly fetched: Set<string>;
}

export interface BuildTry extends Exit {
	readonly lines: readonly string[];
}

/**
 * Machines and editors switch the build servers off by variables, and one edit would then cost a second more; so both are
 * stated (running-dotnet-roles.md 1.7). They are this process's own, by the salt: whoever shares a server ends the builds of
 * others when it ends its own processes. English, because messages are read.
 */
export function buildEnvironment(folders: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
	return childEnvironment({
		DOTNET_CLI_USE_MSBUILD_SERVER: '1',
		MSBUILDUSESERVER: '1',
		MSBUILDNODEHANDSHAKESALT: serverName,
		MSBUILDDISABLENODEREUSE: undefined,
		UseSharedCompilation: undefined,
		DOTNET_CLI_UI_LANGUAGE: 'en',
		VSLANG: '1033',
		DOTNET_CLI_TELEMETRY_OPTOUT: '1',
		DOTNET_NOLOGO: '1',
		DOTNET_SKIP_FIRST_TIME_EXPERIENCE: '1',
		...folders,
	});
}

/** The id of a process that was killed comes again, and its server may still be there: the second of its start tells them apart. */
export const serverName = `rolewright-${process.pid}-${Math.trunc(performance.timeOrigin / 1_000).toString(36)}`;

export async function tryBuild(
	tool: BuildTool,
	how: {
		readonly help: BuildHelp;
		readonly restore: boolean;
		readonly output: ProjectOutput;
		/** `q` says too little of references that are not there. */
		readonly verbosity: 'q' | 'n';
	},
	heard: { readonly signal?: AbortSignal; readonly began?: (pid: number) => void },
): Promise<BuildTry> {
	const lines: string[] = [];
	const running = startProcess({
		run: {
			command: tool.dotnet,
			args: [
				'build',
				tool.project,
				'--nologo',
				`-v:${how.verbosity}`,
				'-tl:off',
				'-clp:NoSummary',
				...(how.restore ? [] : ['--no-restore']),
				...buildProperties(tool, how.help, how.output.chosen),
			],
		},
		cwd: path.dirname(tool.project),
		env: tool.env,
		// The build servers live on, for the next build; they end with the fabric.
		rest: 'leave',
		line: (_, text) => lines.push(text),
	});
	if (running.pid !== undefined) {
		heard.began?.(running.pid);
	}
	const abort = (): void => running.kill();
	heard.signal?.addEventListener('abort', abort, { once: true });
	const exit = await running.exited;
	heard.signal?.removeEventListener('abort', abort);
	return { ...exit, lines };
}

/** Where the output will be, without building it; a sentence where that cannot be known. */
export async function askMsbuild(
	tool: BuildTool,
	help: BuildHelp,
	chosen?: string,
): Promise<ProjectOutput | WhyFailed> {
	const asked = ['TargetPath', 'TargetFrameworkIdentifier', 'TargetFrameworkVersion', 'TargetFrameworks'];
	const result = await outputOf(
		tool.dotnet,
		[
			'msbuild',
			tool.project,
			'-nologo',
			...asked.map(name => `-getProperty:${name}`),
			...buildProperties(tool, help, chosen),
		],
		{ cwd: path.dirname(tool.project), env: { ...tool.env, ...withoutServer }, limit: 60_000 },
	);
	const answer = propertiesOf(result.stdout);
	// Whoever has answered may end as he likes.
	if (result.exitCode !== 0 && Object.keys(answer).length === 0) {
		return couldNotAsk(tool, result.failure ?? `${result.stdout}\n${result.stderr}`);
	}
	const several = (answer.TargetFrameworks ?? '')
		.split(';')
		.map(name => name.trim())
		.filter(Boolean);
	if (!answer.TargetPath && several[0] && chosen === undefined) {
		return askMsbuild(tool, help, several[0]);
	}
	if (!answer.TargetPath) {
		return { text: `${path.basename(tool.project)} does not say which assembly it makes: it is no project of a role.` };
	}
	return {
		assembly: path.resolve(path.dirname(tool.project), answer.TargetPath),
		framework: answer.TargetFrameworkIdentifier ?? '',
		version: answer.TargetFrameworkVersion ?? '',
		...(chosen !== undefined && { chosen }),
	};
}

/** A server pays for builds; a question that starts one may have to wait for it, and one that is lost need not be asked again. */
export const withoutServer = { DOTNET_CLI_USE_MSBUILD_SERVER: '0', MSBUILDUSESERVER: '0' };

function propertiesOf(output: string): Readonly<Record<string, string | undefined>> {
	try {
		const answer: unknown = JSON.parse(output.slice(output.indexOf('{')));
		return typeof answer === 'object' && answer !== null && 'Properties' in answer
			? (answer.Properties as Record<string, string>)
			: {};
	} catch {
		return {};
	}
}

function couldNotAsk(tool: BuildTool, output: string): WhyFailed {
	if (/No \.NET SDKs were found/.test(output)) {
		return { text: dotnetSdkMissing };
	}
	const imports = lackOfImports(output);
	if (imports.length > 0) {
		return { text: `${path.basename(tool.project)} cannot be built here. ${imports.join(' ')}`, lacking: true };
	}
	const error = /error (\w+: .*?)(?: \[|\r?\n|$)/.exec(output)?.[1] ?? output.trim().split('\n')[0];
	return { text: `${path.basename(tool.project)} could not be read by MSBuild: ${error}` };
}
