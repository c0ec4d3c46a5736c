import type { EndpointPlan, RolePlan } from './deploymentPlan';
import { indexOf, instanceId } from './domains';
import { filedUnder, instanceFront } from './endpointKeys';
import type { Endpoints } from './endpoints';
import type { BalancerTarget, Network } from './network';

/** An instance as the load balancer sees it. */
export interface Candidate {
	readonly index: number;
	/** Ready, and not on its way down. */
	readonly inRotation: boolean;
}

/** Sends the public traffic of a deployment, endpoint by endpoint, to the instances that get it (role-lifecycle.md 9). */
export class Routing {
	/** Where the traffic of each balanced endpoint was sent last. */
	private readonly routed = new Map<string, readonly BalancerTarget[]>();

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
		const instance = instanceId(role.name, candidate.index);
		for (const endpoint of role.endpoints) {
			const target = this.targetOf(role, endpoint, candidate);
			if (endpoint.kind === 'input') {
				const before = this.routed.get(filedUnder(role.name, endpoint.name)) ?? [];
				const others = before.filter(each => each.instance !== instance);
				this.balance(role.name, endpoint.name, target ? inserted(others, target) : others);
			}
			if (endpoint.kind === 'instanceInput') {
				this.routeOwn(role.name, endpoint.name, candidate.index, target ? [target] : []);
			}
		}
	}

	/** Nothing where the instance gets no traffic of this endpoint. */
	private targetOf(role: RolePlan, endpoint: EndpointPlan, candidate: Candidate): BalancerTarget | undefined {
		const instance = instanceId(role.name, candidate.index);
		const place = this.endpoints.listeningOf(instance, endpoint.name);
		const status = endpoint.probe ? this.isHealthy(instance, endpoint.name) : candidate.inRotation;
		return place && (endpoint.ignoreStatus || status) ? { ...place, instance } : undefined;
	}

	private balance(role: string, endpoint: string, targets: readonly BalancerTarget[]): void {
		if (this.endpoints.hasFront(role, endpoint)) {
			this.routed.set(filedUnder(role, endpoint), targets);
			this.network.route(role, endpoint, targets);
		}
	}

	private routeOwn(role: string, endpoint: string, index: number, targets: readonly BalancerTarget[]): void {
		if (this.endpoints.hasFront(instanceId(role, index), endpoint)) {
			this.network.route(role, instanceFront(endpoint, index), targets);
		}
	}
}

/** In the order of their numbers; most join at the end. */
function inserted(targets: readonly BalancerTarget[], target: BalancerTarget): readonly BalancerTarget[] {
	const number = indexOf(target.instance);
	const after = targets.findLastIndex(each => indexOf(each.instance) < number);
	return [...targets.slice(0, after + 1), target, ...targets.slice(after + 1)];
}
