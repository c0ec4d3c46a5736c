import type { DiskImagePlan } from '../disks/diskImages';
import type { DotnetRuntime } from '../roleHost';
import type { RolePlan } from './deploymentPlan';

/** Where the code of a role is and what is known of it from looking at it; found by the runner. */
export interface RolePlace {
	/** The folder of built code, absolute. */
	readonly code: string;
	/** Where below `code` the entry point runs: `bin` for a web project of the classic kind (role-lifecycle.md 3). */
	readonly workingFolder?: string;
	/** The assembly that the role's project makes, relative to `code`. */
	readonly assembly?: string;
	/** What runs the assembly; .NET where it is left out. */
	readonly runtime?: DotnetRuntime;
	/** `module`: the file of `node FILE` exports `onStart`, `run` or `onStop`, or was said to. */
	readonly host?: 'program' | 'module';
	/** Run in place of the entry point of the definition. */
	readonly commandLine?: string;
	/** The chain of disk images of a VM role, the base first. */
	readonly images?: readonly DiskImagePlan[];
	/** What the program's client of the runtime protocol opens. */
	readonly channel?: 'socket' | 'fifo';
	/** Variables of the role's process, over those of the definition. */
	readonly variables?: Readonly<Record<string, string>>;
	/** The sites of a web role that can be served. */
	readonly sites?: RolePlan['sites'];
	readonly siteFolders?: RolePlan['siteFolders'];
}
