/** What a deployment knows of its endpoints, filed by who has them, a role or an instance, and by their names. */
export class ByEndpoint<T> {
	private readonly owners = new Map<string, Map<string, T>>();

	get(owner: string, endpoint: string): T | undefined {
		return this.owners.get(owner)?.get(endpoint);
	}

	set(owner: string, endpoint: string, value: T): void {
		const filed = this.owners.get(owner);
		if (filed) {
			filed.set(endpoint, value);
		} else {
			this.owners.set(owner, new Map([[endpoint, value]]));
		}
	}

	/** In the order in which the owners came. */
	all(): readonly { readonly owner: string; readonly endpoint: string; readonly value: T }[] {
		return [...this.owners].flatMap(([owner, filed]) =>
			[...filed].map(([endpoint, value]) => ({ owner, endpoint, value })),
		);
	}

	/** Forgets an owner, and tells what was its. */
	take(owner: string): ReadonlyMap<string, T> {
		const filed = this.owners.get(owner) ?? new Map<string, T>();
		this.owners.delete(owner);
		return filed;
	}

	exchange(other: ByEndpoint<T>): void {
		const mine = [...this.owners];
		const theirs = [...other.owners];
		this.give(theirs);
		other.give(mine);
	}

	private give(owners: readonly (readonly [string, Map<string, T>])[]): void {
		this.owners.clear();
		for (const [owner, filed] of owners) {
			this.owners.set(owner, filed);
		}
	}
}

/** An instance input endpoint has a public side for each instance, named for it. */
export function instanceFront(endpoint: string, index: number): string {
	return `${endpoint}_IN_${index}`;
}
