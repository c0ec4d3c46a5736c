import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BuildHelp } from './buildRecord';
import { hasClassicFSharp } from './fSharp';
import type { BuildTool } from './msbuild';
import type { ProjectSources } from './sources';

/**
 * Everything that a project needs of us is said on the command line, so that no file of it changes. Such a property reaches
 * the projects that it refers to as well.
 */
export function buildProperties(tool: BuildTool, help: BuildHelp, chosen: string | undefined): readonly string[] {
	const values: Record<string, string | undefined> = {
		Configuration: tool.configuration,
		TargetFramework: chosen,
		TargetFrameworkVersion: help.framework,
		Platform: help.platform,
		// No debugger in VS Code reads the symbols of Windows.
		DebugType: 'portable',
		UseSharedCompilation: 'true',
		SharedCompilationId: tool.serverName,
		// A library leaves its packages out of its output; an instance gets a copy of the output and nothing else.
		CopyLocalLockFileAssemblies: 'true',
		CustomAfterMicrosoftCommonTargets: tool.files.targets,
		RolewrightFacades: `${tool.files.facades}/`,
		TargetFrameworkRootPath: help.references && `${help.references}/`,
		AutomaticallyUseReferenceAssemblyPackages: help.references && 'false',
		TargetFrameworkProfile: help.wholeProfile ? '' : undefined,
		RolewrightPackages: help.packages && `${help.packages}/`,
		RolewrightSpelling: help.spelling,
		RolewrightFSharpCore: help.fsharp && `${help.fsharp}/`,
		...propertiesFor(tool),
	};
	return Object.entries(values).flatMap(([name, value]) =>
		value === undefined ? [] : [`-p:${name}=${escaped(value)}`],
	);
}

/** What the text of a project shows that it needs (running-dotnet-roles.md 1.5, 1.6 and 7.1). */
function propertiesFor({ project, files, sources, cache }: BuildTool): Record<string, string | undefined> {
	const texts = [...sources.texts.values()];
	const anyHas = (pattern: RegExp): boolean => texts.some(text => pattern.test(text));
	const solution = anyHas(/\$\(SolutionDir\)/) ? solutionOf(project, texts, cache) : undefined;
	return {
		...(hasWindowsEvents(sources) && { PreBuildEvent: '', PostBuildEvent: '' }),
		...(solution !== undefined && { SolutionDir: `${solution}/` }),
		...(anyHas(webTargets) && {
			VSToolsPath: path.join(files.visualStudio, 'Microsoft/VisualStudio/v10.0'),
			MSBuildExtensionsPath32: `${files.visualStudio}/`,
		}),
		...(hasClassicFSharp(sources) && {
			VisualStudioVersion: '10.0',
			MSBuildExtensionsPath32: `${files.visualStudio}/`,
			FSharpTargetsPath: path.join(files.visualStudio, 'Microsoft/VisualStudio/v10.0/FSharp/Microsoft.FSharp.Targets'),
		}),
		// The old way of restoring packages starts nuget.exe in the build; the packages come another way here.
		...(anyHas(/\bRestorePackages\b|NuGet\.targets/i) && { RestorePackages: 'false' }),
		...(anyHas(/\bEnsureNuGetPackageBuildImports\b/) && { RolewrightWithoutImports: 'true' }),
		...(anyHas(/[\\/]Microsoft\.Net\.Compilers\.props\b/i) && { RolewrightOwnCompiler: 'true' }),
		// This package's check stops the first build after a restore, for what it imports has only come now.
		...(anyHas(/\bBclBuildImported\b/) && { BclBuildImported: 'true' }),
	};
}

/** Only Visual Studio has this file, and the classic web project imports it from one of two places. */
const webTargets = /WebApplications[\\/]Microsoft\.WebApplication\.targets/i;

/** Events of a build are commands for the interpreter of Windows. */
export function hasWindowsEvents({ texts }: ProjectSources): boolean {
	return process.platform !== 'win32' && [...texts.values()].some(text => /<(Pre|Post)BuildEvent>\s*\S/.test(text));
}

/**
 * The folder of the solution, or one that stands for it: the old way of restoring packages imports a file from there, which is
 * often not there any more, or there in other letters, and no project can be read without it.
 */
function solutionOf(project: string, texts: readonly string[], cache: string): string | undefined {
	const solution = solutionFolder(path.dirname(project));
	const imported = texts.flatMap(text => [...text.matchAll(restoreImport)].map(([, name = '']) => name));
	const folder = solution ?? path.dirname(path.dirname(project));
	const missing = imported.filter(name => !existsSync(path.join(folder, '.nuget', name)));
	return missing.length === 0 ? solution : standInFor(folder, new Set(missing), cache);
}

const restoreImport =
	/<Import\b[^>]*\sProject\s*=\s*"\$\(SolutionDir\)[\\/]*\.nuget[\\/](nuget\.targets)"(?![^>]*\sCondition\s*=)/gi;

/** Everything of the folder by links, and what is missing as an empty file. */
function standInFor(folder: string, missing: ReadonlySet<string>, cache: string): string {
	const standIn = path.join(cache, 'solutions', createHash('sha256').update(folder).digest('hex').slice(0, 16));
	mkdirSync(path.join(standIn, '.nuget'), { recursive: true });
	for (const name of missing) {
		writeFileSync(path.join(standIn, '.nuget', name), '<Project />\n');
	}
	const here = new Set(filesOf(standIn));
	for (const name of filesOf(folder).filter(each => each.toLowerCase() !== '.nuget' && !here.has(each))) {
		link(path.join(folder, name), path.join(standIn, name));
	}
	return standIn;
}

/** Windows lets nobody make a link to a file; there the folders have to do. */
function link(target: string, place: string): void {
	try {
		symlinkSync(target, place, 'junction');
	} catch {}
}

/** The nearest folder upwards that holds a solution, as Visual Studio would say; a `.nuget` folder lies beside one. */
function solutionFolder(folder: string): string | undefined {
	for (let each = folder; ; each = path.dirname(each)) {
		if (existsSync(path.join(each, '.nuget')) || filesOf(each).some(name => /\.slnx?$/i.test(name))) {
			return each;
		}
		if (path.dirname(each) === each) {
			return undefined;
		}
	}
}

function filesOf(folder: string): readonly string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}

/** What MSBuild reads as more than itself. */
function escaped(value: string): string {
	return value.replace(/[%;,$@*?']/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
