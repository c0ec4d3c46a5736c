import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * What is known of a project from its last build, in the user's cache and never in the user's tree. It saves asking
 * MSBuild again where the output is and which help the project needs.
 */
export interface BuildRecord {
	/** Of the project files: while it holds, so does `output`. */
	readonly projects: string;
	readonly output: ProjectOutput;
	/** Of all sources at the last good build; absent before the first. */
	readonly sources?: string;
	/** When the output was written by that build: another time means that somebody else has built since. */
	readonly written?: number;
	readonly help: BuildHelp;
}

export interface ProjectOutput {
	/** The assembly, absolute. */
	readonly assembly: string;
	/** As MSBuild names it: `.NETFramework` or `.NETCoreApp`, and `v4.7.2` or `v8.0`. */
	readonly framework: string;
	readonly version: string;
	/** The framework that was chosen of several. */
	readonly chosen?: string;
}

/** What a project turned out to need beside the targets file. */
export interface BuildHelp {
	/** The folder that has the reference assemblies of .NET Framework. */
	readonly references?: string;
	/** The version of .NET Framework that a project made for one before 4.0 is compiled for. */
	readonly framework?: string;
	/** Only a part of this version of .NET Framework was asked for, which has reference assemblies of its own; the whole is used. */
	readonly wholeProfile?: boolean;
	/** The folder that stands for the missing `packages` folder. */
	readonly packages?: string;
	/** The folder with the library of F#, for a classic project. */
	readonly fsharp?: string;
	/** The file that spells the files of the project as the disk does. */
	readonly spelling?: string;
	/** What the solution says in Visual Studio, where the projects do not agree by themselves. */
	readonly platform?: string;
}

export async function readBuildRecord(
	cache: string,
	project: string,
	configuration: string,
): Promise<BuildRecord | undefined> {
	try {
		const record: BuildRecord = JSON.parse(await readFile(recordFile(cache, project, configuration), 'utf8'));
		return typeof record.output.assembly === 'string' && typeof record.help === 'object' ? record : undefined;
	} catch {
		return undefined;
	}
}

/** A cache that cannot be written costs time and nothing else. */
export async function writeBuildRecord(
	cache: string,
	project: string,
	configuration: string,
	record: BuildRecord,
): Promise<void> {
	const file = recordFile(cache, project, configuration);
	await mkdir(path.dirname(file), { recursive: true })
		.then(() => writeFile(file, JSON.stringify(record)))
		.catch(() => {});
}

function recordFile(cache: string, project: string, configuration: string): string {
	const key = createHash('sha256').update(`${project}\n${configuration}`).digest('hex').slice(0, 24);
	return path.join(cache, 'builds', `${key}.json`);
}
