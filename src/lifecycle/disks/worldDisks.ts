import type { DiskName } from '../journal/journal';
import type { InstanceFolders } from '../roleHost';

/** The three disks of an instance (role-lifecycle.md 8.2). */
export interface Disks {
	/**
	 * Makes the folders as the effects say; `application: 'rebuilt'` copies the role's code afresh. Tells what was there
	 * before; nothing of a disk that was never prepared. Rejects with a Failure.
	 */
	prepare(request: DiskRequest): Promise<DiskContents | undefined>;
	/** Removes the folders of an instance that will not come back. */
	remove(instance: string): Promise<void>;
	/**
	 * Copies the code of one role as it is now and gives the folder of the copy, so that a later build does not reach what is
	 * deployed (running-dotnet-roles.md 3.3). Rejects with a Failure.
	 */
	stage(role: string, code: string): Promise<string>;
	/** Removes a folder that `stage` gave. */
	unstage(folder: string): Promise<void>;
}

/** What a role had on its disks before they were prepared. */
export interface DiskContents {
	readonly areas: readonly DiskArea[];
	/** What was written into approot since it was a fresh copy of the code, where that is replaced. */
	readonly written?: WrittenFiles;
	/** The same where it is kept: nobody waits for the counting, and what comes while it lasts does not count. Never rejects. */
	readonly writtenAndKept?: Promise<WrittenFiles>;
}

/** `name`: a local store; without one the rest of its disk. Of very many files not all are counted. */
export interface DiskArea {
	readonly disk: DiskName;
	readonly name?: string;
	readonly files: number;
	readonly bytes: number;
}

export interface WrittenFiles {
	readonly files: number;
	readonly bytes: number;
	/** The first few, relative to approot. */
	readonly names: readonly string[];
}

export interface DiskRequest {
	readonly instance: string;
	readonly folders: InstanceFolders;
	/** The folder of built code that approot is a copy of. */
	readonly code: string;
	/** Folders of sites beside approot, on the same disk, each with what it is a copy of. */
	readonly sites?: readonly { readonly from: string; readonly to: string }[];
	readonly effects: Readonly<Record<DiskName, 'kept' | 'rebuilt'>>;
	readonly localResources: readonly {
		readonly name: string;
		readonly path: string;
		readonly effect: 'kept' | 'emptied';
		/** Its quota, which is reported and not enforced. */
		readonly sizeInMB?: number;
	}[];
}
