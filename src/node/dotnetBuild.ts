import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildWithHelp, changeTime, type Work } from './dotnetBuildHelp';
import { type BuildError, buildErrorsOf, describeBuildError } from './dotnetBuildOutput';
import { type BuildRecord, readBuildRecord, writeBuildRecord } from './dotnetBuildRecord';
import type { DotnetFiles } from './dotnetHost';
import { askMsbuild, type BuildTry, buildEnvironment, hasWindowsEvents } from './dotnetMsbuild';
import { dotnetSdkMissing, findDotnet } from './dotnetProgram';
import { fingerprintOf, newestOf, sourcesOf } from './dotnetSources';

export interface BuildRequest {
	/** The project file, absolute. */
	readonly project: string;
	/** `Debug` by default. */
	readonly configuration?: string;
	/** `auto`: where the output is missing or older than a source (interfaces.md 1.2). */
	readonly mode: 'auto' | 'always' | 'never';
	/** A folder of ours in the user's cache. */
	readonly cache: string;
	readonly files: DotnetFiles;
	/** The `dotnet` program; looked for by default. */
	readonly dotnet?: string;
	/** Ends the build when it is aborted. */
	readonly signal?: AbortSignal;
	/** The process of a build, and each line that it writes. */
	readonly began?: (pid: number) => void;
	readonly line?: (text: string) => void;
}

export type BuildResult =
	| {
			readonly outcome: 'built' | 'upToDate';
			/** The role's assembly, absolute; its folder is what instances get a copy of. */
			readonly assembly: string;
			/** As MSBuild names it: `.NETFramework,Version=v4.7.2`. */
			readonly framework: string;
			readonly notes: readonly string[];
	  }
	| {
			readonly outcome: 'failed';
			/** One sentence that says what to do. */
			readonly text: string;
			readonly errors: readonly BuildError[];
			readonly notes: readonly string[];
	  };

/**
 * Builds a role's project as it is: SDK-style or classic, without the Azure SDK and without touching a file of the user's
 * tree but `bin` and `obj`. Never rejects for what a project, a tool or a feed can do wrong.
 */
export async function buildProject(request: BuildRequest): Promise<BuildResult> {
	const project = path.resolve(request.project);
	const configuration = request.configuration ?? 'Debug';
	const dotnet = request.dotnet ?? findDotnet();
	if (!existsSync(project)) {
		return failed(`The project ${project} does not exist: correct its path.`);
	}
	if (dotnet === undefined) {
		return failed(dotnetSdkMissing);
	}
	const sources = await sourcesOf(project);
	const notes = hasWindowsEvents(sources.text)
		? [`The build events of ${path.basename(project)} are commands for Windows and are not run here.`]
		: [];
	const work: Work = {
		request,
		project,
		configuration,
		sources,
		tool: { dotnet, project, configuration, files: request.files, env: buildEnvironment(), text: sources.text },
		notes,
	};
	const record = await knownOutput(work);
	if ('outcome' in record) {
		return record;
	}
	return request.mode !== 'always' && (await isCurrent(record, work)) ? current(record, work) : build(record, work);
}

/** Where the output is: as it was written down while the project files were the same, else as MSBuild says. */
async function knownOutput(work: Work): Promise<BuildRecord | BuildResult> {
	const { request, project, configuration, sources, tool } = work;
	const projects = fingerprintOf(sources.projects);
	const record = await readBuildRecord(request.cache, project, configuration);
	if (record?.projects === projects) {
		return record;
	}
	const help = record?.help ?? {};
	const output = await askMsbuild(tool, help);
	return typeof output === 'string' ? failed(output) : { projects, output, help };
}

async function isCurrent(record: BuildRecord, { request, sources }: Work): Promise<boolean> {
	const written = await changeTime(record.output.assembly);
	if (written === undefined) {
		return false;
	}
	if (request.mode === 'never') {
		return true;
	}
	return written === record.written ? record.sources === fingerprintOf(sources.all) : written >= newestOf(sources.all);
}

async function build(record: BuildRecord, work: Work): Promise<BuildResult> {
	const { request, project, configuration, sources } = work;
	const name = path.basename(project);
	if (request.mode === 'never') {
		return failed(
			`${name} has no output (${record.output.assembly}) and building is switched off: build it, or switch building on.`,
		);
	}
	const { last, help } = await oneAtATime(() => buildWithHelp(record, work));
	if (request.signal?.aborted) {
		return failed(`The build of ${name} was ended before it was done.`, work);
	}
	if (typeof last === 'string') {
		return failed(last, work);
	}
	if (last.exitCode !== 0) {
		return failed(sentenceFor(name, last), work, buildErrorsOf(last.lines));
	}
	const written = await changeTime(record.output.assembly);
	if (written === undefined) {
		return failed(
			`The build of ${name} succeeded, but ${record.output.assembly} is not there: see what its project does after the build.`,
			work,
		);
	}
	// The fingerprint of before the build: what was edited meanwhile may not be in the output.
	await writeBuildRecord(request.cache, project, configuration, {
		...record,
		sources: fingerprintOf(sources.all),
		written,
		help,
	});
	return { ...current(record, work), outcome: 'built' };
}

function sentenceFor(name: string, last: BuildTry): string {
	const text = last.lines.join('\n');
	if (last.failure !== undefined) {
		return last.failure;
	}
	if (/No \.NET SDKs were found/.test(text)) {
		return dotnetSdkMissing;
	}
	if (/compatible \.NET SDK was not found/.test(text)) {
		return `${name} was not built, because global.json asks for a .NET SDK that is not installed: install it, or change global.json.`;
	}
	const [first, ...others] = buildErrorsOf(last.lines);
	if (!first) {
		return `The build of ${name} failed with exit code ${last.exitCode ?? 'unknown'} and named no error: run 'dotnet build' on it to see more.`;
	}
	const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
	return `The build of ${name} failed: ${describeBuildError(first)}${more}`;
}

function current(record: BuildRecord, work: Work): BuildResult & { readonly outcome: 'built' | 'upToDate' } {
	return {
		outcome: 'upToDate',
		assembly: record.output.assembly,
		framework: `${record.output.framework},Version=${record.output.version}`,
		notes: work.notes,
	};
}

function failed(text: string, work?: Work, errors: readonly BuildError[] = []): BuildResult {
	return { outcome: 'failed', text, errors, notes: work?.notes ?? [] };
}

/** Two roles may share a library, and two builds of one project at a time break each other. */
function oneAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
	const next = building.then(work);
	building = next.catch(() => {});
	return next;
}

let building: Promise<unknown> = Promise.resolve();
