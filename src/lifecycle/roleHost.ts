import type { FromHost, ToHost } from './hostVocabulary';
import type { RoleEnvironment } from './roleEnvironment';

/** Starts one life of one instance: its host process, or its program entry point. */
export interface RoleHost {
	start(life: RoleLife, heard: (message: FromHost) => void): RoleProcess;
	/**
	 * Holds a process that said hello with this id, and all that it has started, so that it neither answers nor ends until it
	 * is killed. A sentence where this machine cannot.
	 */
	hang(pid: number): string | undefined;
}

/** One handle per process. A message to a process that is gone is dropped: its `exited` says so already. */
export interface RoleProcess {
	send(message: ToHost): void;
	/** Ends it and everything it started, at once; `exited` follows. */
	kill(): void;
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
	| {
			readonly kind: 'assembly';
			readonly assembly: string;
			readonly entryPointOptional?: boolean;
			/** `dotnet` where it is left out. */
			readonly runtime?: DotnetRuntime;
	  }
	/** A JavaScript module that exports `onStart`, `run`, `onStop`; the path is relative to approot. */
	| { readonly kind: 'module'; readonly module: string }
	/** A web role without code of its own: the base class stands in, which starts and runs for ever. */
	| { readonly kind: 'base' }
	/**
	 * Any program; it talks the runtime protocol if it likes (runtime-protocol.md). `channel`: what its client opens off
	 * Windows; left out, it is guessed from the command line.
	 */
	| {
			readonly kind: 'program';
			readonly commandLine: string;
			readonly readyOnStart: boolean;
			readonly channel?: 'socket' | 'fifo';
	  }
	/**
	 * A VM role (role-lifecycle.md 10): the adapter, a program that the service manager of its Windows runs and brings back.
	 * `images`: its chain of disk images, the base first.
	 */
	| {
			readonly kind: 'machine';
			readonly commandLine: string;
			readonly images: readonly string[];
			readonly channel?: 'socket' | 'fifo';
	  };

/** What runs an assembly: .NET, Mono, or .NET Framework, which is a part of Windows (running-dotnet-roles.md 2.2). */
export interface DotnetRuntime {
	readonly name: 'dotnet' | 'mono' | 'framework';
	/** A person has said so; then it is taken for debugging too. */
	readonly said?: boolean;
}

/** `<state>/<deployment>/<instance>/…` (interfaces.md 3); absolute paths. */
export interface InstanceFolders {
	readonly root: string;
	readonly approot: string;
	readonly resources: string;
	readonly windows: string;
	readonly temp: string;
	readonly logs: string;
}
