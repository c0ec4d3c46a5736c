import type { Disposable } from '../base/emitter';
import type { CallName, OutputStream, ProcessRole, RoleError, TraceLevel } from './journal';
import type { Disks } from './worldDisks';

/**
 * What the fabric needs of the world, as interfaces small enough to be played by a test: time, the process of a role,
 * a startup task, the disks. The real ones are in `src/node`. Nothing in `src/lifecycle` knows a process, a socket or a file.
 */
export interface World {
	readonly clock: Clock;
	readonly roles: RoleHost;
	readonly tasks: TaskHost;
	readonly disks: Disks;
	readonly network: Network;
}

export interface Clock {
	/** Milliseconds since 1970, fabric time. */
	now(): number;
	/** Calls once after so many milliseconds of fabric time, unless disposed before. */
	after(milliseconds: number, run: () => void): Disposable;
}

/** Starts one life of one instance: its host process, or its program entry point. */
export interface RoleHost {
	start(life: RoleLife, heard: (message: FromHost) => void): RoleProcess;
	/**
	 * Holds a process that said hello with this id, and all that it has started, so that it neither answers nor ends until it
	 * is killed. A sentence where this machine cannot.
	 */
	hang(pid: number): string | undefined;
}

/** Everything one life is started with. */
export interface RoleLife {
	readonly instance: string;
	/** Counts from 1; with `instance` it names a process and a debug session. */
	readonly life: number;
	readonly entry: RoleEntry;
	readonly folders: InstanceFolders;
	/** Variables of the process, over those of the fabric's own environment: `RoleRoot`, `RoleName`, those of the definition, ... */
	readonly variables: Readonly<Record<string, string>>;
	readonly environment: RoleEnvironment;
	/** The host announces itself and loads the role only when a debugger is attached, or after `go`. */
	readonly waitForDebugger: boolean;
}

export type RoleEntry =
	/**
	 * A .NET assembly with a `RoleEntryPoint`; the path is relative to approot. A web role needs no entry point of its own:
	 * where it has none and `entryPointOptional` says so, the base class stands in.
	 */
	| { readonly kind: 'assembly'; readonly assembly: string; readonly entryPointOptional?: boolean }
	/** A JavaScript module that exports `onStart`, `run`, `onStop`; the path is relative to approot. */
	| { readonly kind: 'module'; readonly module: string }
	/** Any program; it talks the runtime protocol if it likes (runtime-protocol.md). */
	| { readonly kind: 'program'; readonly commandLine: string; readonly readyOnStart: boolean };

/** `<state>/<deployment>/<instance>/…` (interfaces.md 3); absolute paths. */
export interface InstanceFolders {
	readonly root: string;
	readonly approot: string;
	readonly resources: string;
	readonly windows: string;
	readonly temp: string;
	readonly logs: string;
}

/** What role code sees of its service: the source of `RoleEnvironment` in every language. */
export interface RoleEnvironment {
	readonly deploymentId: string;
	readonly emulated: boolean;
	readonly instanceId: string;
	readonly roleName: string;
	readonly faultDomain: number;
	readonly updateDomain: number;
	readonly settings: Readonly<Record<string, string>>;
	readonly localResources: readonly LocalResourceView[];
	/** Every role of the service; instances of another role only where it has an internal endpoint; the own instance always. */
	readonly roles: readonly RoleView[];
}

export interface LocalResourceView {
	readonly name: string;
	/** Absolute, with a trailing separator. */
	readonly path: string;
	readonly sizeInMB: number;
}

export interface RoleView {
	readonly name: string;
	readonly instances: readonly InstanceView[];
}

export interface InstanceView {
	readonly id: string;
	readonly faultDomain: number;
	readonly updateDomain: number;
	readonly endpoints: readonly EndpointView[];
}

export interface EndpointView {
	readonly name: string;
	/** `http`, `https`, `tcp`, `udp` or `any`. */
	readonly protocol: string;
	/** Where the instance itself listens. */
	readonly address: string;
	readonly port: number;
	readonly publicPort?: number;
}

export type EnvironmentChange =
	| { readonly kind: 'setting'; readonly name: string }
	| { readonly kind: 'topology'; readonly role: string }
	| { readonly kind: 'certificate'; readonly thumbprint: string };

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
	| { readonly type: 'debugger'; readonly attached: boolean }
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
	/** The answer to `checkStatus`, or a lease of the runtime protocol. */
	| { readonly type: 'status'; readonly status: 'Ready' | 'Busy' }
	| { readonly type: 'note'; readonly text: string };

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
	| { readonly type: 'stop'; readonly raiseStopping: boolean };

/** One handle per process. A message to a process that is gone is dropped: its `exited` says so already. */
export interface RoleProcess {
	send(message: ToHost): void;
	/** Ends it and everything it started, at once; `exited` follows. */
	kill(): void;
}

/** Where a debugger attaches. */
export type DebugTarget =
	| { readonly kind: 'dotnet'; readonly processId: number }
	| { readonly kind: 'node'; readonly address: string; readonly port: number };

export interface TaskHost {
	start(task: TaskLife, heard: (message: FromTask) => void): { kill(): void };
}

export interface TaskLife {
	readonly instance: string;
	readonly index: number;
	readonly commandLine: string;
	readonly folder: string;
	readonly variables: Readonly<Record<string, string>>;
}

export type FromTask =
	| { readonly type: 'started'; readonly pid: number }
	| { readonly type: 'output'; readonly stream: OutputStream; readonly text: string }
	/** `text` says what to do where the task could not run at all. */
	| { readonly type: 'exited'; readonly exitCode?: number; readonly signal?: string; readonly text?: string };

export type EndpointKind = 'input' | 'internal' | 'instanceInput';

/** Ports on loopback, and the balancer in front of input endpoints. */
export interface Network {
	/** A port that is free now, the wished one if it can be had; the address is a loopback address. */
	claim(request: {
		readonly instance: string;
		readonly endpoint: string;
		readonly wished?: number;
	}): Promise<Listening>;
	release(instance: string): void;
	/** Opens the public side of an input endpoint; another port than the wished one where that is taken. */
	open(request: {
		readonly role: string;
		readonly endpoint: string;
		readonly protocol: string;
		readonly wished: number;
	}): Promise<Listening>;
	/** The instances in rotation, from now on. */
	route(role: string, endpoint: string, targets: readonly Listening[]): void;
	/** Closes every public side. */
	close(): Promise<void>;
}

export interface Listening {
	readonly address: string;
	readonly port: number;
}
