import type { DebugTarget } from '../hostVocabulary';

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
	/** The entry is of the deployment that stands in the staging slot now; production is not named. */
	readonly slot?: 'staging';
	/**
	 * Which of the two deployments, whatever slot it stands in: with `instance` it names one machine for good, also over a
	 * swap. Left out for the deployment that the run began with.
	 */
	readonly deploymentId?: string;
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
			/** At the end, where there is no `error`; `null` where the call returns nothing. */
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
			/** The public port of the definition, where that could not be had. */
			readonly declaredPort?: number;
	  }
	/** `endpoint`: only of this one, whose custom probe decides. */
	| { readonly event: 'rotation'; readonly rotation: 'in' | 'out'; readonly why: string; readonly endpoint?: string }
	| { readonly event: 'configuration'; readonly changes: readonly SettingDifference[] }
	/** `reachable`: a debugger may come while the process runs. `stopped`: it stands at a breakpoint, and fabric time with it, until `continued`. */
	| {
			readonly event: 'debugger';
			readonly phase: 'waiting' | 'reachable' | 'attached' | 'stopped' | 'continued' | 'detached';
			readonly target?: DebugTarget;
	  }
	| { readonly event: 'status'; readonly deployment: string; readonly instances: readonly StatusLine[] }
	| { readonly event: 'error'; readonly text: string; readonly offer?: Offer }
	/** `about`: why no debugger comes to the instance, which whoever asked for one wants to see. */
	| { readonly event: 'note'; readonly text: string; readonly offer?: Offer; readonly about?: 'debugger' };

/** What a person can do about it: an editor offers it beside the text, which says it too. */
export type Offer =
	/** A startup task cannot run on this system; `rolewright.json` can say what happens instead. */
	| { readonly kind: 'taskChoice'; readonly role: string; readonly commandLine: string }
	/** The storage emulator is needed, and is not installed. */
	| { readonly kind: 'installAzurite' };

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

export type CommandSource = 'stdin' | 'editor' | 'assistant' | 'scenario' | 'role' | 'file';

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
		/** Where clients come in, on loopback; and the port of the definition where that could not be had. */
		readonly publicPort?: number;
		readonly declaredPort?: number;
		/** Where a custom probe decides for this endpoint alone. */
		readonly inRotation?: boolean;
	}[];
}
