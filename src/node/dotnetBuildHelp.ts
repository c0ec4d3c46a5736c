import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { BuildRequest } from './dotnetBuild';
import type { BuildHelp, BuildRecord } from './dotnetBuildRecord';
import { type BuildTool, type BuildTry, tryBuild } from './dotnetMsbuild';
import { packagesOf } from './dotnetPackages';
import { type References, referenceAssemblies } from './dotnetReferences';
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
}

/** Tries again where the output names something that can be brought: a restore, or the reference assemblies. */
export async function buildWithHelp(record: BuildRecord, work: Work): Promise<HelpedBuild> {
	const { request, project, sources, tool, notes } = work;
	const options = { ...tool, cache: request.cache };
	const packages = await packagesOf(project, sources.text, options);
	if ('text' in packages) {
		return { last: packages.text, help: record.help };
	}
	let help: BuildHelp = { ...record.help, ...(packages.folder !== undefined && { packages: packages.folder }) };
	let restore = !(await isRestored(sources, project));
	let lost = 0;
	for (;;) {
		const last = await tryBuild(tool, { help, restore, output: record.output }, request);
		const text = last.lines.join('\n');
		const version = missingFramework(text);
		if (last.exitCode === 0 || request.signal?.aborted) {
			return { last, help };
		}
		if (version && !help.references) {
			const references: References = await referenceAssemblies(version, options);
			if (references.root === undefined) {
				return { last: references.text, help };
			}
			notes.push(...(references.note ? [references.note] : []));
			help = { ...help, references: references.root };
			restore = usesPackages(sources.text);
		} else if (
			!restore &&
			usesPackages(sources.text) &&
			/error (NETSDK1004|NETSDK1005|NETSDK1047|NETSDK1064|NU\d+)\b/.test(text)
		) {
			restore = true;
		} else if (last.failure === undefined && lost++ === 0 && /^\s*$|MSB4166|MSB4242/.test(text)) {
			// A build server was ended from outside; the next try starts another.
		} else {
			return { last, help };
		}
	}
}

/** Whether what was restored last still fits the project files. A classic project without packages needs no restore. */
async function isRestored(sources: ProjectSources, project: string): Promise<boolean> {
	if (!usesPackages(sources.text)) {
		return true;
	}
	const restored = await changeTime(path.join(path.dirname(project), 'obj', 'project.assets.json'));
	return restored !== undefined && restored >= newestOf(sources.projects);
}

function usesPackages(text: string): boolean {
	return /<Project[^>]*\sSdk\s*=|<Import[^>]*\sSdk\s*=|<PackageReference\b/.test(text);
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
