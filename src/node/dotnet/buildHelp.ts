import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { BuildRequest } from './build';
import { hasUnknownNames } from './buildOutput';
import type { BuildHelp, BuildRecord } from './buildRecord';
import { worthTelling } from './buildTelling';
import { fsharpCore, hasClassicFSharp } from './fSharp';
import { type BuildTool, type BuildTry, tryBuild, withoutServer } from './msbuild';
import { type PackageLack, packagesOf } from './packages';
import { referenceAssemblies } from './references';
import { newestOf, type ProjectSources } from './sources';
import { otherSpellings, writeSpelling } from './spelling';

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
	/** Everything that MSBuild says of a failure. */
	readonly details?: string;
	/** What could not be had and may be the reason for the errors of the last try. */
	readonly lack?: PackageLack;
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
	const { request, project, sources } = work;
	let { tool } = work;
	const tell = request.line ?? (() => {});
	const packages = await packagesOf(project, sources, { ...tool, cache: request.cache }, tell);
	const lack = packages.lack === undefined ? {} : { lack: packages.lack };
	const options = { ...tool, cache: request.cache, progress: request.line };
	const fsharp = hasClassicFSharp(sources) ? await fsharpCore(options, record.help.fsharp) : undefined;
	const spelling = await spellingOf(work);
	let next = await firstTry(
		record,
		{ ...(packages.folder && { packages: packages.folder }), ...(fsharp && { fsharp }), ...spelling },
		work,
	);
	// It is one build to the user, however often it is tried.
	const { began: _, ...quietly } = request;
	let lost = false;
	let tries = 0;
	for (let { help } = record; ; ) {
		if (typeof next === 'string') {
			return { last: next, help };
		}
		help = next.help;
		const how = { ...next, output: record.output };
		const last: BuildTry = await tryBuild(tool, { ...how, verbosity: 'q' }, tries++ === 0 ? request : quietly);
		if (last.exitCode === 0 || last.failure !== undefined || request.signal?.aborted) {
			worthTelling(last.lines).forEach(tell);
			return { last, help, ...lack };
		}
		const text = last.lines.join('\n');
		if (!lost && /^\s*$|MSB4166|MSB4242/.test(text)) {
			// A build server was ended from outside, or ends as it begins; the next tries do without.
			lost = true;
			tool = { ...tool, env: { ...tool.env, ...withoutServer } };
			continue;
		}
		const details = hasUnknownNames(text)
			? await detailsOf(() => tryBuild(tool, { ...how, verbosity: 'n' }, quietly))
			: text;
		const answer: Next | string | undefined = await answerTo(details, next, work);
		if (answer === undefined) {
			worthTelling(last.lines, details).forEach(tell);
			return { last, help, details, ...lack };
		}
		next = answer;
	}
}

/**
 * What the compiler does not know comes from references, and a quiet build does not say which are not there. A build server
 * that is ended meanwhile says nothing of either; then another is asked.
 */
async function detailsOf(build: () => Promise<BuildTry>): Promise<string> {
	const said = (await build()).lines.join('\n');
	return hasUnknownNames(said) ? said : (await build()).lines.join('\n');
}

/** What the project shows before it is built. */
async function firstTry(record: BuildRecord, found: BuildHelp, work: Work): Promise<Next | string> {
	const { project, sources, notes } = work;
	const { framework, version } = record.output;
	const tooOld = framework === '.NETFramework' && (/^v[123]\./.test(version) || found.fsharp !== undefined);
	if (tooOld) {
		notes.push(
			`${path.basename(project)} is made for .NET Framework ${version.slice(1)} and is compiled for ${oldest.slice(1)} here.`,
		);
	}
	const first: Next = {
		help: {
			...record.help,
			...found,
			...(tooOld && { framework: oldest, wholeProfile: true }),
		},
		restore: !(await isRestored(sources, project)),
	};
	const foreseen = tooOld ? oldest : foreseenFramework(record, sources);
	return foreseen === undefined || process.platform === 'win32' ? first : withReferences(foreseen, first, work);
}

async function spellingOf({ request, project, sources, notes }: Work): Promise<Pick<BuildHelp, 'spelling'>> {
	const spellings = otherSpellings(sources);
	const [first, ...others] = spellings;
	if (first === undefined) {
		return {};
	}
	const more = others.length === 0 ? '' : ` and ${others.length} more`;
	notes.push(
		`${path.basename(first.project)} names '${first.written}', and the disk has '${path.basename(first.found)}'${more}: both are taken for one file here, but other builds on this system fail until the project spells it as the disk does.`,
	);
	const key = createHash('sha256').update(project).digest('hex').slice(0, 16);
	return { spelling: await writeSpelling(spellings, path.join(request.cache, 'spelling', key)) };
}

/**
 * Our assemblies cannot be referred to by anything before 4.0, nor the library of F# by anything before this version, and
 * whatever a project refers to fits it.
 */
const oldest = 'v4.7.2';

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

/** A classic project will ask for them. An SDK-style one brings its own. */
function foreseenFramework({ output }: BuildRecord, sources: ProjectSources): string | undefined {
	const needed = output.framework === '.NETFramework' && !usesPackages(sources);
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

/** When the file was written, in milliseconds since 1970; `undefined` where there is none. */
export async function changeTime(file: string): Promise<number | undefined> {
	return (await stat(file).catch(() => undefined))?.mtimeMs;
}
