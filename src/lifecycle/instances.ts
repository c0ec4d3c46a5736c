import type { DeploymentPlan } from './deploymentPlan';
import type { InstanceName } from './domains';
import { Endpoints } from './endpoints';
import type { ActorContext } from './instanceActor';
import { InstanceActor } from './instanceActor';

/** What the instances of a deployment share with it. */
export interface InstancesContext extends Pick<ActorContext, 'world' | 'journal' | 'onStopLimit' | 'debug' | 'post'> {
	/** Ports were asked for by a deployment that has meanwhile been given up. */
	readonly isGivenUp: () => boolean;
}

/** The instances of a deployment, with the ports in front of them and of their own. */
export class Instances {
	private readonly actors = new Map<string, InstanceActor>();
	private readonly endpoints: Endpoints;
	/** Claims of ports that are under way: nothing is closed before they have settled. */
	private claims = 0;

	constructor(private readonly context: InstancesContext) {
		this.endpoints = new Endpoints(context.world.network, context.journal);
	}

	get all(): readonly InstanceActor[] {
		return [...this.actors.values()];
	}

	get(id: string): InstanceActor | undefined {
		return this.actors.get(id);
	}

	get isClaiming(): boolean {
		return this.claims > 0;
	}

	add(name: InstanceName, plan: DeploymentPlan): InstanceActor {
		const { world, journal, onStopLimit, debug, post } = this.context;
		const actor = new InstanceActor(name, plan, {
			world,
			journal,
			onStopLimit,
			debug,
			post,
			placeOf: this.endpoints.placeOf,
			rotationChanged: () => this.route(actor),
			removed: id => {
				this.endpoints.release(id);
				this.actors.delete(id);
			},
		});
		this.actors.set(actor.id, actor);
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
			(done, actor) => done.then(() => this.endpoints.claim(actor.rolePlan, actor.name)),
			before,
		);
		void Promise.all([claimed, also]).then(() => post(settled));
	}

	/** The deployment has ended: gives back every port. */
	async close(): Promise<void> {
		for (const id of this.actors.keys()) {
			this.endpoints.release(id);
		}
		await this.endpoints.close();
	}

	private route(changed: InstanceActor): void {
		const inRotation = this.all.filter(actor => actor.name.role === changed.name.role && actor.inRotation);
		this.endpoints.route(
			changed.rolePlan,
			inRotation.map(actor => actor.name.index),
		);
	}
}
