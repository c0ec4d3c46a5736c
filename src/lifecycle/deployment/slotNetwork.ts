import type { Network, PortRequest } from '../network';

/**
 * The network as one of the two deployments of a service sees it. Both have instances of the same names, so each has a
 * name of its own for them below; and what it has opened to the outside it can exchange with the other (a swap).
 */
export class SlotNetwork implements Network {
	private side: PublicSide;

	constructor(
		private readonly shared: Network,
		/** Tells the names of this deployment from those of the other; no name of a role holds a slash. */
		private readonly prefix: string,
	) {
		this.side = { prefix, open: new Map() };
	}

	claim(request: PortRequest): ReturnType<Network['claim']> {
		return this.shared.claim({ ...request, instance: this.named(request.instance) });
	}

	release(instance: string): void {
		this.shared.release(this.named(instance));
	}

	open(request: Parameters<Network['open']>[0]): ReturnType<Network['open']> {
		const { role, endpoint } = request;
		this.side.open.set(`${role}/${endpoint}`, { role, endpoint });
		return this.shared.open({ ...request, role: this.side.prefix + role });
	}

	route(role: string, endpoint: string, targets: Parameters<Network['route']>[2]): void {
		const own = targets.map(target => ({ ...target, instance: this.named(target.instance) }));
		this.shared.route(this.side.prefix + role, endpoint, own);
	}

	shut(role: string, endpoint: string): void {
		this.side.open.delete(`${role}/${endpoint}`);
		this.shared.shut(this.side.prefix + role, endpoint);
	}

	drained(instance: string): Promise<void> | undefined {
		return this.shared.drained(this.named(instance));
	}

	probe(...asked: Parameters<Network['probe']>): ReturnType<Network['probe']> {
		return this.shared.probe(...asked);
	}

	listeners(pid: number): ReturnType<Network['listeners']> {
		return this.shared.listeners(pid);
	}

	/** What is open to the outside changes hands and stays open: connections that are there go on. */
	exchange(other: SlotNetwork): void {
		[this.side, other.side] = [other.side, this.side];
	}

	/** Only its own; the network goes on for the other deployment. */
	async close(): Promise<void> {
		for (const { role, endpoint } of [...this.side.open.values()]) {
			this.shut(role, endpoint);
		}
	}

	private named(instance: string): string {
		return this.prefix + instance;
	}
}

interface PublicSide {
	readonly prefix: string;
	readonly open: Map<string, { readonly role: string; readonly endpoint: string }>;
}
