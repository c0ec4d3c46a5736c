/** The two places of a service's deployments (role-lifecycle.md 7): each has its own public addresses. */
export type Slot = 'production' | 'staging';

/** How commands and people call an instance, a role or `all`: `staging:Worker_IN_0`; production is not named. */
export function addressOf({ instance, slot }: { readonly instance: string; readonly slot?: Slot }): string {
	return slot === 'staging' ? `staging:${instance}` : instance;
}

/** The slot that an address names, and the name within it; no name of a role or an instance holds a colon. */
export function readAddress(address: string): { readonly slot: Slot; readonly name: string } {
	const [, slot, name] = /^(production|staging):(.*)$/s.exec(address) ?? [];
	return { slot: slot === 'staging' ? 'staging' : 'production', name: name ?? address };
}
