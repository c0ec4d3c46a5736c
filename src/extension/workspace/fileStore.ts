import * as vscode from 'vscode';
import type { Surroundings } from '../../scaffold/surroundings';
import type { FolderReader } from './projectRules';
import type { ServiceIndex } from './serviceIndex';

/**
 * What editing asks of the place where the files are: a disk (`diskStore.ts`), or whatever the editor of a browser shows
 * (`browserStore.ts`).
 */
export interface FileStore {
	/** What stands beside definitions. */
	folders(log: vscode.LogOutputChannel): FolderReader;
	/** True for a file that is there and cannot be written. */
	isLocked(uri: vscode.Uri): Promise<boolean>;
	/** What lies around a service. */
	around(index: ServiceIndex, definition: string): Around;
}

/** What a plan may ask of what lies around a service. */
export interface Around {
	/** As they are at this moment. */
	now(): Surroundings;
	/** Settles when everything is known that the making of this plan asks for. */
	know(plan: () => unknown): Promise<void>;
}

/** Whether the file system itself says so. */
export async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
	const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
	return (permissions & vscode.FilePermission.Readonly) !== 0;
}
