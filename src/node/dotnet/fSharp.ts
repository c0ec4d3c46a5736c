import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ReferenceOptions, restoreOwnProject } from './references';
import type { ProjectSources } from './sources';

/** Whether one of the projects is in F# and of the kind that Visual Studio wrote before the SDK. */
export function hasClassicFSharp({ texts }: ProjectSources): boolean {
	return [...texts].some(([file, text]) => /\.fsproj$/i.test(file) && !/<Project\b[^>]*\sSdk\s*=/.test(text));
}

/**
 * The folder of the library that every program in F# needs: the one that belongs to the compiler of the SDK, which has it as
 * a package beside it, so that no network is needed. `known` is where the last build had it; `undefined` where it cannot be had.
 */
export async function fsharpCore(options: ReferenceOptions, known?: string): Promise<string | undefined> {
	if (known !== undefined && hasLibrary(known)) {
		return known;
	}
	options.progress?.('Fetching the library of F#');
	const restored = await restoreOwnProject('fsharp', '', options, 'fsproj');
	if (restored.text !== undefined) {
		return undefined;
	}
	const assets = await readFile(path.join(options.cache, 'fetch', 'fsharp', 'obj', 'project.assets.json'), 'utf8');
	const version = /"FSharp\.Core\/([^"/]+)"/.exec(assets)?.[1] ?? '';
	return restored.folders
		.map(packages => path.join(packages, 'fsharp.core', version, 'lib', 'netstandard2.0'))
		.find(hasLibrary);
}

function hasLibrary(folder: string): boolean {
	return existsSync(path.join(folder, 'FSharp.Core.dll'));
}
