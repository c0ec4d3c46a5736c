/** Names and places of instances (role-lifecycle.md 7 and 11). */

export interface InstanceName {
	readonly role: string;
	readonly index: number;
}

export function instanceId(role: string, index: number): string {
	return `${role}_IN_${index}`;
}

/** True for `<Role>_IN_<n>`. */
export function isInstanceId(name: string): boolean {
	return /_IN_\d+$/.test(name);
}

/** The role of `<Role>_IN_<n>`. */
export function roleOf(instance: string): string {
	return instance.replace(/_IN_\d+$/, '');
}

/** The number of `<Role>_IN_<n>`; 0 for anything else. */
export function indexOf(instance: string): number {
	return Number(/_IN_(\d+)$/.exec(instance)?.[1] ?? 0);
}

/** Each role counts its own instances from 0. */
export function upgradeDomain(index: number, upgradeDomainCount: number): number {
	return index % Math.max(1, upgradeDomainCount);
}

/** An owner sees two fault domains. */
export function faultDomain(index: number): number {
	return index % 2;
}

/** A made-up name: one host an instance, in the rack that is its fault domain, and another one after each move. */
export function hostName({ role, index }: InstanceName, moves: number): string {
	return `rack${faultDomain(index)}-${role}-${index}${moves === 0 ? '' : `-moved${moves}`}`;
}
