import type { CallName, Cause, InstanceStatus, RoleError, TraceLevel } from '../journal/journal';
import type { EnvironmentChange } from '../roleEnvironment';
import { launching, loading } from './launching';
import { preparing, runningTasks, unborn } from './preparing';
import { running } from './running';
import { starting } from './starting';
import { ending, finishing, stopping } from './stopping';
import { delayed, removed, removing, stopped } from './waiting';

/**
 * One role instance as a value. The phase says what exists: a role process exists exactly in `launching` to `ending`, and
 * its process id is known exactly after its hello. Startup tasks that still run are in `tasks`, whatever the phase.
 */
export type Instance = Common & Phase;

export interface Common {
	readonly shape: Shape;
	/** How many lives were started; the current one where there is a process. */
	readonly life: number;
	/** Failures in a row, forgotten after a steady life (`restartPolicy.ts`). */
	readonly failures: number;
	/** Indices of startup tasks whose processes run. */
	readonly tasks: readonly number[];
	/** What has happened to the disks since they were last prepared; none means that only processes restart. */
	readonly disks: readonly DiskEvent[];
}

/** What the machine must know of the role. */
export interface Shape {
	readonly tasks: readonly {
		readonly taskType: 'simple' | 'foreground' | 'background';
		readonly commandLine: string;
	}[];
	/** A `RoleEntryPoint` (or module) in a host of ours, or a program entry point. */
	readonly entry: 'role' | 'program';
	/** A program counts as Ready once its process runs. */
	readonly readyOnStart: boolean;
	/** A VM role: its service manager brings the program back, and the instance takes no part in that. */
	readonly machine?: { readonly images: readonly string[] };
	/** Milliseconds; suspended while a debugger is attached. */
	readonly onStopLimit: number;
}

export type Phase =
	/** Nothing of it exists yet. */
	| { readonly phase: 'unborn' }
	/** Disks are being made for the events `preparing`; `after`: what comes in place of the start. */
	| { readonly phase: 'preparing'; readonly preparing: readonly DiskEvent[]; readonly after: After | undefined }
	/** Waits for the simple startup task `current`; the disks were made for the events `prepared`. */
	| { readonly phase: 'runningTasks'; readonly prepared: readonly DiskEvent[]; readonly current: number }
	/** The process was asked for and has not said hello. */
	| ({ readonly phase: 'launching' } & Pending)
	/** Said hello; loads the role's code, or waits for a debugger first. */
	| ({ readonly phase: 'loading'; readonly pid: number; readonly waits: boolean } & Attended)
	/** In OnStart, or a program that has not reported Ready. `then`: stops as soon as OnStart has returned. */
	| ({ readonly phase: 'starting'; readonly pid: number; readonly after: After | undefined } & Attended)
	/** OnStart has returned true. `asked`: a status check is not answered yet. `applying`: the first change is past Changing. */
	| ({
			readonly phase: 'running';
			readonly pid: number;
			readonly busy: boolean;
			readonly asked: boolean;
			readonly applying: boolean;
	  } & Attended)
	/** The orderly stop: Stopping, OnStop, exit. */
	| { readonly phase: 'stopping'; readonly pid: number; readonly debugged: boolean; readonly after: After }
	/** It ends without OnStop, by itself or by a kill. */
	| { readonly phase: 'ending'; readonly pid: number | undefined; readonly debugged: boolean; readonly after: After }
	/** The role process is gone; startup tasks still run. */
	| { readonly phase: 'finishing'; readonly after: After }
	/** Waits before it starts again. */
	| { readonly phase: 'delayed' }
	| { readonly phase: 'stopped' }
	/** Scaled in: its disks are being removed. */
	| { readonly phase: 'removing' }
	| { readonly phase: 'removed' };

/** Changes that a process has not been told of: it holds the environment that it was started with. */
interface Pending {
	readonly changes: readonly Change[];
}

interface Attended extends Pending {
	readonly debugged: boolean;
}

/** A changed configuration for one instance: ask (Changing), restart without asking, or tell all at once (Blast). */
export interface Change {
	readonly manner: 'ask' | 'restart' | 'simultaneous';
	readonly changes: readonly EnvironmentChange[];
}

/** What follows when the processes are gone. `failed`: the role brought it about itself, so the restart may be delayed. */
export type After =
	/** `hurried`: not even a foreground task is waited for. */
	| { readonly to: 'rest' | 'remove'; readonly hurried?: true }
	| {
			readonly to: 'restart';
			readonly cause: readonly Cause[];
			readonly failed: boolean;
			/** What is done to the machine or its code; absent where only processes restart. */
			readonly by?: RestartEvent;
			readonly hurried?: true;
	  };

/** What happens to the disks before a start (`disks.ts`). */
export type DiskEvent = 'provision' | 'recycle' | 'stopAndStart' | RestartEvent;

/** What is done to an instance's machine or code; how each goes is the table of `restartEvents.ts`. */
export type RestartEvent =
	| 'reboot'
	| 'hardReboot'
	| 'powerCycle'
	| 'hostOsUpdate'
	| 'guestOsUpdate'
	| 'reimage'
	| 'update'
	| 'sizeChange'
	| 'heal'
	| 'rebuild';

/** `n`: the journal entry that tells of it, for the chain of causes. */
export type InstanceEvent = { readonly n?: number } & (
	| { readonly type: 'start'; readonly why: string }
	| { readonly type: 'stop' }
	| { readonly type: 'recycle'; readonly why: string }
	| { readonly type: 'crash'; readonly why: string }
	| { readonly type: 'restart'; readonly how: RestartEvent; readonly why: string }
	/** Its process stops answering and does not end. */
	| { readonly type: 'hang' }
	/** Scale-in: an orderly stop, and it does not come back. */
	| { readonly type: 'remove' }
	/** No more patience: everything of it ends now. */
	| { readonly type: 'kill' }
	/** Nobody will attach a debugger. */
	| { readonly type: 'go' }
	| { readonly type: 'change'; readonly change: Change }
	| { readonly type: 'prepared' }
	| { readonly type: 'prepareFailed'; readonly text: string }
	| { readonly type: 'removed' }
	| ({ readonly type: 'taskExited'; readonly index: number; readonly text?: string } & ExitOf)
	| { readonly type: 'hello'; readonly pid: number; readonly waits: boolean }
	| {
			readonly type: 'called';
			readonly call: CallName;
			readonly phase: 'begin' | 'end';
			readonly result?: unknown;
			readonly error?: RoleError;
	  }
	| { readonly type: 'fault'; readonly error: RoleError }
	| { readonly type: 'failed'; readonly text: string; readonly error?: RoleError }
	| { readonly type: 'requestRecycle' }
	| { readonly type: 'status'; readonly status: 'Ready' | 'Busy' }
	| { readonly type: 'debugger'; readonly attached: boolean }
	| ({ readonly type: 'exited' } & ExitOf)
	| { readonly type: 'timer'; readonly timer: Timer }
);

export interface ExitOf {
	readonly exitCode?: number;
	readonly signal?: string;
}

/** `limit`: of OnStop, or of an end that does not come. `check`: the next status check. `steady`: Ready for long enough. */
export type Timer = 'restart' | 'limit' | 'check' | 'steady';

/** What the world must do, or the journal must say, in this order. */
export type Effect =
	| { readonly do: 'state'; readonly state: InstanceStatus; readonly text: string }
	| { readonly do: 'step'; readonly step: number; readonly phase: 'begin' | 'end'; readonly text: string }
	| { readonly do: 'rotation'; readonly rotation: 'in' | 'out'; readonly why: string }
	| { readonly do: 'restart'; readonly cause: readonly Cause[]; readonly delay: number }
	| { readonly do: 'statusCheck'; readonly status: 'Ready' | 'Busy' }
	| { readonly do: 'error'; readonly text: string }
	| { readonly do: 'note'; readonly text: string; readonly level?: TraceLevel }
	/** The event was asked by a person and cannot be done now. */
	| { readonly do: 'refuse'; readonly text: string }
	| { readonly do: 'prepare'; readonly disks: readonly DiskEvent[] }
	/** The instance goes to another host. */
	| { readonly do: 'move' }
	| { readonly do: 'remove' }
	| { readonly do: 'startTask'; readonly index: number }
	| { readonly do: 'killTask'; readonly index: number }
	/** Ends what startup tasks have left running when they ended. */
	| { readonly do: 'endLeftovers' }
	| { readonly do: 'startRole' }
	/** `stopQuietly`: OnStop without Stopping before it. */
	| {
			readonly do: 'send';
			readonly message: 'start' | 'go' | 'checkStatus' | 'stop' | 'stopQuietly' | 'restartService' | 'crashService';
	  }
	| { readonly do: 'hang' }
	| { readonly do: 'sendChanging'; readonly change: Change }
	| { readonly do: 'sendChanged'; readonly change: Change }
	| { readonly do: 'kill' }
	| { readonly do: 'setTimer'; readonly timer: Timer; readonly milliseconds: number }
	| { readonly do: 'clearTimers'; readonly timers: readonly Timer[] };

export type Step = readonly [Instance, readonly Effect[]];

export function newInstance(shape: Shape): Instance {
	return { shape, life: 0, failures: 0, tasks: [], disks: ['provision'], phase: 'unborn' };
}

/** Pure, total: what an instance becomes by an event, and what the world must do about it. Never throws. */
export function step(instance: Instance, event: InstanceEvent): Step {
	switch (instance.phase) {
		case 'unborn':
			return unborn(instance, event);
		case 'preparing':
			return preparing(instance, event);
		case 'runningTasks':
			return runningTasks(instance, event);
		case 'launching':
			return launching(instance, event);
		case 'loading':
			return loading(instance, event);
		case 'starting':
			return starting(instance, event);
		case 'running':
			return running(instance, event);
		case 'stopping':
			return stopping(instance, event);
		case 'ending':
			return ending(instance, event);
		case 'finishing':
			return finishing(instance, event);
		case 'delayed':
			return delayed(instance, event);
		case 'stopped':
			return stopped(instance, event);
		case 'removing':
			return removing(instance, event);
		case 'removed':
			return removed(instance, event);
	}
}

/** The member of the union with this phase. */
export type In<P extends Phase['phase']> = Common & Extract<Phase, { readonly phase: P }>;

/** The phases in which a role process exists. */
export type WithProcess = In<'launching' | 'loading' | 'starting' | 'running' | 'stopping' | 'ending'>;
