import path from 'node:path';
import type { Work } from './buildHelp';
import {
	type BuildError,
	buildErrorsOf,
	describeBuildError,
	feedNotReached,
	importsNotFound,
	packagesNotFound,
	unresolvedIn,
} from './buildOutput';
import type { BuildTry } from './msbuild';
import { type PackageLack, thePackages } from './packages';
import { dotnetSdkMissing } from './program';

interface Reasons {
	/** What could not be had for the build. */
	readonly lack?: PackageLack;
	/** Everything that MSBuild said. */
	readonly details?: string;
}

export interface WhyFailed {
	/** One sentence or a few: why, and what to do. */
	readonly text: string;
	/** What the project refers to is not to be had here; its own code may be as good as can be. */
	readonly lacking?: true;
}

/** Why a build failed and what to do. */
export function whyFailed(work: Work, last: BuildTry, { lack, details }: Reasons): WhyFailed {
	const name = path.basename(work.project);
	const text = last.lines.join('\n');
	if (last.failure !== undefined) {
		return { text: last.failure };
	}
	if (/No \.NET SDKs were found/.test(text)) {
		return { text: dotnetSdkMissing };
	}
	if (/compatible \.NET SDK was not found/.test(text)) {
		return {
			text: `${name} was not built, because global.json asks for a .NET SDK that is not installed: install it, or change global.json.`,
		};
	}
	const [first, ...others] = buildErrorsOf(last.lines);
	if (!first) {
		return {
			text: `The build of ${name} failed with exit code ${last.exitCode ?? 'unknown'} and named no error: run 'dotnet build' on it to see more.`,
		};
	}
	const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
	const error = `${describeBuildError(first)}${more}`;
	const unrestored = lackOfFeeds(text);
	const lacks = [
		...lacksOf(work.sources.texts, unresolvedIn(details ?? text), unrestored.length > 0, lack),
		...unrestored,
		...lackOfImports(text),
	];
	if (lacks.length > 0) {
		const said = first.code === 'MSB4019' ? '' : ` The build says: ${error}`;
		return { text: `${name} cannot be built here. ${lacks.join(' ')}${said}`, lacking: true };
	}
	const why = [lack && sentenceOf(lack), commandOf(first), resourceOf(first)].filter(each => each !== undefined);
	const failed = `The build of ${name} failed: ${error}`;
	return { text: why.length === 0 ? failed : `${failed.replace(/[.:;\s]*$/, '.')} ${why.join(' ')}` };
}

/** What the names that the compiler does not know come from, and how it is had. */
function lacksOf(
	texts: ReadonlyMap<string, string>,
	unresolved: readonly string[],
	unrestored: boolean,
	lack: PackageLack | undefined,
): readonly string[] {
	const isExplained = (name: string): boolean =>
		lack !== undefined && [...texts.values()].some(text => isFromPackages(name, text));
	const unexplained = unresolved.filter(name => !isExplained(name));
	return [
		...(lack !== undefined && (unrestored || unresolved.length > 0) ? [sentenceOf(lack)] : []),
		...(unexplained.length > 0 ? [notFound(unexplained)] : []),
	];
}

/** What a project needs for being read at all; a sentence for each. */
export function lackOfImports(output: string): readonly string[] {
	return importsNotFound(output).map(
		written =>
			`It needs the file '${written}', which is not there: install or restore what brings it, or give its import the condition that it exists.`,
	);
}

/** What a restore in the build did not get. */
function lackOfFeeds(output: string): readonly string[] {
	const names = packagesNotFound(output);
	const silent = feedNotReached(output);
	const [are, them] = names.length === 1 ? ['is', 'it'] : ['are', 'them'];
	return [
		...(names.length > 0
			? [
					`${thePackages(names)} ${are} not in the configured package feeds: add a feed that has ${them} to nuget.config.`,
				]
			: []),
		...(silent === undefined ? [] : [`A package feed does not answer (${silent}): connect to the network once.`]),
	];
}

function sentenceOf({ what, remedy }: PackageLack): string {
	return `${what}: ${remedy}.`;
}

/** Whether the reference of this simple name points into the packages of the solution. */
function isFromPackages(name: string, text: string): boolean {
	return [...text.matchAll(/<Reference\b[^>]*\sInclude\s*=\s*"([^",]+)[",][^>]*(?<!\/)>(.*?)<\/Reference>/gs)].some(
		([, reference, inside = '']) =>
			reference?.toLowerCase() === name.toLowerCase() && /<HintPath>[^<]*[\\/]packages[\\/]/.test(inside),
	);
}

function notFound(names: readonly string[]): string {
	const known = names.flatMap(name => packageFor.get(name.toLowerCase()) ?? []);
	const hint = known.length === 0 ? '' : ` (${known.join('; ')})`;
	const [it, they] = names.length === 1 ? ['it', 'is'] : ['them', 'are'];
	return `${names.join(', ')} ${they} not found${hint}: add the ${names.length === 1 ? 'package that holds' : 'packages that hold'} ${it}, or put the ${names.length === 1 ? 'file where the hint path of its reference points' : 'files where the hint paths of the references point'}.`;
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
