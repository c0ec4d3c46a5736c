import type { ActorContext } from '../actor/actorContext';
import { InstanceActor } from '../actor/instanceActor';
import { RoleViews } from '../actor/roleViews';
import type { InstanceName } from '../domains';
import { Endpoints } from '../endpoints/endpoints';
import { Probes } from '../endpoints/probes';
import { Routing } from '../endpoints/routing';
import { Serving } from '../endpoints/serving';
import type { DeploymentPlan, RolePlan } from '../plan/deploymentPlan';
import type { PublicEndpoint } from '../snapshot';
import type { Difference } from './difference';

/** What the instances of a deployment share with it. */
export interface InstancesContext
	extends Pick<ActorContext, 'world' | 'journal' | 'onStopLimit' | 'debug' | 'post' | 'gate' | 'slot'> {
	/** Ports were asked for by a deployment that has meanwhile been given up. */
	readonly isGivenUp: () => boolean;
}

/** The instances of a deployment, with the ports in front of them and of their own. */
export class Instances {
	private readonly actors = new Map<string, InstanceActor>();
	private readonly endpoints: Endpoints;
	private readonly routing: Routing;
	private readonly serving: Serving;
	private readonly views = new RoleViews();
	private ordered: readonly InstanceActor[] | undefined;
	/** Claims of ports that are under way: nothing is closed before they have settled. */
	private claims = 0;

	constructor(private readonly context: InstancesContext) {
		const { world, journal, post } = context;
		const { network, clock } = world;
		const isHealthy = (instance: string, endpoint: string) => probes.isHealthy(instance, endpoint);
		const endpoints = new Endpoints(network, journal, isHealthy);
		this.routing = new Routing(network, endpoints, isHealthy);
		const changed = (role: string) => this.routeRole(role);
		const probes: Probes = new Probes({ clock, network, journal, placeOf: endpoints.placeOf, post, changed });
		this.endpoints = endpoints;
		this.serving = new Serving({ world, journal, endpoints, probes, post });
	}

	/** In the order of the definition, and by number. */
	get all(): readonly InstanceActor[] {
		this.ordered ??= inOrder([...this.actors.values()]);
		return this.ordered;
	}

	get(id: string): InstanceActor | undefined {
		return this.actors.get(id);
	}

	get isClaiming(): boolean {
		return this.claims > 0;
	}

	add(name: InstanceName, plan: DeploymentPlan): InstanceActor {
		const { world, journal, onStopLimit, debug, post, gate, slot } = this.context;
		const actor = new InstanceActor(name, plan, {
			world,
			journal,
			onStopLimit,
			debug,
			post,
			gate,
			slot,
			placeOf: this.endpoints.placeOf,
			views: this.views,
			viewOf: (instance, endpoint, isProbed) => this.endpoints.viewOf(instance, endpoint, isProbed),
			serving: this.serving,
			rotationChanged: () => this.rotationChanged(actor),
			removed: id => {
				this.endpoints.release(id);
				this.actors.delete(id);
				this.ordered = this.ordered?.filter(each => each !== actor);
				this.views.forget();
			},
		});
		this.actors.set(actor.id, actor);
		this.ordered = undefined;
		return actor;
	}

	/** The public side of every role first, so that it gets the ports that people know. `also` is waited for too. */
	open(plan: DeploymentPlan, then: () => void, also: Promise<void>): void {
		const opened = plan.roles.reduce(
			(before, role) => before.then(() => this.endpoints.openRole(role)),
			Promise.resolve(),
		);
		this.claim(this.all, then, opened, also);
	}

	/** Who may connect from now on, in the balancer at once: no instance takes part in it. */
	admit({ roles }: DeploymentPlan, difference: Pick<Difference, 'roles'>): void {
		for (const { role, access } of difference.roles) {
			for (const endpoint of roles.find(({ name }) => name === role)?.endpoints ?? []) {
				if (access.includes(endpoint.name)) {
					this.endpoints.admit(role, endpoint);
				}
			}
		}
	}

	/** Goes on when the ports are there; one that cannot be had is told, and its instance runs without it. */
	claim(
		actors: readonly InstanceActor[],
		then: () => void,
		before: Promise<void> = Promise.resolve(),
		also: Promise<void> = Promise.resolve(),
	): void {
		const { post, isGivenUp } = this.context;
		const settled = () => {
			this.claims--;
			if (!isGivenUp()) {
				then();
			}
		};
		this.claims++;
		const claimed = actors.reduce(
			(done, actor) => done.then(() => this.endpoints.claim(actor.rolePlan, actor.name)).then(() => this.placed(actor)),
			before,
		);
		void Promise.all([claimed, also]).then(() => post(settled));
	}

	/** The deployment has ended: gives back every port. */
	async close(): Promise<void> {
		await this.serving.close();
		const { post } = this.context;
		await new Promise<void>(resolve => {
			// From inside of a task, so that they wait in a row, in which others have a turn.
			post(() => {
				for (const id of this.actors.keys()) {
					post(() => this.endpoints.release(id));
				}
				post(resolve);
			});
		});
		await this.endpoints.close();
	}

	/** Where the outside reaches them. */
	get publicEndpoints(): readonly PublicEndpoint[] {
		const roles = new Map<string, RolePlan>();
		for (const { name, rolePlan } of this.all) {
			roles.set(name.role, rolePlan);
		}
		const protocolOf = (role: string, name: string) =>
			roles.get(role)?.endpoints.find(endpoint => endpoint.name === name)?.protocol ?? '';
		return this.endpoints.publicEndpoints(protocolOf);
	}

	/** A swap: each has the public addresses of the other from now on, and what they had goes on as it was. */
	exchangePublicSides(other: Instances): void {
		this.endpoints.exchangePublicSides(other.endpoints);
		for (const instances of [this, other]) {
			instances.views.forget();
			const roles = new Map(instances.all.map(actor => [actor.name.role, actor]));
			for (const actor of instances.all) {
				actor.moved();
			}
			for (const actor of roles.values()) {
				instances.route(actor);
			}
		}
	}

	/** Looked at while there is time, one after the other: who looks at all of them next waits for none. */
	private placed(actor: InstanceActor): void {
		this.views.forget();
		actor.moved();
		actor.snapshot();
	}

	/** Who leaves gets nothing more from now on: it is told to stop next. */
	private rotationChanged(actor: InstanceActor): void {
		const { rolePlan, name, inRotation } = actor;
		if (rolePlan.endpoints.some(({ probe, ignoreStatus }) => probe || ignoreStatus)) {
			this.route(actor);
		} else {
			this.routing.routeOne(rolePlan, { index: name.index, inRotation });
		}
	}

	private route(changed: InstanceActor): void {
		const siblings = this.all.filter(actor => actor.name.role === changed.name.role);
		this.routing.route(
			changed.rolePlan,
			siblings.map(({ name, inRotation }) => ({ index: name.index, inRotation })),
		);
	}

	/** A probe has changed its mind about an instance of this role. */
	private routeRole(role: string): void {
		const siblings = this.all.filter(actor => actor.name.role === role);
		for (const actor of siblings) {
			actor.moved();
		}
		const [first] = siblings;
		if (first) {
			this.route(first);
		}
	}
}

function inOrder(actors: readonly InstanceActor[]): readonly InstanceActor[] {
	const place = new Map(actors[0]?.plan.roles.map((role, index) => [role.name, index]));
	return [...actors].sort(
		(a, b) => (place.get(a.name.role) ?? 0) - (place.get(b.name.role) ?? 0) || a.name.index - b.name.index,
	);
}
