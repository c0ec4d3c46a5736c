/** Names and places of instances (role-lifecycle.md 7 and 11). */

export interface InstanceName {
	readonly role: string;
	readonly index: number;
}

export function instanceId(role: string, index: number): string {
	return `${role}_IN_${index}`;
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
