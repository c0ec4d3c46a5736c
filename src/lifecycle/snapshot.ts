import type { WalkMode } from './deployment/domainWalk';
import type { Cause, InstanceStatus, StatusLine } from './journal/journal';
import type { Listening } from './network';

/** What the tree and the debugger show: a value made from the journal, never asked of a process. */
export interface DeploymentSnapshot {
	readonly service: string;
	readonly deploymentId: string;
	/** Left out in production. */
	readonly slot?: 'staging';
	/** The other deployment of the service, where one was staged; its `slot` says so. */
	readonly staging?: DeploymentSnapshot;
	/** Where the outside reaches it. */
	readonly publicEndpoints?: readonly PublicEndpoint[];
	readonly status: DeploymentStatus;
	/** While an update or a rollback walks: `UpgradeStatus` of the management API (role-lifecycle.md 7). */
	readonly update?: UpdateStatus;
	readonly instances: readonly InstanceSnapshot[];
}

/** `instance`: of an instance input endpoint; the others are balanced over the role. */
export interface PublicEndpoint extends Listening {
	readonly role: string;
	readonly instance?: string;
	readonly endpoint: string;
	readonly protocol: string;
}

export interface UpdateStatus {
	readonly mode: WalkMode;
	/** The upgrade domain that is being walked, or comes next. */
	readonly domain: number;
	readonly state: 'Before' | 'During';
}

/** Deployment status of the management API (role-lifecycle.md 5.1), and `Stopped` when nothing is deployed any more. */
export type DeploymentStatus =
	| 'Deploying'
	| 'Running'
	| 'RunningTransitioning'
	| 'Suspending'
	| 'Suspended'
	| 'Starting'
	| 'Deleting'
	| 'Stopped';

/** A value: an instance to which nothing has happened is the same object in the next snapshot. */
export interface InstanceSnapshot extends StatusLine {
	/** Of the deployment that it belongs to; left out in production. With `instance` it makes its address (`slots.ts`). */
	readonly slot?: 'staging';
	readonly role: string;
	readonly index: number;
	readonly upgradeDomain: number;
	readonly faultDomain: number;
	/** The made-up name of the host that it is on; another one after healing. */
	readonly host?: string;
	readonly inRotation: boolean;
	/** When it came into its state; ISO 8601, fabric time. */
	readonly since: string;
	/** When the process of this life began, where there is one: an instance that is Busy for a moment has not begun anew. */
	readonly upSince?: string;
	readonly debugger: 'none' | 'waiting' | 'attached';
	/** A debugger has stopped it; fabric time stands with it. */
	readonly isStopped?: true;
	readonly lastRestart: readonly Cause[] | undefined;
	/** The state is `InstanceStatus`; what a person may ask of it now. */
	readonly can: { readonly start: boolean; readonly stop: boolean; readonly recycle: boolean };
}

export type { InstanceStatus };
