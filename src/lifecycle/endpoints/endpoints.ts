import { textOfError } from '../../base/failure';
import { type InstanceName, indexOf, instanceId, isInstanceId, roleOf } from '../domains';
import type { StatusLine } from '../journal/journal';
import type { JournalWriter } from '../journal/journalWriter';
import type { EndpointPlace, Listening, Network } from '../network';
import type { EndpointPlan, RolePlan } from '../plan/deploymentPlan';
import type { PublicEndpoint } from '../snapshot';
import { type AccessList, clientText, refusalOf } from './accessList';
import { ByEndpoint, instanceFront } from './byEndpoint';

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
	private readonly places = new ByEndpoint<Listening>();
	private readonly fronts = new ByEndpoint<Front>();
	/** Who may come in, by role; a connection asks when it comes. */
	private readonly admissions = new ByEndpoint<(client: string) => boolean>();

	constructor(
		private readonly network: Network,
		private readonly journal: JournalWriter,
		/** What the custom probe of an endpoint says of an instance. */
		private readonly isHealthy: (instance: string, endpoint: string) => boolean = () => false,
	) {}

	/** An arrow, so that it can be handed out as a `PlaceOf`. */
	readonly placeOf = (instance: string, endpoint: string): EndpointPlace | undefined => {
		const place = this.places.get(instance, endpoint);
		const front = this.frontOf(instance, endpoint);
		return place && { ...place, ...(front && { publicPort: front.port }) };
	};

	/** Where the instance itself listens. */
	listeningOf(instance: string, endpoint: string): Listening | undefined {
		return this.places.get(instance, endpoint);
	}

	/** `owner`: a role, or an instance where each has a public side of its own. */
	hasFront(owner: string, endpoint: string): boolean {
		return this.fronts.get(owner, endpoint) !== undefined;
	}

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
		return this.fronts.get(instance, endpoint) ?? this.fronts.get(roleOf(instance), endpoint);
	}

	/** A swap: each has the public sides of the other from now on (`slotNetwork.ts`). Route the roles of both anew after it. */
	exchangePublicSides(other: Endpoints): void {
		this.fronts.exchange(other.fronts);
	}

	/** Where the outside reaches the instances; `protocolOf` knows the endpoints of a role. */
	publicEndpoints(protocolOf: (role: string, endpoint: string) => string): readonly PublicEndpoint[] {
		return this.fronts.all().map(({ owner, endpoint, value: { address, port } }) => {
			const role = roleOf(owner);
			const instance = isInstanceId(owner) && { instance: owner };
			return { role, ...instance, endpoint, protocol: protocolOf(role, endpoint), address, port };
		});
	}

	/** From now on its list decides who comes in; everybody does where it has none. */
	admit(role: string, { name, access }: EndpointPlan): void {
		const noticed = (text: string) => this.journal.write({ event: 'note', text });
		this.admissions.set(role, name, access ? admission(access, name, noticed) : () => true);
		noticed(
			access
				? `The access control list '${access.name}' decides from now on who comes to the endpoint '${name}' of the role '${role}'; no instance is told.`
				: `No access control list stands before the endpoint '${name}' of the role '${role}' any more; no instance is told.`,
		);
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
		this.places.set(instance, name, place);
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
			this.journal.write({ event: 'error', text: textOfError(error) }, instance);
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
		if (plan.access && !this.admissions.get(role, endpoint)) {
			this.admissions.set(role, endpoint, admission(plan.access, endpoint, noticed));
		}
		const { address, port, why } = await this.network.open({
			role,
			endpoint: front,
			protocol,
			wished,
			...(distribution !== undefined && { distribution }),
			idleTimeout,
			admits: client => this.admissions.get(role, endpoint)?.(client) ?? true,
			noticed,
		});
		this.fronts.set(instance ?? role, endpoint, { address, port, declaredPort: wished });
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

	/** The instance will not come back. */
	release(instance: string): void {
		const fronts = this.fronts.take(instance);
		for (const endpoint of fronts.keys()) {
			this.network.shut(roleOf(instance), instanceFront(endpoint, indexOf(instance)));
		}
		this.network.release(instance);
		this.closed(instance, fronts, true);
		this.closed(instance, this.places.take(instance), false);
	}

	/** Closes every public side; the deployment has ended. */
	async close(): Promise<void> {
		for (const { owner } of this.fronts.all()) {
			this.closed(owner, this.fronts.take(owner), true);
		}
		await this.network.close();
	}

	private closed(owner: string, places: ReadonlyMap<string, Listening>, balanced: boolean): void {
		const instance = isInstanceId(owner) ? owner : undefined;
		for (const [endpoint, { address, port }] of places) {
			this.journal.write(
				{ event: 'endpoint', endpoint, address, port, phase: 'closed', ...(balanced && { balanced }) },
				instance,
			);
		}
	}
}

/** A client that is refused may come again and again; it is told of once. */
function admission(list: AccessList, endpoint: string, noticed: (text: string) => void): (client: string) => boolean {
	const told = new Set<string>();
	return client => {
		const refusal = refusalOf(list, client);
		if (refusal !== undefined && !told.has(client)) {
			told.add(client);
			noticed(
				`A connection from ${clientText(list, client)} to the endpoint '${endpoint}' was refused: ${refusal}. Later ones from there are refused without a word.`,
			);
		}
		return refusal === undefined;
	};
}
