import type { AccessList } from '../endpoints/accessList';
import type { Distribution, EndpointKind } from '../network';
import type { RoleEntry } from '../roleHost';
import type { SitePlan } from '../siteHost';

/**
 * What is deployed, as plain data: made by `plan.ts` from a service, one configuration and the places of the roles' code;
 * read by the deployment. A changed configuration is a new plan.
 */
export interface DeploymentPlan {
	readonly service: string;
	readonly deploymentId: string;
	/** The folder that holds one folder per instance (interfaces.md 3). */
	readonly stateFolder: string;
	readonly upgradeDomainCount: number;
	readonly topologyChangeDiscovery: 'UpgradeDomainWalk' | 'Blast';
	readonly roles: readonly RolePlan[];
}

export interface RolePlan {
	readonly name: string;
	readonly kind: 'WebRole' | 'WorkerRole' | 'VirtualMachineRole';
	readonly count: number;
	readonly entry: RoleEntry;
	/** The folder of built code that each instance gets a copy of. */
	readonly code: string;
	/** The deployment's own copy of `code`, made when it was deployed: a later build does not reach it. */
	readonly staged?: string;
	/** `vmsize`; another one in an update means other machines with new disks. */
	readonly size?: string;
	/** Where startup tasks and the entry point run, below approot: empty, or `bin` for a web role (role-lifecycle.md 3). */
	readonly workingFolder: string;
	readonly settings: Readonly<Record<string, string>>;
	/** Certificate name to thumbprint. */
	readonly certificates: Readonly<Record<string, string>>;
	readonly endpoints: readonly EndpointPlan[];
	/**
	 * The sites of a web role. A folder of theirs is relative to approot, or one of `siteFolders` by its place: `#0`, `#1/public`.
	 */
	readonly sites?: readonly SitePlan[];
	/** Folders of sites that lie outside of `code`; each instance gets a copy of them beside approot. */
	readonly siteFolders?: readonly string[];
	/** The deployment's own copies of them. */
	readonly stagedSites?: readonly string[];
	readonly localStorage: readonly {
		readonly name: string;
		readonly sizeInMB: number;
		readonly cleanOnRoleRecycle: boolean;
	}[];
	readonly startupTasks: readonly TaskPlan[];
	/** Variables of the role's own process. */
	readonly variables: readonly VariablePlan[];
}

export interface EndpointPlan {
	readonly name: string;
	readonly kind: EndpointKind;
	readonly protocol: string;
	/** The public port of an input endpoint, or the first of an instance input endpoint's range. */
	readonly publicPort?: number;
	/** The last public port of an instance input endpoint's range. */
	readonly lastPublicPort?: number;
	/** The port an instance should listen on; absent: any free one. */
	readonly localPort?: number;
	/** Who may connect; everybody where it is left out. */
	readonly access?: AccessList;
	/** The certificate that an https endpoint shows, by its name in the definition. */
	readonly certificate?: string;
	/** Decides on the rotation in place of the instance's own status. */
	readonly probe?: ProbePlan;
	/** In rotation whatever the instance says of itself. */
	readonly ignoreStatus?: boolean;
	readonly distribution?: Distribution;
	/** Milliseconds of fabric time without a byte after which a connection is dropped; 4 minutes where it is left out. */
	readonly idleTimeout?: number;
}

/** A `LoadBalancerProbe` (csdef.md 3); times in milliseconds of fabric time. */
export interface ProbePlan {
	readonly name: string;
	/** Asked by HTTP where there is one. */
	readonly path?: string;
	/** Left out: where the endpoint listens. */
	readonly port?: number;
	readonly interval: number;
	/** Silence after which the instance is taken out. */
	readonly timeout: number;
}

export interface TaskPlan {
	readonly commandLine: string;
	readonly taskType: 'simple' | 'foreground' | 'background';
	readonly executionContext: 'limited' | 'elevated';
	readonly variables: readonly VariablePlan[];
}

export interface VariablePlan {
	readonly name: string;
	/** A fixed value, or a path into the role environment, evaluated when the process starts (csdef.md 9.1). */
	readonly source: { readonly value: string } | { readonly xpath: string };
}
