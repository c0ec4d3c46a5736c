import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { BuildRequest } from './dotnetBuild';
import type { BuildHelp, BuildRecord } from './dotnetBuildRecord';
import { type BuildTool, type BuildTry, tryBuild } from './dotnetMsbuild';
import { packagesOf } from './dotnetPackages';
import { referenceAssemblies } from './dotnetReferences';
import { newestOf, type ProjectSources } from './dotnetSources';

/** One project on its way through a build. */
export interface Work {
	readonly request: BuildRequest;
	readonly project: string;
	readonly configuration: string;
	readonly sources: ProjectSources;
	readonly tool: BuildTool;
	/** For the user, added to as the build goes on. */
	readonly notes: string[];
}

export interface HelpedBuild {
	/** The last try, or the sentence that ended it. */
	readonly last: BuildTry | string;
	readonly help: BuildHelp;
	/** What could not be had and may be the reason for the errors of the last try. */
	readonly lack?: string;
}

/** How the next try differs from the one before. */
interface Next {
	readonly help: BuildHelp;
	readonly restore: boolean;
}

/**
 * Tries again where the output names something that can be brought: a restore, reference assemblies, a property. Only the
 * output of the last try is shown, for the errors of the others were answered.
 */
export async function buildWithHelp(record: BuildRecord, work: Work): Promise<HelpedBuild> {
	const { request, project, sources, tool } = work;
	const tell = request.line ?? (() => {});
	const packages = await packagesOf(project, sources, { ...tool, cache: request.cache }, tell);
	const lack = packages.lack === undefined ? {} : { lack: packages.lack };
	let next: Next | string = {
		help: { ...record.help, ...(packages.folder !== undefined && { packages: packages.folder }) },
		restore: !(await isRestored(sources, project)),
	};
	const foreseen = foreseenFramework(record, sources);
	if (foreseen !== undefined) {
		next = await withReferences(foreseen, next, work);
	}
	for (let lost = 0, { help } = record; ; ) {
		if (typeof next === 'string') {
			return { last: next, help };
		}
		help = next.help;
		const last: BuildTry = await tryBuild(tool, { ...next, output: record.output }, request);
		const ended = last.exitCode === 0 || last.failure !== undefined || request.signal?.aborted;
		const text = last.lines.join('\n');
		const answer: Next | string | undefined = ended ? undefined : await answerTo(text, next, work);
		if (answer !== undefined) {
			next = answer;
		} else if (ended || lost++ > 0 || !/^\s*$|MSB4166|MSB4242/.test(text)) {
			// Otherwise a build server was ended from outside; the next try starts another.
			worthTelling(last.lines).forEach(tell);
			return { last, help, ...lack };
		}
	}
}

/** What a failed try asks for and can have; `undefined` where there is nothing more to try. */
async function answerTo(text: string, last: Next, work: Work): Promise<Next | string | undefined> {
	const { help, restore } = last;
	const version = missingFramework(text);
	if (/MSB3644:.*?Profile=/.test(text) && !help.wholeProfile) {
		return { restore, help: { ...help, wholeProfile: true } };
	}
	if (version !== undefined && !work.tool.fetched.has(version)) {
		return withReferences(version, last, work);
	}
	if (/OutputPath property is not set for project/.test(text) && help.platform === undefined) {
		return { restore, help: { ...help, platform: 'AnyCPU' } };
	}
	const restorable = /error (NETSDK1004|NETSDK1005|NETSDK1047|NETSDK1064|NU\d+)\b/.test(text);
	return restorable && !restore && usesPackages(work.sources) ? { help, restore: true } : undefined;
}

/** Fetches the reference assemblies of one version of .NET Framework; a sentence where they cannot be had. */
async function withReferences(version: string, { help, restore }: Next, work: Work): Promise<Next | string> {
	const { request, tool, notes, sources } = work;
	tool.fetched.add(version);
	const references = await referenceAssemblies(version, { ...tool, cache: request.cache, progress: request.line });
	if (references.root === undefined) {
		return references.text;
	}
	notes.push(...(references.note ? [references.note] : []));
	const moved = help.references !== references.root && usesPackages(sources);
	return { help: { ...help, references: references.root }, restore: restore || moved };
}

/** A classic project will ask for them; only Windows may have them installed. An SDK-style one brings its own. */
function foreseenFramework({ output }: BuildRecord, sources: ProjectSources): string | undefined {
	const needed = process.platform !== 'win32' && output.framework === '.NETFramework' && !usesPackages(sources);
	return needed && /^v\d[\d.]*$/.test(output.version) ? output.version : undefined;
}

/** Whether what was restored last still fits the project files. A classic project without packages needs no restore. */
async function isRestored(sources: ProjectSources, project: string): Promise<boolean> {
	if (!usesPackages(sources)) {
		return true;
	}
	const restored = await changeTime(path.join(path.dirname(project), 'obj', 'project.assets.json'));
	return restored !== undefined && restored >= newestOf(sources.projects);
}

/** A classic role may refer to an SDK-style library, which has to be restored. */
function usesPackages({ texts }: ProjectSources): boolean {
	return [...texts.values()].some(text =>
		/<Project[^>]*\sSdk\s*=|<Import[^>]*\sSdk\s*=|<PackageReference\b/.test(text),
	);
}

/** `v4.5` where MSBuild or NuGet did not find the reference assemblies of that version of .NET Framework. */
function missingFramework(text: string): string | undefined {
	const asked = /MSB3644:.*?\.NETFramework,Version=(v[\d.]+)/.exec(text)?.[1];
	const packaged = /NU110[12]:.*?Microsoft\.NETFramework\.ReferenceAssemblies\.net(\d+)/.exec(text)?.[1];
	return asked ?? (packaged && `v${[...packaged].join('.')}`);
}

/** Without the summary of MSBuild, which repeats and counts what was said, and without the project behind each line. */
function worthTelling(lines: readonly string[]): readonly string[] {
	const summary = /^\s*(|Build (succeeded|FAILED)\.|\d+ (Warning|Error)\(s\)|Time Elapsed .*)$/;
	const told = lines.filter(line => !summary.test(line)).map(line => line.replace(/ \[[^\]]+proj(::[^\]]*)?\]$/, ''));
	return [...new Set(told)];
}

/** When the file was written, in milliseconds since 1970; `undefined` where there is none. */
export async function changeTime(file: string): Promise<number | undefined> {
	return (await stat(file).catch(() => undefined))?.mtimeMs;
}
