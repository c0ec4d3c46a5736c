import type { InstanceActor } from '../actor/instanceActor';
import type { JournalWriter } from '../journal/journalWriter';
import type { Mailbox } from '../mailbox';
import type { DeploymentPlan, RolePlan } from '../plan/deploymentPlan';
import type { UpdateStatus } from '../snapshot';
import type { Clock } from '../world';
import { beginConfiguration } from './configurationChange';
import { acceptedPlan, planDifference } from './difference';
import { DomainWalk, type WalkMode, type WalkPolicy } from './domainWalk';
import { systemUpdateWalk, updatedPlan, updateRefusals, updateWalk } from './inPlaceUpdate';
import type { Instances } from './instances';

/** What is said of submitted changes, and who starts what they add. */
export interface ChangesContext {
	readonly clock: Clock;
	readonly journal: JournalWriter;
	readonly post: (task: () => void) => void;
	/** Parts of one event, between which others of the process have a turn. */
	readonly spread: Mailbox['postNext'];
	/** New instances start now; false while the deployment is suspended. */
	readonly startsNew: () => boolean;
}

/** Who asked for an update, in the words and with the entry of the journal. */
export interface Asked {
	readonly why: string;
	readonly n: number;
}

type Waiting =
	| { readonly kind: 'configuration'; readonly plan: DeploymentPlan }
	| ({ readonly kind: 'update'; readonly plan: DeploymentPlan; readonly mode: WalkMode } & Asked)
	| ({ readonly kind: 'systemUpdate'; readonly how: 'guestOsUpdate' | 'hostOsUpdate' } & Asked);

/**
 * What changes in a running deployment: the plan in force, the change that walks, those that wait. One at a time: a second
 * one waits until the first is through (role-lifecycle.md 6), but an update during an update begins again (7).
 */
export class Changes {
	private readonly queued: Waiting[] = [];
	private walk: DomainWalk | undefined;
	/** While an update walks: what a rollback leads back to. */
	private update: { readonly before: DeploymentPlan } | undefined;

	constructor(
		/** In force, or on its way to the instances. */
		private plan: DeploymentPlan,
		private readonly instances: Instances,
		private readonly context: ChangesContext,
	) {}

	/** The configuration that was submitted last. */
	private get latest(): DeploymentPlan {
		const last = this.queued.findLast(each => each.kind === 'configuration');
		return last?.kind === 'configuration' ? last.plan : this.plan;
	}

	private get isChanging(): boolean {
		return this.walk !== undefined || this.queued.length > 0 || this.isLeaving();
	}

	/** False where the only change is a manual update that waits to be told where to walk. */
	get isUnderWay(): boolean {
		return this.isLeaving() || (this.walk ? !this.walk.isIdle : this.queued.length > 0);
	}

	/** Each role has at least the copy of its code that is in force. */
	get roleCount(): number {
		return this.plan.roles.length;
	}

	get updateStatus(): UpdateStatus | undefined {
		return this.update && this.walk?.status;
	}

	/** Every plan that an instance has, or can get or come back to without being told of another. */
	get plansInUse(): readonly DeploymentPlan[] {
		const coming = this.queued.flatMap(each => (each.kind === 'update' ? [each.plan] : []));
		const before = this.update ? [this.update.before] : [];
		return [this.plan, ...this.instances.all.map(actor => actor.plan), ...coming, ...before];
	}

	/** The plan of before the start, with the copies of the code that were made since. */
	stage(plan: DeploymentPlan): void {
		this.plan = plan;
		for (const actor of this.instances.all) {
			actor.plan = plan;
		}
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
		if (difference.entries.length > 0) {
			journal.write({ event: 'configuration', changes: difference.entries });
		}
		this.enqueue({ kind: 'configuration', plan: acceptedPlan(this.latest, submitted) });
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
			this.error(changed);
			return;
		}
		this.submit({ ...this.latest, roles: roles.map(each => (each === role ? changed : each)) });
	}

	/** In-place update. `plan` brings the code, `staged` where its copy is. */
	submitUpdate(plan: DeploymentPlan, mode: WalkMode, asked: Asked): void {
		const refusals = updateRefusals(this.plan, plan);
		if (refusals.length > 0) {
			this.error(`The update was not begun. ${refusals.join(' ')}`);
			return;
		}
		this.context.journal.hideSecretsOf(plan);
		if (this.update === undefined) {
			this.enqueue({ kind: 'update', plan, mode, ...asked });
			return;
		}
		this.note('The update under way is given up; this one begins again at the first upgrade domain.');
		this.beginUpdate('In-place update', updatedPlan(this.plan, plan), mode, this.instances.all, asked);
	}

	submitSystemUpdate(how: 'guestOsUpdate' | 'hostOsUpdate', asked: Asked): void {
		this.enqueue({ kind: 'systemUpdate', how, ...asked });
	}

	/** The instances that have the new code walk back to the old. */
	rollback(asked: Asked): void {
		if (this.update === undefined) {
			this.error('There is no update under way that could be rolled back; update again with the code of before.');
			return;
		}
		const { before } = this.update;
		const touched = this.instances.all.filter(actor => actor.plan !== before);
		this.beginUpdate('Rollback', before, 'auto', touched, asked);
	}

	walkDomain(domain: number): void {
		const refused = this.update
			? this.walk?.ask(domain)
			: 'There is no update under way that could walk; write "update manual" first.';
		if (refused !== undefined) {
			this.error(refused);
		}
	}

	/** Goes on as far as it can now. Call it after every event. */
	advance(): void {
		do {
			if (this.walk?.advance() === false) {
				return;
			}
			this.endWalk();
		} while (this.beginNext());
	}

	/** The deployment ends: nothing walks any more. */
	giveUp(): void {
		this.queued.length = 0;
		this.endWalk();
	}

	private enqueue(change: Waiting): void {
		if (this.isChanging) {
			this.note('A change is under way; this one follows it.');
		}
		this.queued.push(change);
	}

	private endWalk(): void {
		this.walk?.dispose();
		this.walk = undefined;
		this.update = undefined;
	}

	/** False where nothing is to begin, or the change before has not ended. */
	private beginNext(): boolean {
		const mayBegin = this.queued.length > 0 && !this.instances.isClaiming && !this.isLeaving();
		const next = mayBegin ? this.queued.shift() : undefined;
		switch (next?.kind) {
			case undefined:
				return false;
			case 'configuration':
				this.beginConfiguration(acceptedPlan(this.plan, next.plan));
				return true;
			case 'update':
				this.beginUpdate('In-place update', updatedPlan(this.plan, next.plan), next.mode, this.instances.all, next);
				return true;
			case 'systemUpdate': {
				const name = next.how === 'guestOsUpdate' ? 'Guest OS update' : 'Host OS update';
				// The owner patches the Windows of a VM role, Azure does not (role-lifecycle.md 10).
				const updated = this.instances.all.filter(
					({ rolePlan }) => next.how === 'hostOsUpdate' || rolePlan.entry.kind !== 'machine',
				);
				this.walk = this.walkOf(updated, systemUpdateWalk(name, next.how, next.why, next.n));
				return true;
			}
		}
	}

	private beginUpdate(
		name: string,
		plan: DeploymentPlan,
		mode: WalkMode,
		actors: readonly InstanceActor[],
		{ why, n }: Asked,
	): void {
		const before = this.update?.before ?? this.plan;
		this.endWalk();
		this.plan = plan;
		this.update = { before };
		this.walk = this.walkOf(actors, updateWalk(name, plan, mode, why, n));
	}

	private beginConfiguration(next: DeploymentPlan): void {
		const before = this.plan;
		this.plan = next;
		beginConfiguration(before, next, this.instances, this.context, (actors, policy) => {
			this.walk = this.walkOf(actors, policy);
		});
	}

	private walkOf(actors: readonly InstanceActor[], policy: WalkPolicy): DomainWalk {
		const { clock, post, spread } = this.context;
		return new DomainWalk(actors, policy, { clock, post, spread, note: text => this.note(text) });
	}

	/** Every instance that the plan wants is there, so who is too many is on the way out. */
	private isLeaving(): boolean {
		return this.instances.all.length > this.plan.roles.reduce((sum, { count }) => sum + count, 0);
	}

	private note(text: string): void {
		this.context.journal.write({ event: 'note', text });
	}

	private error(text: string): void {
		this.context.journal.write({ event: 'error', text });
	}
}
