import type { Disposable } from '../base/emitter';
import type { DiagnoseOptions } from '../language/diagnostics';

/** What the server needs of the machine it runs on; paths are absolute. */
export interface ServerWorld {
	/** The definitions, configurations and projects in a folder and below it, what a build has made left out. */
	filesBelow(folder: string): readonly string[];
	/** Those of one folder alone. */
	filesIn(folder: string): readonly string[];
	/** The files whose names match in a folder and below it, those that a build or a package manager has made left out. */
	filesNamed(folder: string, name: RegExp): readonly string[];
	/** `undefined` where there is no such file, or it can't be read. */
	textOf(path: string): string | undefined;
	/** The text that the last commit has of a file; `undefined` where there is none, or nobody to ask. */
	textAtHead(path: string): Promise<string | undefined>;
	kindOf(path: string): 'file' | 'folder' | undefined;
	/** What the rules have to know of the service whose definition stands in this folder. */
	rulesIn(folder: string): DiagnoseOptions;
	/** What the `rolewright.json` of this folder says of the folders of roles' code, by role. */
	codeFoldersIn(folder: string): ReadonlyMap<string, string>;
	/** The name of the file of secrets that the `rolewright.json` of this folder says. */
	secretsFileIn(folder: string): string | undefined;
	/** The page about a problem, where there is one. */
	pageOf(code: string): string | undefined;
	/** Calls once after so many milliseconds. */
	after(milliseconds: number, run: () => void): Disposable;
	/** Tells the paths of files in and below these folders that may have changed, for a client that does not. */
	watch(folders: readonly string[], changed: (paths: readonly string[]) => void): Disposable;
}
