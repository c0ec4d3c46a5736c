import type { Deployment } from '../lifecycle/deployment/deployment';
import type { HostedService } from '../lifecycle/deployment/hostedService';
import type { DeploymentPlan } from '../lifecycle/plan/deploymentPlan';
import type { Clock } from '../lifecycle/world';
import type { ChildDebuggers } from './childSession';
import type { LaunchArguments } from './launchArguments';

/** What a debug session needs of the editor, as an interface that a test can play. */
export interface DebugWorld {
	/**
	 * Builds and starts the service; those `instances` that the launch names wait for a debugger in each life.
	 * Rejects with a Failure; `stopped` ends a start that is under way.
	 */
	start(launch: LaunchArguments, stopped: AbortSignal): Promise<DebuggedRun>;
	/** The service that runs already; throws a Failure where it does not. */
	running(service: string): DebuggedRun;
	/** The editor's sessions below this one. */
	readonly debuggers: ChildDebuggers;
	/** The address of what a service and its build wrote, for a person whose start failed. */
	outputOf(service: string): OutputLink;
	/** Where the definition declares a role now: what is shown of an instance that stands where it has no code to show. */
	declarationOf?(run: DebuggedRun, role: string): Declaration | undefined;
	/** The fabric stands, at this place of an instance's life or, empty, where it was paused; undefined: it goes on. */
	stands?(run: DebuggedRun, place: string | undefined): void;
	/** Wall time: a debugger's patience has nothing to do with the fabric's time. */
	readonly clock: Clock;
}

/** A place in a file; both count from 1. */
export interface Declaration {
	readonly path: string;
	readonly line: number;
	readonly column: number;
}

/** An address that the editor can open, and what its button says. */
export interface OutputLink {
	readonly url: string;
	readonly urlLabel: string;
}

/** A service that runs; the runner's `RunningService` is one. */
export interface DebuggedRun {
	readonly deployment: DebuggedDeployment;
	/** What was deployed first; its instances are those whose entries name no deployment. */
	readonly plan: DeploymentPlan;
	/** Fabric time. */
	readonly clock?: Pick<Clock, 'hold'>;
	/** An orderly stop of everything; resolves when nothing of it is left. The second call ends everything at once. */
	stop(): Promise<void>;
}

/** What debugging needs of a service with its two deployments, or of a deployment alone; instances have addresses. */
export type DebuggedDeployment = Pick<
	Deployment,
	'journal' | 'snapshot' | 'onSnapshot' | 'setDebug' | 'goOn' | 'gate' | 'environmentOf' | 'debuggerStopped' | 'submit'
> &
	Partial<Pick<HostedService, 'planIn'>>;
