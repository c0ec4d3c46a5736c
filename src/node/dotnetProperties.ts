import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { BuildHelp } from './dotnetBuildRecord';
import type { BuildTool } from './dotnetMsbuild';
import type { ProjectSources } from './dotnetSources';

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
		...propertiesFor(tool),
	};
	return Object.entries(values).flatMap(([name, value]) =>
		value === undefined ? [] : [`-p:${name}=${escaped(value)}`],
	);
}

/** What the text of a project shows that it needs (running-dotnet-roles.md 1.5, 1.6 and 7.1). */
function propertiesFor({ project, files, sources }: BuildTool): Record<string, string | undefined> {
	const texts = [...sources.texts.values()];
	const anyHas = (pattern: RegExp): boolean => texts.some(text => pattern.test(text));
	const solution = anyHas(/\$\(SolutionDir\)/) ? solutionFolder(path.dirname(project)) : undefined;
	return {
		...(hasWindowsEvents(sources) && { PreBuildEvent: '', PostBuildEvent: '' }),
		...(solution !== undefined && { SolutionDir: `${solution}/` }),
		...(anyHas(webTargets) && {
			VSToolsPath: path.join(files.visualStudio, 'Microsoft/VisualStudio/v10.0'),
			MSBuildExtensionsPath32: `${files.visualStudio}/`,
		}),
		// The old way of restoring packages starts nuget.exe in the build; the packages come another way here.
		...(anyHas(/\bRestorePackages\b|NuGet\.targets/) && { RestorePackages: 'false' }),
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
