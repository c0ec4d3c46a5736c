import type { Disposable } from '../base/emitter';
import type { DeploymentPlan } from './deploymentPlan';
import { changesFor, type Difference, simultaneousChange } from './difference';
import type { Clock } from './host';
import type { Change } from './instance';
import type { InstanceActor } from './instanceActor';

/** Milliseconds that a domain may take to get through a change before the walk goes on (role-lifecycle.md 7). */
export const domainLimit = 30 * 60_000;

/**
 * Carries a new configuration to the instances that exist, one upgrade domain after another (role-lifecycle.md 6). The next
 * domain comes when every instance of the former has taken it; an instance without a process takes it at its next start.
 */
export class ConfigurationWalk {
	private readonly domains: number[];
	private awaited: readonly InstanceActor[] = [];
	private limit: Disposable | undefined;

	constructor(
		private readonly plan: DeploymentPlan,
		private readonly difference: Difference,
		private readonly actors: readonly InstanceActor[],
		private readonly clock: Clock,
		private readonly post: (task: () => void) => void,
		private readonly note: (text: string) => void,
	) {
		this.domains = [...new Set(actors.map(actor => actor.domain))].sort((a, b) => a - b);
		this.tellAll();
	}

	/** Goes on as far as it can now; true when it is through. Call it after every event. */
	advance(): boolean {
		while (this.awaited.every(hasTaken)) {
			this.endDomain();
			const domain = this.domains.shift();
			if (domain === undefined) {
				return true;
			}
			this.beginDomain(domain);
		}
		return false;
	}

	dispose(): void {
		this.limit?.dispose();
	}

	/** `Blast`: the new topology arrives everywhere at once, the settings still walk. */
	private tellAll(): void {
		const change = simultaneousChange(this.difference, this.plan);
		for (const actor of change ? this.actors : []) {
			actor.plan = withCounts(actor.plan, this.plan);
			give(actor, change ? [change] : []);
		}
	}

	private beginDomain(domain: number): void {
		const actors = this.actors.filter(actor => actor.domain === domain);
		for (const actor of actors) {
			actor.plan = this.plan;
			give(actor, changesFor(actor.name.role, this.difference, this.plan));
		}
		this.awaited = actors.filter(actor => isAlive(actor) && !hasTaken(actor));
		if (this.awaited.length > 0) {
			this.limit = this.clock.after(domainLimit, () => this.post(() => this.giveUp(domain)));
		}
	}

	private giveUp(domain: number): void {
		const names = this.awaited.filter(actor => !hasTaken(actor)).map(actor => actor.id);
		this.note(`Upgrade domain ${domain}: ${names.join(', ')} did not get ready within 30 min; the walk goes on.`);
		this.awaited = [];
	}

	private endDomain(): void {
		this.limit?.dispose();
		this.limit = undefined;
		this.awaited = [];
	}
}

function give(actor: InstanceActor, changes: readonly Change[]): void {
	for (const change of changes) {
		actor.take({ type: 'change', change });
	}
}

function withCounts(plan: DeploymentPlan, counts: DeploymentPlan): DeploymentPlan {
	return {
		...plan,
		roles: plan.roles.map(role => ({
			...role,
			count: counts.roles.find(other => other.name === role.name)?.count ?? role.count,
		})),
	};
}

/** Holds an environment of before, in a process. */
function isAlive({ instance }: InstanceActor): boolean {
	return 'changes' in instance || instance.phase === 'stopping';
}

/** Runs with the new configuration, or does not run and will start with it. */
function hasTaken({ instance }: InstanceActor): boolean {
	switch (instance.phase) {
		case 'running':
		case 'launching':
		case 'loading':
		case 'starting':
			return instance.phase === 'running' && instance.changes.length === 0;
		case 'unborn':
		case 'stopped':
		case 'removing':
		case 'removed':
			return true;
		case 'preparing':
		case 'runningTasks':
		case 'stopping':
		case 'ending':
		case 'finishing':
		case 'delayed':
			return false;
	}
}
