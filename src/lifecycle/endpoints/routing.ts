import { instanceId } from '../domains';
import type { BalancerTarget, Network } from '../network';
import type { EndpointPlan, RolePlan } from '../plan/deploymentPlan';
import { ByEndpoint, instanceFront } from './byEndpoint';
import type { Endpoints } from './endpoints';

/** An instance as the load balancer sees it. */
export interface Candidate {
	readonly index: number;
	/** Ready, and not on its way down. */
	readonly inRotation: boolean;
}

/** One that gets traffic, with its number in the role. */
interface Target extends BalancerTarget {
	readonly index: number;
}

/** Sends the public traffic of a deployment, endpoint by endpoint, to the instances that get it (role-lifecycle.md 9). */
export class Routing {
	/** Where the traffic of each balanced endpoint was sent last. */
	private readonly routed = new ByEndpoint<readonly Target[]>();

	constructor(
		private readonly network: Pick<Network, 'route'>,
		private readonly endpoints: Pick<Endpoints, 'listeningOf' | 'hasFront'>,
		/** What the custom probe of an endpoint says of an instance. */
		private readonly isHealthy: (instance: string, endpoint: string) => boolean,
	) {}

	/** The role's traffic goes to those of its instances that are in rotation, from now on. */
	route(role: RolePlan, candidates: readonly Candidate[]): void {
		for (const endpoint of role.endpoints) {
			const targets = candidates.flatMap(candidate => this.targetOf(role, endpoint, candidate) ?? []);
			if (endpoint.kind === 'input') {
				this.balance(role.name, endpoint.name, targets);
			}
			if (endpoint.kind === 'instanceInput') {
				for (const { index } of candidates) {
					const instance = instanceId(role.name, index);
					const own = targets.filter(target => target.instance === instance);
					this.routeOwn(role.name, endpoint.name, index, own);
				}
			}
		}
	}

	/**
	 * One instance has joined the rotation or left it: what `route` would do, at a price that a thousand of them can pay.
	 * Only for a role whose endpoints ask for nothing but the instance's own status.
	 */
	routeOne(role: RolePlan, candidate: Candidate): void {
		for (const endpoint of role.endpoints) {
			const target = this.targetOf(role, endpoint, candidate);
			if (endpoint.kind === 'input') {
				const before = this.routed.get(role.name, endpoint.name) ?? [];
				this.balance(role.name, endpoint.name, replaced(before, candidate.index, target));
			}
			if (endpoint.kind === 'instanceInput') {
				this.routeOwn(role.name, endpoint.name, candidate.index, target ? [target] : []);
			}
		}
	}

	/** Nothing where the instance gets no traffic of this endpoint. */
	private targetOf(role: RolePlan, endpoint: EndpointPlan, candidate: Candidate): Target | undefined {
		const instance = instanceId(role.name, candidate.index);
		const place = this.endpoints.listeningOf(instance, endpoint.name);
		const status = endpoint.probe ? this.isHealthy(instance, endpoint.name) : candidate.inRotation;
		return place && (endpoint.ignoreStatus || status) ? { ...place, instance, index: candidate.index } : undefined;
	}

	private balance(role: string, endpoint: string, targets: readonly Target[]): void {
		if (this.endpoints.hasFront(role, endpoint)) {
			this.routed.set(role, endpoint, targets);
			this.network.route(role, endpoint, targets);
		}
	}

	private routeOwn(role: string, endpoint: string, index: number, targets: readonly BalancerTarget[]): void {
		if (this.endpoints.hasFront(instanceId(role, index), endpoint)) {
			this.network.route(role, instanceFront(endpoint, index), targets);
		}
	}
}

/** In the order of their numbers. Copies once: a thousand of them do this one after the other. */
function replaced(targets: readonly Target[], index: number, target: Target | undefined): readonly Target[] {
	const known = targets.findIndex(each => each.index >= index);
	const place = known === -1 ? targets.length : known;
	const made = [...targets];
	made.splice(place, targets[place]?.index === index ? 1 : 0, ...(target ? [target] : []));
	return made;
}
