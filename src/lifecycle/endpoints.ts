import type { EndpointPlan, RolePlan } from './deploymentPlan';
import { type InstanceName, instanceId } from './domains';
import type { EndpointPlace } from './environment';
import type { Listening, Network } from './host';
import type { JournalWriter } from './journalWriter';

/**
 * The ports of a deployment: each instance has its own for as long as it exists, also over recycles; input endpoints have
 * a public one in front. Everything that is opened here is closed here.
 */
export class Endpoints {
	private readonly places = new Map<string, Listening>();
	private readonly publics = new Map<string, Listening>();

	constructor(
		private readonly network: Network,
		private readonly journal: JournalWriter,
	) {}

	/** An arrow, so that it can be handed out as a `PlaceOf`. */
	readonly placeOf = (instance: string, endpoint: string): EndpointPlace | undefined => {
		const place = this.places.get(key(instance, endpoint));
		const front = this.publics.get(key(instance, endpoint)) ?? this.publics.get(key(roleOf(instance), endpoint));
		return place && { ...place, ...(front && { publicPort: front.port }) };
	};

	/** Opens the balanced side of a role's input endpoints; one that cannot be had is told. Never rejects. */
	async openRole(role: RolePlan): Promise<void> {
		for (const endpoint of role.endpoints) {
			const { publicPort } = endpoint;
			if (endpoint.kind === 'input' && publicPort !== undefined) {
				await this.told(undefined, () => this.open(role.name, endpoint, endpoint.name, publicPort, undefined));
			}
		}
	}

	/** Claims the ports that one instance listens on; it runs without one that cannot be had. Never rejects. */
	async claim(role: RolePlan, { index }: InstanceName): Promise<void> {
		const instance = instanceId(role.name, index);
		for (const endpoint of role.endpoints) {
			const { publicPort } = endpoint;
			if (endpoint.kind === 'instanceInput' && publicPort !== undefined) {
				const name = instanceFront(endpoint.name, index);
				await this.told(instance, () => this.open(role.name, endpoint, name, publicPort + index, instance));
			}
			await this.told(instance, () => this.claimOne(instance, endpoint));
		}
	}

	private async claimOne(instance: string, { name: endpoint, localPort: wished }: EndpointPlan): Promise<void> {
		const place = await this.network.claim({ instance, endpoint, ...(wished !== undefined && { wished }) });
		this.places.set(key(instance, endpoint), place);
		this.journal.write({ event: 'endpoint', endpoint, ...place, phase: 'open' }, instance);
	}

	/** One port that cannot be had keeps no other from being opened. */
	private async told(instance: string | undefined, work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			this.journal.write({ event: 'error', text: error instanceof Error ? error.message : String(error) }, instance);
		}
	}

	private async open(
		role: string,
		endpoint: EndpointPlan,
		name: string,
		wished: number,
		instance: string | undefined,
	): Promise<void> {
		const place = await this.network.open({ role, endpoint: name, protocol: endpoint.protocol, wished });
		this.publics.set(key(instance ?? role, endpoint.name), place);
		this.journal.write(
			{ event: 'endpoint', endpoint: endpoint.name, ...place, phase: 'open', balanced: true },
			instance,
		);
		if (place.port !== wished) {
			const text = `Port ${wished} of endpoint '${endpoint.name}' is taken; the endpoint is at ${place.address}:${place.port} instead.`;
			this.journal.write({ event: 'note', text }, instance);
		}
	}

	/** Sends the role's public traffic to the instances in rotation, from now on. */
	route(role: RolePlan, inRotation: readonly number[]): void {
		for (const { name, kind } of role.endpoints) {
			const targets = inRotation.flatMap(index => {
				const place = this.places.get(key(instanceId(role.name, index), name));
				return place ? [{ index, place }] : [];
			});
			if (kind === 'input' && this.publics.has(key(role.name, name))) {
				this.network.route(
					role.name,
					name,
					targets.map(target => target.place),
				);
			}
			if (kind === 'instanceInput') {
				this.routeEach(role, name, targets);
			}
		}
	}

	private routeEach(role: RolePlan, name: string, targets: readonly { index: number; place: Listening }[]): void {
		for (let index = 0; index < role.count; index++) {
			if (this.publics.has(key(instanceId(role.name, index), name))) {
				const own = targets.filter(target => target.index === index).map(target => target.place);
				this.network.route(role.name, instanceFront(name, index), own);
			}
		}
	}

	/** The instance will not come back. */
	release(instance: string): void {
		this.network.release(instance);
		this.forget(this.places, instance, false);
	}

	/** Closes every public side; the deployment has ended. */
	async close(): Promise<void> {
		for (const owner of new Set([...this.publics.keys()].map(ownerOf))) {
			this.forget(this.publics, owner, true);
		}
		await this.network.close();
	}

	private forget(map: Map<string, Listening>, owner: string, balanced: boolean): void {
		for (const [each, place] of [...map]) {
			if (ownerOf(each) !== owner) {
				continue;
			}
			map.delete(each);
			const endpoint = each.slice(owner.length + 1);
			const instance = isInstance(owner) ? owner : undefined;
			this.journal.write(
				{ event: 'endpoint', endpoint, ...place, phase: 'closed', ...(balanced && { balanced }) },
				instance,
			);
		}
	}
}

/** An instance input endpoint has a public side for each instance, named for it. */
function instanceFront(endpoint: string, index: number): string {
	return `${endpoint}_IN_${index}`;
}

function key(owner: string, endpoint: string): string {
	return `${owner}/${endpoint}`;
}

function ownerOf(each: string): string {
	return each.slice(0, each.indexOf('/'));
}

function isInstance(owner: string): boolean {
	return /_IN_\d+$/.test(owner);
}

function roleOf(instance: string): string {
	return instance.replace(/_IN_\d+$/, '');
}
