import { existsSync } from 'node:fs';
import path from 'node:path';
import type { DotnetRuntime } from '../../lifecycle/roleHost';
import { buildWithHelp, changeTime, type Work } from './buildHelp';
import { type BuildError, buildErrorsOf } from './buildOutput';
import { type BuildRecord, readBuildRecord, writeBuildRecord } from './buildRecord';
import { whyFailed } from './buildSentence';
import { buildTemp } from './buildTemp';
import { type DotnetFiles, notBuilt } from './host';
import { askMsbuild, buildEnvironment, serverName } from './msbuild';
import { importsMissed } from './packages';
import { type Foreseen, preflight } from './preflight';
import { dotnetSdkMissing, findDotnet } from './program';
import { hasWindowsEvents } from './properties';
import { fingerprintOf, newestOf, sourcesOf } from './sources';

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
	/** What `rolewright.json` says that shall run the role. */
	readonly runtime?: DotnetRuntime['name'] | undefined;
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
			/** What runs it best here. */
			readonly runtime: Foreseen['runtime'];
			readonly notes: readonly string[];
	  }
	| {
			readonly outcome: 'failed';
			/** One sentence that says what to do. */
			readonly text: string;
			/** What the project refers to is not to be had here; its own code may be as good as can be. */
			readonly lacking?: true;
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
	const notes = hasWindowsEvents(sources)
		? [`The build events of ${path.basename(project)} are commands for Windows and are not run here.`]
		: [];
	const work: Work = {
		request,
		project,
		configuration,
		sources,
		tool: {
			dotnet,
			project,
			configuration,
			files: request.files,
			cache: request.cache,
			env: buildEnvironment(await buildTemp(request.cache)),
			sources,
			serverName,
			fetched: new Set(),
		},
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
	return 'text' in output ? { ...failed(output.text), ...output } : { projects, output, help };
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
	if (!existsSync(request.files.targets)) {
		return failed(notBuilt(request.files.host));
	}
	const missed = importsMissed(sources);
	if (missed.length > 0) {
		work.notes.push(
			`${name} imports build files of ${missed.join(', ')}, which are not restored beside it: it is built here without what they do.`,
		);
	}
	const { last, help, ...reasons } = await oneAtATime(() => buildWithHelp(record, work));
	if (request.signal?.aborted) {
		return failed(`The build of ${name} was ended before it was done.`, work);
	}
	if (typeof last === 'string') {
		return failed(last, work);
	}
	if (last.exitCode !== 0) {
		return { ...failed('', work, buildErrorsOf(last.lines)), ...whyFailed(work, last, reasons) };
	}
	work.notes.push(...(reasons.lack === undefined ? [] : [`${reasons.lack.what}; ${name} was built without.`]));
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
	return { ...(await current(record, work)), outcome: 'built' };
}

/** The output as it is, with what shall run it and what will not work there. */
async function current({ output }: BuildRecord, { request, notes }: Work): Promise<Output> {
	const { assembly } = output;
	const { runtime, notes: foreseen } = await preflight({
		assembly,
		table: request.files.frameworkParts,
		wish: request.runtime,
	});
	return {
		outcome: 'upToDate',
		assembly,
		runtime,
		framework: `${output.framework},Version=${output.version}`,
		notes: [...notes, ...foreseen],
	};
}

type Output = BuildResult & { readonly outcome: 'built' | 'upToDate' };

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
