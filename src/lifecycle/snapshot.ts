import type { WalkMode } from './domainWalk';
import type { Cause, InstanceStatus, StatusLine } from './journal';

/** What the tree and the debugger show: a value made from the journal, never asked of a process. */
export interface DeploymentSnapshot {
	readonly service: string;
	readonly deploymentId: string;
	readonly status: DeploymentStatus;
	/** While an update or a rollback walks: `UpgradeStatus` of the management API (role-lifecycle.md 7). */
	readonly update?: UpdateStatus;
	readonly instances: readonly InstanceSnapshot[];
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

export interface InstanceSnapshot extends StatusLine {
	readonly role: string;
	readonly index: number;
	readonly upgradeDomain: number;
	readonly faultDomain: number;
	/** The made-up name of the host that it is on; another one after healing. */
	readonly host?: string;
	readonly inRotation: boolean;
	readonly since: string;
	readonly debugger: 'none' | 'waiting' | 'attached';
	readonly lastRestart: readonly Cause[] | undefined;
	/** The state is `InstanceStatus`; what a person may ask of it now. */
	readonly can: { readonly start: boolean; readonly stop: boolean; readonly recycle: boolean };
}

export type { InstanceStatus };
