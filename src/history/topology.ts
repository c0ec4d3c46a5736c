import type { InstanceStatus } from '../lifecycle/journal/journal';
import type { Slot } from '../lifecycle/slots';
import type { DeploymentStatus } from '../lifecycle/snapshot';

/** A service as a picture needs it: from its files before it runs, from its snapshot while it does. */
export interface Topology {
	readonly service: string;
	readonly deployments: readonly TopologyDeployment[];
}

export interface TopologyDeployment {
	readonly slot: Slot;
	/** Left out where it does not run. */
	readonly status?: DeploymentStatus;
	readonly upgradeDomainCount: number;
	readonly roles: readonly TopologyRole[];
	/** Who may speak to which internal endpoint; an endpoint that is not named is open to every role (csdef.md 14). */
	readonly rules: readonly TrafficLine[];
}

export interface TopologyRole {
	readonly name: string;
	readonly kind: 'WebRole' | 'WorkerRole' | 'VirtualMachineRole';
	readonly endpoints: readonly TopologyEndpoint[];
	readonly instances: readonly TopologyInstance[];
}

export interface TopologyEndpoint {
	readonly name: string;
	readonly kind: 'input' | 'internal' | 'instanceInput';
	readonly protocol: string;
	/** `80`, `8000-8010`, `*`; left out where any port is meant. */
	readonly port?: string;
	/** Where clients reach it now. */
	readonly at?: string;
}

export interface TopologyInstance {
	readonly instance: string;
	readonly index: number;
	readonly upgradeDomain: number;
	readonly faultDomain: number;
	/** Left out where it does not run. */
	readonly now?: { readonly state: InstanceStatus; readonly text: string; readonly inRotation: boolean };
}

export interface TrafficLine {
	/** Names of roles, or all of them. */
	readonly from: readonly string[] | 'all';
	readonly role: string;
	readonly endpoint: string;
}

/** The rules about an internal endpoint; none means that every role may speak to it. */
export function rulesAbout({ rules }: TopologyDeployment, role: string, endpoint: string): readonly TrafficLine[] {
	return rules.filter(rule => rule.role === role && rule.endpoint === endpoint);
}

export function isPublic({ kind }: TopologyEndpoint): boolean {
	return kind !== 'internal';
}

/** `Web http 80 (127.0.0.1:18080)` */
export function endpointText({ name, protocol, port, at }: TopologyEndpoint): string {
	return [name, protocol, ...(port === undefined ? [] : [port]), ...(at === undefined ? [] : [`(${at})`])].join(' ');
}
