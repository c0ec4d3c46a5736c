import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Work } from './dotnetBuildHelp';
import { type BuildError, buildErrorsOf, describeBuildError, hasUnknownNames } from './dotnetBuildOutput';
import type { BuildTry } from './dotnetMsbuild';
import { dotnetSdkMissing } from './dotnetProgram';

interface Reasons {
	/** What could not be had for the build. */
	readonly lack?: string;
	/** Everything that MSBuild said. */
	readonly details?: string;
}

/** Why a build failed and what to do. */
export function sentenceFor({ project, sources }: Work, last: BuildTry, { lack, details }: Reasons): string {
	const name = path.basename(project);
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
	const failed = `The build of ${name} failed: ${describeBuildError(first)}${more}`;
	const why = [
		lack,
		importsOf(sources.texts, [first, ...others]),
		unresolvedIn(details ?? text),
		commandOf(first),
		resourceOf(first),
	].filter(each => each !== undefined);
	return why.length === 0 ? failed : `${failed.replace(/[.:;\s]*$/, '.')} ${why.join(' ')}`;
}

/** A project that imports files of its packages stops in a check of its own, which no property answers. */
function importsOf(texts: ReadonlyMap<string, string>, errors: readonly BuildError[]): string | undefined {
	if (!errors.some(({ message }) => /missing/i.test(message) && /NuGet package/i.test(message))) {
		return undefined;
	}
	const missing = [...texts].flatMap(([file, text]) =>
		[...text.matchAll(/<Import\b[^>]*\sProject\s*=\s*"([^"$]*?[\\/]?packages)[\\/]/g)].map(([, folder = '']) =>
			path.resolve(path.dirname(file), folder.replaceAll('\\', '/')),
		),
	);
	const folder = missing.find(each => !existsSync(each)) ?? missing[0];
	return folder === undefined
		? undefined
		: `The project imports build files from its packages, so they must lie in ${folder}: run 'nuget restore' on the solution, or restore them in Visual Studio, once.`;
}

/** The names that the compiler does not know come from assemblies that are not there. */
function unresolvedIn(text: string): string | undefined {
	if (!hasUnknownNames(text)) {
		return undefined;
	}
	const found = [...text.matchAll(/MSB3245:.*?Could not locate the assembly "([^",]+)/g)].map(([, name = '']) => name);
	const names = [...new Set(found)];
	if (names.length === 0) {
		return undefined;
	}
	const known = names.flatMap(name => packageFor.get(name.toLowerCase()) ?? []);
	const hint = known.length === 0 ? '' : ` (${known.join('; ')})`;
	return `Not found: ${names.join(', ')}${hint}. Add the packages that hold them, or put the files where the hint paths of the references point.`;
}

/** Assemblies that came with the Azure SDK and live on in packages. */
const packageFor: ReadonlyMap<string, string> = new Map([
	['microsoft.windowsazure.storageclient', 'StorageClient is in the package WindowsAzure.Storage 1.7.0'],
	['microsoft.windowsazure.storage', 'Storage is in the package WindowsAzure.Storage'],
	['microsoft.servicebus', 'ServiceBus is in the package WindowsAzure.ServiceBus'],
	['system.web.mvc', 'System.Web.Mvc is in the package Microsoft.AspNet.Mvc'],
	['microsoft.web.administration', 'Microsoft.Web.Administration is part of IIS and works only on Windows'],
	['microsoft.windowsazure.clouddrive', 'CloudDrive came only with the Azure SDK and works only on Windows'],
]);

function commandOf({ code }: BuildError): string | undefined {
	return code === 'MSB3073' && process.platform !== 'win32'
		? "The project runs a command of Windows while it is built: give that target the condition '$(OS)' == 'Windows_NT', or build the role on Windows and switch building off."
		: undefined;
}

/** Pictures and other objects in .resx files need a library that a classic project cannot name by itself. */
function resourceOf({ code }: BuildError): string | undefined {
	return /^MSB382[23]$/.test(code)
		? 'A .resx file of the project holds something other than text, which the .NET SDK does not compile for a classic project: build the role with Visual Studio and switch building off, or load those files at run time.'
		: undefined;
}
