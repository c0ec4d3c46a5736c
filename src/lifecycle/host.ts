import type { Disposable } from '../base/emitter';
import type { CallName, Offer, OutputStream, ProcessRole, RoleError, TraceLevel } from './journal';
import type { Pace } from './mailbox';
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
	readonly sites: SiteHost;
	/** How long work makes room for others; without it everything is done at once. */
	readonly pace?: Pace;
}

export interface Clock {
	/** Milliseconds since 1970, fabric time. */
	now(): number;
	/** Calls once after so many milliseconds of fabric time, unless disposed before. */
	after(milliseconds: number, run: () => void): Disposable;
	/** Stands still until everybody who held it has let go; a clock without it never stands. */
	hold?(): Disposable;
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

/** One handle per process. A message to a process that is gone is dropped: its `exited` says so already. */
export interface RoleProcess {
	send(message: ToHost): void;
	/** Ends it and everything it started, at once; `exited` follows. */
	kill(): void;
}

/** Where a debugger attaches. */
export type DebugTarget =
	| { readonly kind: 'dotnet'; readonly processId: number }
	| { readonly kind: 'node' | 'python' | 'java'; readonly address: string; readonly port: number };

export interface TaskHost {
	start(task: TaskLife, heard: (message: FromTask) => void): { kill(): void };
}

export interface TaskLife {
	readonly instance: string;
	readonly role: string;
	readonly index: number;
	readonly commandLine: string;
	readonly folder: string;
	readonly variables: Readonly<Record<string, string>>;
}

export type FromTask =
	| { readonly type: 'started'; readonly pid: number }
	| { readonly type: 'output'; readonly stream: OutputStream; readonly text: string }
	| { readonly type: 'note'; readonly text: string }
	/** `text` says what to do where the task could not run at all, `offer` what a person may choose then. */
	| {
			readonly type: 'exited';
			readonly exitCode?: number;
			readonly signal?: string;
			readonly text?: string;
			readonly offer?: Offer;
	  };

/** Serves the sites of a web role beside its entry point, as IIS does (role-lifecycle.md 1). */
export interface SiteHost {
	/** Listens where the bindings say; no site answers before `open`. */
	start(life: SitesLife, heard: (message: FromSites) => void): RunningSites;
}

export interface SitesLife {
	readonly instance: string;
	/** The deployment's plan of them; the folders are absolute. */
	readonly sites: readonly SitePlan[];
	/** Where the bound endpoints are, by name. */
	readonly places: Readonly<Record<string, Listening>>;
	/** The endpoints that clients speak HTTPS to. */
	readonly secure: readonly string[];
	readonly root: string;
	/** What a site sees of its service; its events fire there too (role-lifecycle.md 1). */
	readonly environment: RoleEnvironment;
	readonly variables: Readonly<Record<string, string>>;
}

export interface RunningSites {
	/** The role is Ready: the processes of the sites start, and requests that have waited are answered. */
	open(): void;
	/** A changed environment is in force: sites that listen for changes hear of it. */
	change(environment: RoleEnvironment): void;
	/** Takes no new connection, and ends each process when it has nothing more to answer. Resolves when all have ended. */
	drain(): Promise<void>;
	/** Ends everything at once. */
	kill(): void;
	/** Settles when nothing of them runs any more. */
	readonly ended: Promise<void>;
}

export type FromSites =
	| { readonly type: 'started'; readonly pid: number; readonly text: string }
	| ({ readonly type: 'ended'; readonly pid: number; readonly text: string } & {
			readonly exitCode?: number;
			readonly signal?: string;
	  })
	| { readonly type: 'output'; readonly stream: OutputStream; readonly text: string }
	/** A site asks for the recycle of its instance. */
	| { readonly type: 'requestRecycle' }
	| { readonly type: 'note' | 'error'; readonly text: string };

/** One site with what it serves (csdef.md 11). */
export interface SitePlan {
	readonly name: string;
	readonly bindings: readonly { readonly endpoint: string; readonly hostHeader?: string }[];
	/** The root first; each application has a process of its own where its kind needs one. */
	readonly applications: readonly SiteApplication[];
}

export interface SiteApplication {
	/** `/`, or `/shop/api` for an application in an application. */
	readonly path: string;
	readonly folder: string;
	readonly serves: SiteKind;
	/** Virtual directories below it: their files are served as they are. */
	readonly directories: readonly { readonly path: string; readonly folder: string }[];
}

/** What answers the requests of an application. Files are relative to its folder. */
export type SiteKind =
	| { readonly kind: 'static' }
	/** `variables`: what `web.config` sets for it, as iisnode does. */
	| { readonly kind: 'node'; readonly script: string; readonly variables?: Readonly<Record<string, string>> }
	| { readonly kind: 'aspnetcore'; readonly assembly: string }
	| { readonly kind: 'php' }
	/** It listens on the port in its variable PORT. */
	| { readonly kind: 'command'; readonly commandLine: string }
	/** ASP.NET on .NET Framework: IIS Express where there is one. */
	| { readonly kind: 'aspnet' };

export type EndpointKind = 'input' | 'internal' | 'instanceInput';

/** Ports on loopback, and the balancer in front of input endpoints. */
export interface Network {
	/**
	 * A port that is free now, the wished one if it can be had. Every instance has a loopback address of its own where the
	 * system has some to give; `note` says once that it has none.
	 */
	claim(request: PortRequest): Promise<Listening & { readonly note?: string }>;
	release(instance: string): void;
	/** Opens the public side of an input endpoint; another port than the wished one where that is taken, and why. */
	open(request: FrontRequest): Promise<Listening & { readonly why?: string }>;
	/** The instances in rotation, from now on. */
	route(role: string, endpoint: string, targets: readonly BalancerTarget[]): void;
	/** Closes one public side. */
	shut(role: string, endpoint: string): void;
	/** Resolves when an instance that has left the rotation holds what was sent to it; undefined when nothing is on its way. */
	drained(instance: string): Promise<void> | undefined;
	/** One question of the load balancer to an instance. Never rejects. */
	probe(place: Listening, question: ProbeQuestion): Promise<ProbeAnswer>;
	/** Where the processes of this tree listen for TCP connections; undefined where the system does not tell. */
	listeners(pid: number): Promise<readonly Listening[] | undefined>;
	/** Closes every public side. */
	close(): Promise<void>;
}

export interface PortRequest {
	readonly instance: string;
	readonly endpoint: string;
	/** `udp`, or anything that comes over TCP. */
	readonly protocol: string;
	readonly wished?: number;
	/** Peers know the port by heart, so that every instance has the same one, each at its own address. */
	readonly fixed?: boolean;
}

export interface FrontRequest {
	readonly role: string;
	readonly endpoint: string;
	readonly protocol: string;
	readonly wished: number;
	readonly distribution?: Distribution;
	/** Milliseconds of fabric time without a byte after which a connection is dropped. */
	readonly idleTimeout?: number;
	/** What a person should know of it later: a sentence. */
	readonly noticed?: (text: string) => void;
}

/** `none`: each connection goes where its turn is; `sourceIP`, `sourceIPProtocol`: a client keeps its instance (csdef.md 7.1). */
export type Distribution = 'none' | 'sourceIP' | 'sourceIPProtocol';

export interface BalancerTarget extends Listening {
	readonly instance: string;
}

/** `path`: asked by HTTP; without one a TCP connection is all (csdef.md 3). */
export interface ProbeQuestion {
	readonly path?: string;
	/** Given up when it fires. */
	readonly signal: AbortSignal;
}

/** `healthy`: HTTP 200, or a connection. `refused`: another HTTP answer. `silent`: nothing, or no connection. */
export type ProbeAnswer =
	| { readonly answer: 'healthy' | 'silent' }
	| { readonly answer: 'refused'; readonly status: number };

export interface Listening {
	readonly address: string;
	readonly port: number;
}
