import type { Disposable } from '../../base/emitter';
import type { InstanceActor } from '../actor/instanceActor';
import { cyclingFrom } from '../instance/restartPolicy';
import type { Mailbox } from '../mailbox';
import type { UpdateStatus } from '../snapshot';
import type { Clock } from '../world';

/** Milliseconds that a domain may take to get ready before the walk goes on (role-lifecycle.md 7). */
export const domainLimit = 30 * 60_000;

/** `auto`: one upgrade domain after another. `manual`: each when it is asked for. `simultaneous`: all at once. */
export type WalkMode = 'auto' | 'manual' | 'simultaneous';

export interface WalkPolicy {
	/** What walks, as the beginning of a sentence; without one the walk says only what goes wrong. */
	readonly name?: string;
	readonly mode: WalkMode;
	/** Begins it at one instance; true where the walk waits until it has taken it. */
	readonly begin: (actor: InstanceActor) => boolean;
	/**
	 * An instance that keeps ending holds the walk up for ever, as an update that can never get healthy does; one that is
	 * only slow is left behind after `domainLimit` (role-lifecycle.md 7, points 4 and 7).
	 */
	readonly cyclingHolds: boolean;
}

export interface WalkContext {
	readonly clock: Clock;
	readonly post: (task: () => void) => void;
	/** Parts of one event, between which others of the process have a turn. */
	readonly spread: Mailbox['postNext'];
	readonly note: (text: string) => void;
}

interface Domain {
	readonly number: number;
	readonly actors: readonly InstanceActor[];
}

/**
 * Carries something to the instances that exist, one upgrade domain after another, in the order of their numbers: the next
 * one comes when every instance of the former is ready again. A changed configuration, an in-place update, a rollback and
 * the updates of the operating systems walk alike.
 */
export class DomainWalk {
	private readonly waiting: Domain[];
	private current: Domain | undefined;
	private awaited: InstanceActor[] = [];
	/** Instances of the current domain to which it has not come yet. */
	private pending = 0;
	private isGivenUp = false;
	private asked: number | undefined;
	private limit: Disposable | undefined;
	/** Once for each domain: what is stuck after it stays so. */
	private isLimited = false;

	constructor(
		actors: readonly InstanceActor[],
		private readonly policy: WalkPolicy,
		private readonly context: WalkContext,
	) {
		this.waiting = policy.mode === 'simultaneous' ? [{ number: 0, actors }] : domainsOf(actors);
		if (policy.mode === 'manual') {
			this.say(`walk ${this.waiting.map(each => each.number).join(', ')} when each is to have it.`);
		}
	}

	/** Goes on as far as it can now; true when it is through. Call it after every event. */
	advance(): boolean {
		while (this.pending === 0 && this.awaited.every(hasTaken)) {
			this.endDomain();
			const next = this.waiting[0];
			if (next === undefined) {
				this.say('the walk is through.');
				return true;
			}
			const chosen = this.policy.mode === 'manual' ? this.waiting.find(each => each.number === this.asked) : next;
			if (chosen === undefined) {
				return false;
			}
			this.beginDomain(chosen);
		}
		this.setLimit();
		return false;
	}

	/** Undefined where it is through. */
	get status(): UpdateStatus | undefined {
		const { mode } = this.policy;
		const domain = this.current ?? this.waiting[0];
		return domain && { mode, domain: domain.number, state: this.current ? 'During' : 'Before' };
	}

	/** Manual, and nobody has said which domain comes next. */
	get isIdle(): boolean {
		return this.policy.mode === 'manual' && this.current === undefined && this.asked === undefined;
	}

	/** Lets a manual walk go to this domain; a sentence where it cannot. */
	ask(domain: number): string | undefined {
		if (this.policy.mode !== 'manual') {
			return `This update walks by itself (${this.policy.mode}); only a manual one is told where to go.`;
		}
		if (this.current) {
			return `Upgrade domain ${this.current.number} is not ready yet; walk ${domain} when it is.`;
		}
		const open = this.waiting.map(each => each.number);
		if (!open.includes(domain)) {
			return `There is no upgrade domain ${domain} still to walk; those are ${open.join(', ')}.`;
		}
		this.asked = domain;
		return undefined;
	}

	dispose(): void {
		this.isGivenUp = true;
		this.limit?.dispose();
	}

	private beginDomain(domain: Domain): void {
		this.waiting.splice(this.waiting.indexOf(domain), 1);
		this.current = domain;
		this.asked = undefined;
		const where = this.policy.mode === 'simultaneous' ? 'all instances at once' : `upgrade domain ${domain.number}`;
		this.say(`${where} (${domain.actors.map(actor => actor.id).join(', ')}).`);
		this.pending = domain.actors.length;
		this.context.spread(domain.actors.map(actor => () => this.beginAt(actor)));
	}

	private beginAt(actor: InstanceActor): void {
		this.pending--;
		if (!this.isGivenUp && this.policy.begin(actor)) {
			this.awaited.push(actor);
		}
	}

	/** Its time begins when it has come to all of its instances. */
	private setLimit(): void {
		const domain = this.current;
		if (domain && this.pending === 0 && !this.isLimited) {
			this.isLimited = true;
			this.limit = this.context.clock.after(domainLimit, () => this.context.post(() => this.giveUp(domain)));
		}
	}

	private giveUp({ number }: Domain): void {
		const late = this.awaited.filter(actor => !hasTaken(actor));
		const cycling = this.policy.cyclingHolds ? late.filter(actor => actor.instance.failures >= cyclingFrom) : [];
		this.awaited = cycling;
		this.limit = undefined;
		this.context.note(
			cycling.length === 0
				? `Upgrade domain ${number}: ${names(late)} did not get ready within 30 min; the walk goes on.`
				: `Upgrade domain ${number}: ${names(cycling)} recycled a number of times during the update, which is stuck; roll it back, or update with code that starts.`,
		);
	}

	private endDomain(): void {
		this.limit?.dispose();
		this.limit = undefined;
		this.isLimited = false;
		this.awaited = [];
		this.current = undefined;
	}

	private say(text: string): void {
		if (this.policy.name !== undefined) {
			this.context.note(`${this.policy.name}: ${text}`);
		}
	}
}

function domainsOf(actors: readonly InstanceActor[]): Domain[] {
	return [...new Set(actors.map(actor => actor.domain))]
		.sort((a, b) => a - b)
		.map(number => ({ number, actors: actors.filter(actor => actor.domain === number) }));
}

function names(actors: readonly InstanceActor[]): string {
	return actors.map(actor => actor.id).join(', ');
}

/** Runs with what has walked, or does not run and will start with it. */
function hasTaken({ instance }: InstanceActor): boolean {
	switch (instance.phase) {
		case 'running':
			return instance.changes.length === 0;
		case 'unborn':
		case 'stopped':
		case 'removing':
		case 'removed':
			return true;
		case 'launching':
		case 'loading':
		case 'starting':
		case 'preparing':
		case 'runningTasks':
		case 'stopping':
		case 'ending':
		case 'finishing':
		case 'delayed':
			return false;
	}
}
