import type { DebugTarget } from './host';

/**
 * The one journal of a deployment (interfaces.md 2). The tree, the timeline, the explanation of a restart, the debugger,
 * the tests and `--format jsonl` read it; nothing else tells them anything. Fields and words are a contract.
 */
export type JournalEntry = JournalHeader & JournalEvent;

export interface JournalHeader {
	/** Counts from 1 without gaps. */
	readonly n: number;
	/** ISO 8601, UTC, milliseconds: fabric time. */
	readonly at: string;
	/** `<Role>_IN_<n>`; left out where the entry concerns the deployment. */
	readonly instance?: string;
}

export type JournalEvent =
	| { readonly event: 'state'; readonly state: InstanceStatus; readonly text: string }
	| { readonly event: 'step'; readonly step: number; readonly phase: 'begin' | 'end'; readonly text: string }
	| {
			readonly event: 'process';
			readonly phase: 'started' | 'ended';
			readonly pid: number;
			readonly role: ProcessRole;
			readonly exitCode?: number;
			readonly signal?: string;
			readonly text?: string;
	  }
	| {
			readonly event: 'call';
			readonly call: CallName;
			readonly phase: 'begin' | 'end';
			readonly result?: unknown;
			readonly error?: RoleError;
	  }
	| { readonly event: 'output'; readonly stream: OutputStream; readonly text: string; readonly level?: TraceLevel }
	| { readonly event: 'command'; readonly command: string; readonly by: CommandSource }
	| { readonly event: 'restart'; readonly cause: readonly Cause[]; readonly delay: number }
	| {
			readonly event: 'disk';
			readonly disk: DiskName;
			readonly name?: string;
			readonly effect: 'kept' | 'emptied' | 'rebuilt';
			readonly why: string;
			/** What the role had there before. */
			readonly files?: number;
			readonly bytes?: number;
	  }
	| {
			readonly event: 'endpoint';
			readonly endpoint: string;
			readonly address: string;
			readonly port: number;
			readonly phase: 'open' | 'closed';
			/** True where it is the public one, in front of the instances. */
			readonly balanced?: boolean;
	  }
	| { readonly event: 'rotation'; readonly rotation: 'in' | 'out'; readonly why: string }
	| { readonly event: 'configuration'; readonly changes: readonly SettingDifference[] }
	| { readonly event: 'debugger'; readonly phase: 'waiting' | 'attached' | 'detached'; readonly target?: DebugTarget }
	| { readonly event: 'status'; readonly deployment: string; readonly instances: readonly StatusLine[] }
	| { readonly event: 'error'; readonly text: string }
	| { readonly event: 'note'; readonly text: string };

/** The values of `InstanceStatus` in the management API (role-lifecycle.md 5.1). */
export type InstanceStatus =
	| 'Unknown'
	| 'CreatingVM'
	| 'StartingVM'
	| 'CreatingRole'
	| 'StartingRole'
	| 'ReadyRole'
	| 'BusyRole'
	| 'StoppingRole'
	| 'StoppingVM'
	| 'DeletingVM'
	| 'StoppedVM'
	| 'RestartingRole'
	| 'CyclingRole'
	| 'FailedStartingRole'
	| 'FailedStartingVM'
	| 'UnresponsiveRole';

export type ProcessRole = 'host' | 'task' | 'site' | 'program' | 'build';

export type CallName =
	| 'OnStart'
	| 'Run'
	| 'OnStop'
	| 'Changing'
	| 'Changed'
	| 'SimultaneousChanging'
	| 'SimultaneousChanged'
	| 'Stopping'
	| 'StatusCheck';

export type OutputStream = 'stdout' | 'stderr' | 'trace';

export type TraceLevel = 'critical' | 'error' | 'warning' | 'information' | 'verbose';

export type CommandSource = 'stdin' | 'editor' | 'scenario' | 'role' | 'file';

/** `local`: local storage, logs, temp (C). `windows`: the system disk (D). `application`: the role's files (E/F). */
export type DiskName = 'local' | 'windows' | 'application';

/** An exception of the role's own code, as its runtime reported it. */
export interface RoleError {
	readonly type: string;
	readonly message: string;
	readonly stack?: string;
	readonly file?: string;
	readonly line?: number;
}

/** One link of the chain from what happened first to the restart; `n` is the journal entry it speaks of. */
export interface Cause {
	readonly what: string;
	readonly detail: string;
	readonly file?: string;
	readonly line?: number;
	readonly n?: number;
}

/** Secrets are masked by whoever writes the entry (`secrets.ts`). An instance count has no `setting`. */
export interface SettingDifference {
	readonly role: string;
	readonly setting?: string;
	readonly from: string | undefined;
	readonly to: string | undefined;
}

export interface StatusLine {
	readonly instance: string;
	readonly state: InstanceStatus;
	readonly text: string;
	readonly life: number;
	readonly pid?: number;
	readonly endpoints: readonly {
		readonly endpoint: string;
		readonly protocol: string;
		readonly address: string;
		readonly port: number;
	}[];
}
