import { ConfigurationWalk } from './configurationWalk';
import type { DeploymentPlan, RolePlan } from './deploymentPlan';
import { acceptedPlan, type Difference, planDifference } from './difference';
import { instanceId } from './domains';
import type { Clock } from './host';
import type { InstanceActor } from './instanceActor';
import type { Instances } from './instances';
import type { JournalWriter } from './journalWriter';

/** What is said of submitted configurations, and who starts what they add. */
export interface ConfigurationsContext {
	readonly clock: Clock;
	readonly journal: JournalWriter;
	readonly post: (task: () => void) => void;
	/** New instances start now; false while the deployment is suspended. */
	readonly startsNew: () => boolean;
}

/**
 * The configurations of a running deployment: the one in force, the one that walks, those that wait. A second change waits
 * until the first is through (role-lifecycle.md 6).
 */
export class Configurations {
	private readonly queued: DeploymentPlan[] = [];
	private walk: ConfigurationWalk | undefined;

	constructor(
		/** In force, or on its way to the instances. */
		private plan: DeploymentPlan,
		private readonly instances: Instances,
		private readonly context: ConfigurationsContext,
	) {}

	/** What was submitted last. */
	get latest(): DeploymentPlan {
		return this.queued.at(-1) ?? this.plan;
	}

	get isChanging(): boolean {
		return this.walk !== undefined || this.queued.length > 0 || this.isLeaving();
	}

	submit(submitted: DeploymentPlan): void {
		const { journal } = this.context;
		journal.hideSecretsOf(submitted);
		const difference = planDifference(this.latest, submitted);
		for (const text of difference.refused) {
			journal.write({ event: 'error', text });
		}
		if (difference.roles.length === 0) {
			this.note('The configuration says the same as before: nothing changes.');
			return;
		}
		journal.write({ event: 'configuration', changes: difference.entries });
		if (this.isChanging) {
			this.note('A change is under way; this one follows it.');
		}
		this.queued.push(acceptedPlan(this.latest, submitted));
	}

	/** A new configuration with one role changed; a text says why there can be none. */
	changeRole(name: string, change: (role: RolePlan) => RolePlan | string): void {
		const { roles } = this.latest;
		const role = roles.find(each => each.name === name);
		const changed =
			role === undefined
				? `There is no role '${name}'; the roles are ${roles.map(each => each.name).join(', ')}.`
				: change(role);
		if (typeof changed === 'string') {
			this.context.journal.write({ event: 'error', text: changed });
			return;
		}
		this.submit({ ...this.latest, roles: roles.map(each => (each === role ? changed : each)) });
	}

	/** Goes on as far as it can now. Call it after every event. */
	advance(): void {
		do {
			if (this.walk?.advance() === false) {
				return;
			}
			this.walk = undefined;
		} while (this.beginNext());
	}

	/** The deployment ends: nothing walks any more. */
	giveUp(): void {
		this.queued.length = 0;
		this.walk?.dispose();
		this.walk = undefined;
	}

	/** False where nothing is to begin, or the change before has not ended. */
	private beginNext(): boolean {
		const next = this.instances.isClaiming || this.isLeaving() ? undefined : this.queued.shift();
		if (next === undefined) {
			return false;
		}
		const difference = planDifference(this.plan, next);
		const existing = this.instances.all;
		this.plan = next;
		const [staying, leaving] = [
			existing.filter(actor => this.stays(actor)),
			existing.filter(actor => !this.stays(actor)),
		];
		for (const actor of leaving) {
			actor.take({ type: 'remove' });
		}
		this.scaleOut(difference, staying);
		return true;
	}

	/** New instances get their ports first, so that those who hear of them can reach them. */
	private scaleOut(difference: Difference, staying: readonly InstanceActor[]): void {
		const added = difference.roles.flatMap(({ role, count }) =>
			Array.from({ length: count?.to ?? 0 }, (_, index) => ({ role, index })),
		);
		const actors = added
			.filter(({ role, index }) => this.instances.get(instanceId(role, index)) === undefined)
			.map(name => this.instances.add(name, this.plan));
		if (actors.length === 0) {
			this.walk = this.walkOf(difference, staying);
			return;
		}
		this.instances.claim(actors, () => {
			this.walk = this.walkOf(difference, staying);
			for (const actor of this.context.startsNew() ? actors : []) {
				actor.take({ type: 'start', why: 'scaled out' });
			}
		});
	}

	private walkOf(difference: Difference, actors: readonly InstanceActor[]): ConfigurationWalk {
		const { clock, post } = this.context;
		return new ConfigurationWalk(this.plan, difference, actors, clock, post, text => this.note(text));
	}

	/** The highest numbers leave. */
	private stays({ name }: InstanceActor): boolean {
		return name.index < (this.plan.roles.find(role => role.name === name.role)?.count ?? 0);
	}

	private isLeaving(): boolean {
		return this.instances.all.some(actor => !this.stays(actor));
	}

	private note(text: string): void {
		this.context.journal.write({ event: 'note', text });
	}
}
