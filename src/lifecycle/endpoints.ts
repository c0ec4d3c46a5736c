import type { EndpointPlan, RolePlan } from './deploymentPlan';
import { type InstanceName, instanceId } from './domains';
import type { EndpointPlace } from './environment';
import type { StatusLine } from './journal';
import type { JournalWriter } from './journalWriter';
import type { BalancerTarget, Listening, Network } from './network';
import type { PublicEndpoint } from './snapshot';

/** An instance as the load balancer sees it. */
export interface Candidate {
	readonly index: number;
	/** Ready, and not on its way down. */
	readonly inRotation: boolean;
}

/** What the outside sees of an instance's endpoint (`StatusLine`). */
export type EndpointFront = Pick<StatusLine['endpoints'][number], 'publicPort' | 'declaredPort' | 'inRotation'>;

interface Front extends Listening {
	/** The public port that the definition gives it. */
	readonly declaredPort: number;
}

/** What a connection may be quiet for where nothing else is said (csdef.md 7.1). */
const defaultIdleTimeout = 4 * 60_000;

/**
 * The ports of a deployment: each instance has its own for as long as it exists, also over recycles; input endpoints have
 * a public one in front. Everything that is opened here is closed here.
 */
export class Endpoints {
	private readonly places = new Map<string, Listening>();
	private readonly fronts = new Map<string, Front>();
	/** Where the traffic of each balanced endpoint was sent last. */
	private readonly routed = new Map<string, readonly BalancerTarget[]>();

	constructor(
		private readonly network: Network,
		private readonly journal: JournalWriter,
		/** What the custom probe of an endpoint says of an instance. */
		private readonly isHealthy: (instance: string, endpoint: string) => boolean = () => false,
	) {}

	/** An arrow, so that it can be handed out as a `PlaceOf`. */
	readonly placeOf = (instance: string, endpoint: string): EndpointPlace | undefined => {
		const place = this.places.get(key(instance, endpoint));
		const front = this.frontOf(instance, endpoint);
		return place && { ...place, ...(front && { publicPort: front.port }) };
	};

	/** `isProbed`: a custom probe decides for it. */
	viewOf(instance: string, endpoint: string, isProbed: boolean): EndpointFront {
		const front = this.frontOf(instance, endpoint);
		return {
			...(front && { publicPort: front.port }),
			...(front && front.port !== front.declaredPort && { declaredPort: front.declaredPort }),
			...(isProbed && { inRotation: this.isHealthy(instance, endpoint) }),
		};
	}

	private frontOf(instance: string, endpoint: string): Front | undefined {
		return this.fronts.get(key(instance, endpoint)) ?? this.fronts.get(key(roleOf(instance), endpoint));
	}

	/** A swap: each has the public sides of the other from now on (`slotNetwork.ts`). Route the roles of both anew after it. */
	exchangePublicSides(other: Endpoints): void {
		const mine = [...this.fronts];
		const theirs = [...other.fronts];
		for (const [fronts, given] of [
			[this.fronts, theirs],
			[other.fronts, mine],
		] as const) {
			fronts.clear();
			for (const [name, front] of given) {
				fronts.set(name, front);
			}
		}
	}

	/** Where the outside reaches the instances; `protocolOf` knows the endpoints of a role. */
	publicEndpoints(protocolOf: (role: string, endpoint: string) => string): readonly PublicEndpoint[] {
		return [...this.fronts].map(([name, { address, port }]) => {
			const owner = ownerOf(name);
			const endpoint = name.slice(owner.length + 1);
			const role = roleOf(owner);
			const instance = isInstance(owner) && { instance: owner };
			return { role, ...instance, endpoint, protocol: protocolOf(role, endpoint), address, port };
		});
	}

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
			if (endpoint.kind === 'instanceInput') {
				await this.told(instance, () => this.openForInstance(role, endpoint, index));
			}
			await this.told(instance, () => this.claimOne(instance, endpoint));
		}
	}

	private async claimOne(instance: string, endpoint: EndpointPlan): Promise<void> {
		const { name, kind, protocol, localPort: wished } = endpoint;
		const fixed = kind === 'internal' && wished !== undefined;
		const request = {
			instance,
			endpoint: name,
			protocol,
			...(wished !== undefined && { wished }),
			...(fixed && { fixed }),
		};
		const { note, address, port } = await this.network.claim(request);
		const place = { address, port };
		this.places.set(key(instance, name), place);
		this.journal.write({ event: 'endpoint', endpoint: name, ...place, phase: 'open' }, instance);
		if (note !== undefined) {
			this.journal.write({ event: 'note', text: note });
		}
		if (fixed && port !== wished) {
			const text = `Port ${wished} of internal endpoint '${name}' cannot be had at ${address}; the endpoint is at ${address}:${port} instead.`;
			this.journal.write({ event: 'note', text }, instance);
		}
	}

	/** Each instance has one port of the range, in turn (csdef.md 7.3). */
	private async openForInstance(role: RolePlan, endpoint: EndpointPlan, index: number): Promise<void> {
		const { name, publicPort, lastPublicPort } = endpoint;
		const instance = instanceId(role.name, index);
		if (publicPort === undefined) {
			return;
		}
		const wished = publicPort + index;
		if (lastPublicPort !== undefined && wished > lastPublicPort) {
			const text = `The endpoint '${name}' has the public ports ${publicPort} to ${lastPublicPort} only, and none is left for this instance: make its FixedPortRange longer.`;
			this.journal.write({ event: 'error', text }, instance);
			return;
		}
		await this.open(role.name, endpoint, instanceFront(name, index), wished, instance);
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
		plan: EndpointPlan,
		front: string,
		wished: number,
		instance: string | undefined,
	): Promise<void> {
		const { name: endpoint, protocol, distribution, idleTimeout = defaultIdleTimeout } = plan;
		const noticed = (text: string) => this.journal.write({ event: 'note', text }, instance);
		const { address, port, why } = await this.network.open({
			role,
			endpoint: front,
			protocol,
			wished,
			...(distribution !== undefined && { distribution }),
			idleTimeout,
			noticed,
		});
		this.fronts.set(key(instance ?? role, endpoint), { address, port, declaredPort: wished });
		const declared = port !== wished && { declaredPort: wished };
		this.journal.write(
			{ event: 'endpoint', endpoint, address, port, phase: 'open', balanced: true, ...declared },
			instance,
		);
		if (port !== wished) {
			noticed(
				`Port ${wished} of endpoint '${endpoint}' ${why ?? 'is taken'}; the endpoint is at ${address}:${port} instead.`,
			);
		}
	}

	/** Sends the role's public traffic to the instances that are in rotation, endpoint by endpoint, from now on. */
	route(role: RolePlan, candidates: readonly Candidate[]): void {
		for (const endpoint of role.endpoints) {
			const targets = candidates.flatMap(candidate => this.targetOf(role, endpoint, candidate) ?? []);
			if (endpoint.kind === 'input' && this.fronts.has(key(role.name, endpoint.name))) {
				this.routed.set(key(role.name, endpoint.name), targets);
				this.network.route(role.name, endpoint.name, targets);
			}
			if (endpoint.kind === 'instanceInput') {
				this.routeEach(role, endpoint.name, candidates, targets);
			}
		}
	}

	/**
	 * One instance has joined the rotation or left it: what `route` would do, at a price that a thousand of them can pay.
	 * Only for a role whose endpoints ask for nothing but the instance's own status.
	 */
	routeOne(role: RolePlan, candidate: Candidate): void {
		const instance = instanceId(role.name, candidate.index);
		for (const endpoint of role.endpoints) {
			const { name, kind } = endpoint;
			const target = this.targetOf(role, endpoint, candidate);
			const own = key(role.name, name);
			if (kind === 'input' && this.fronts.has(own)) {
				const others = (this.routed.get(own) ?? []).filter(each => each.instance !== instance);
				const targets = target ? inserted(others, target) : others;
				this.routed.set(own, targets);
				this.network.route(role.name, name, targets);
			}
			if (kind === 'instanceInput' && this.fronts.has(key(instance, name))) {
				this.network.route(role.name, instanceFront(name, candidate.index), target ? [target] : []);
			}
		}
	}

	/** Nothing where the instance gets no traffic of this endpoint (role-lifecycle.md 9). */
	private targetOf(role: RolePlan, endpoint: EndpointPlan, candidate: Candidate): BalancerTarget | undefined {
		const instance = instanceId(role.name, candidate.index);
		const place = this.places.get(key(instance, endpoint.name));
		const status = endpoint.probe ? this.isHealthy(instance, endpoint.name) : candidate.inRotation;
		return place && (endpoint.ignoreStatus || status) ? { ...place, instance } : undefined;
	}

	private routeEach(
		role: RolePlan,
		name: string,
		candidates: readonly Candidate[],
		targets: readonly BalancerTarget[],
	): void {
		for (const { index } of candidates) {
			const instance = instanceId(role.name, index);
			if (this.fronts.has(key(instance, name))) {
				const own = targets.filter(target => target.instance === instance);
				this.network.route(role.name, instanceFront(name, index), own);
			}
		}
	}

	/** The instance will not come back. */
	release(instance: string): void {
		const suffix = instance.slice(roleOf(instance).length);
		for (const each of [...this.fronts.keys()].filter(one => ownerOf(one) === instance)) {
			this.network.shut(roleOf(instance), each.slice(instance.length + 1) + suffix);
		}
		this.network.release(instance);
		this.forget(this.fronts, instance, true);
		this.forget(this.places, instance, false);
	}

	/** Closes every public side; the deployment has ended. */
	async close(): Promise<void> {
		for (const owner of new Set([...this.fronts.keys()].map(ownerOf))) {
			this.forget(this.fronts, owner, true);
		}
		await this.network.close();
	}

	private forget(map: Map<string, Listening>, owner: string, balanced: boolean): void {
		for (const [each, { address, port }] of map) {
			if (!each.startsWith(`${owner}/`)) {
				continue;
			}
			map.delete(each);
			const endpoint = each.slice(owner.length + 1);
			const instance = isInstance(owner) ? owner : undefined;
			this.journal.write(
				{ event: 'endpoint', endpoint, address, port, phase: 'closed', ...(balanced && { balanced }) },
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

/** In the order of their numbers; most join at the end. */
function inserted(targets: readonly BalancerTarget[], target: BalancerTarget): readonly BalancerTarget[] {
	const number = indexOf(target.instance);
	const after = targets.findLastIndex(each => indexOf(each.instance) < number);
	return [...targets.slice(0, after + 1), target, ...targets.slice(after + 1)];
}

function indexOf(instance: string): number {
	return Number(instance.slice(instance.lastIndexOf('_') + 1));
}
