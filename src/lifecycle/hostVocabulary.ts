import type { CallName, OutputStream, ProcessRole, RoleError, TraceLevel } from './journal/journal';
import type { EnvironmentChange, RoleEnvironment } from './roleEnvironment';

/**
 * Host to fabric. The first four are what every kind of host says; a program entry point says what its kind can know.
 * `exited` is always the last, and always comes. Over the wire it is one JSON object a line (docs/host-channel.md).
 */
export type FromHost =
	| {
			readonly type: 'hello';
			readonly pid: number;
			readonly runtime: string;
			readonly role: ProcessRole;
			readonly debug?: DebugTarget;
	  }
	| { readonly type: 'output'; readonly stream: OutputStream; readonly text: string; readonly level?: TraceLevel }
	| { readonly type: 'exited'; readonly exitCode?: number; readonly signal?: string }
	/** The process could not be started or did not say hello: a sentence for the user; `exited` follows. */
	| { readonly type: 'failed'; readonly text: string; readonly error?: RoleError }
	/** `stopped`: it stands at a breakpoint now; said again without it when it goes on. */
	| { readonly type: 'debugger'; readonly attached: boolean; readonly stopped?: boolean }
	/** The answer to `debug`. */
	| { readonly type: 'reachable'; readonly target: DebugTarget }
	| { readonly type: 'call'; readonly call: CallName; readonly phase: 'begin' }
	| {
			readonly type: 'call';
			readonly call: CallName;
			readonly phase: 'end';
			readonly result?: unknown;
			readonly error?: RoleError;
	  }
	/** An exception that nobody caught, on whatever thread; the process ends after it. */
	| { readonly type: 'fault'; readonly error: RoleError }
	| { readonly type: 'requestRecycle' }
	/** A process has ended that is brought back without the instance: the next `hello` is its successor's. */
	| { readonly type: 'serviceEnded'; readonly exitCode?: number; readonly signal?: string }
	/** The answer to `checkStatus`, or a lease of the runtime protocol. */
	| { readonly type: 'status'; readonly status: 'Ready' | 'Busy' }
	| { readonly type: 'note'; readonly text: string; readonly about?: 'debugger' };

/**
 * Fabric to host, after `hello`.
 * `start`: wait for the debugger if the life says so, load, OnStart, and on true Run, without being told again.
 * `changing`: raise Changing, answer with the end of that call and `result: {cancel}`; old values stay readable.
 * `changed`: take the new environment, raise Changed.
 * `stop`: Stopping (if `raiseStopping`), then OnStop, then exit with 0.
 */
export type ToHost =
	| { readonly type: 'start' }
	| { readonly type: 'go' }
	/** A debugger wants to come while it runs; only to a host whose `hello` named no target. */
	| { readonly type: 'debug' }
	| {
			readonly type: 'changing';
			readonly changes: readonly EnvironmentChange[];
			/** What will be in force. Our own hosts wait for `changed`; a program hears of a change only by its values. */
			readonly environment?: RoleEnvironment;
	  }
	| { readonly type: 'changed'; readonly changes: readonly EnvironmentChange[]; readonly environment: RoleEnvironment }
	| { readonly type: 'simultaneousChanging'; readonly changes: readonly EnvironmentChange[] }
	| {
			readonly type: 'simultaneousChanged';
			readonly changes: readonly EnvironmentChange[];
			readonly environment: RoleEnvironment;
	  }
	| { readonly type: 'checkStatus' }
	/** To a machine: its service is stopped, or ended at once, and started again. */
	| { readonly type: 'restartService' | 'crashService' }
	| { readonly type: 'stop'; readonly raiseStopping: boolean };

/** Where a debugger attaches. */
export type DebugTarget =
	| { readonly kind: 'dotnet'; readonly processId: number }
	| { readonly kind: 'node' | 'python' | 'java'; readonly address: string; readonly port: number };
