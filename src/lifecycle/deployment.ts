import { Emitter } from '../base/emitter';
import { secretParts } from '../base/secrets';
import { type Command, commandText } from './command';
import { ConfigurationWalk } from './configurationWalk';
import type { DeploymentPlan, RolePlan } from './deploymentPlan';
import { acceptedPlan, type Difference, planDifference } from './difference';
import { type InstanceName, instanceId } from './domains';
import { Endpoints } from './endpoints';
import type { World } from './host';
import { InstanceActor } from './instanceActor';
import type { CommandSource, JournalEvent } from './journal';
import { type Journal, JournalWriter } from './journalWriter';
import { Mailbox } from './mailbox';
import type { DeploymentSnapshot, DeploymentStatus } from './snapshot';

export interface DeploymentOptions {
	/** Milliseconds that Stopping and OnStop may take together; 5 minutes by default, 30 s by the oldest rule. */
	readonly onStopLimit: number;
	/** Instances whose lives wait for a debugger. */
	readonly debug: ReadonlySet<string>;
}

/**
 * A service that runs: its instances, their ports, the changes of its configuration. Decides nothing about an instance
 * (`instance.ts` does) and touches nothing but the world it is given. Whatever happens is in its journal, and only there.
 */
export class Deployment {
	readonly onSnapshot: Emitter<DeploymentSnapshot>['event'];
	private readonly snapshots = new Emitter<DeploymentSnapshot>();
	private readonly writer: JournalWriter;
	private readonly mailbox: Mailbox;
	private readonly endpoints: Endpoints;
	private readonly debug: Set<string>;
	private readonly actors = new Map<string, InstanceActor>();
	/** The configuration in force, or on its way to the instances. */
	private plan: DeploymentPlan;
	private readonly queued: { readonly plan: DeploymentPlan; readonly by: CommandSource }[] = [];
	private walk: ConfigurationWalk | undefined;
	/** Claims that are under way: nothing is closed before they have settled. */
	private claims = 0;
	private wish: 'new' | 'deploying' | 'run' | 'suspend' | 'resume' | 'delete' | 'closing' | 'stopped' = 'new';
	private last: DeploymentSnapshot;
	private written = 0;
	private readonly ended: Promise<void>;
	private resolveEnded: () => void = () => {};

	constructor(
		plan: DeploymentPlan,
		private readonly world: World,
		private readonly options: DeploymentOptions,
	) {
		this.plan = plan;
		this.debug = new Set(options.debug);
		this.writer = new JournalWriter(() => world.clock.now());
		this.writer.hideSecretsOf(plan);
		this.endpoints = new Endpoints(world.network, this.writer);
		this.mailbox = new Mailbox(() => this.settle());
		this.onSnapshot = this.snapshots.event;
		this.ended = new Promise(resolve => {
			this.resolveEnded = resolve;
		});
		for (const role of plan.roles) {
			for (let index = 0; index < role.count; index++) {
				this.addActor({ role: role.name, index });
			}
		}
		this.last = this.makeSnapshot();
	}

	get journal(): Journal {
		return this.writer;
	}

	get snapshot(): DeploymentSnapshot {
		return this.last;
	}

	/** Opens the ports, then starts every instance. */
	start(): void {
		this.post(() => {
			if (this.wish !== 'new') {
				return;
			}
			this.wish = 'deploying';
			this.claim(this.openEverything(), () => {
				for (const actor of this.actors.values()) {
					actor.take({ type: 'start', why: 'the deployment starts' });
				}
			});
		});
	}

	/** Carries out commands in the order in which they come; one that cannot be done gives an `error` entry. */
	submit(command: Command, by: CommandSource): void {
		this.post(() => {
			const instance = 'instance' in command && this.actors.has(command.instance) ? command.instance : undefined;
			if (command.command === 'set') {
				this.writer.hide(secretParts(command.setting, command.value));
			}
			const { n } = this.writer.write({ event: 'command', command: commandText(command), by }, instance);
			this.carryOut(command, by, n);
		});
	}

	/** Submits a new configuration: settings, certificates and counts; it is compared with the one before. */
	configure(plan: DeploymentPlan, by: CommandSource): void {
		this.post(() => this.submitPlan(plan, by));
	}

	/** Writes down what whoever runs the deployment has done for somebody, could not do, or has to say. */
	report(event: Extract<JournalEvent, { event: 'command' | 'error' | 'note' }>): void {
		this.post(() => this.writer.write(event));
	}

	/** An orderly stop of everything; resolves when every process has ended. The second call ends them at once. */
	stop(): Promise<void> {
		this.post(() => this.delete());
		return this.ended;
	}

	/** Nobody attaches a debugger: the instance goes on without. */
	debuggerGaveUp(instance: string): void {
		this.post(() => this.actors.get(instance)?.take({ type: 'go' }));
	}

	/** Whether later lives of this instance wait for a debugger. */
	setDebug(instance: string, wait: boolean): void {
		if (wait) {
			this.debug.add(instance);
		} else {
			this.debug.delete(instance);
		}
	}

	private post(task: () => void): void {
		this.mailbox.post(task);
	}

	private addActor(name: InstanceName): InstanceActor {
		const actor = new InstanceActor(name, this.plan, {
			world: this.world,
			journal: this.writer,
			onStopLimit: this.options.onStopLimit,
			debug: this.debug,
			placeOf: this.endpoints.placeOf,
			post: task => this.post(task),
			rotationChanged: role => this.route(role),
			removed: instance => {
				this.endpoints.release(instance);
				this.actors.delete(instance);
			},
		});
		this.actors.set(actor.id, actor);
		return actor;
	}

	private async openEverything(): Promise<void> {
		for (const role of this.plan.roles) {
			await this.endpoints.openRole(role);
		}
		for (const actor of this.actors.values()) {
			await this.endpoints.claim(actor.rolePlan, actor.name);
		}
	}

	/** Goes on when the ports are there; a port that cannot be had is told, and its instance runs without it. */
	private claim(ports: Promise<void>, then: () => void): void {
		this.claims++;
		const settled = () => {
			this.claims--;
			if (this.wish !== 'delete') {
				then();
			}
		};
		ports.then(
			() => this.post(settled),
			(error: unknown) =>
				this.post(() => {
					this.writer.write({ event: 'error', text: error instanceof Error ? error.message : String(error) });
					settled();
				}),
		);
	}

	private route(role: string): void {
		const plan = this.plan.roles.find(each => each.name === role);
		if (plan) {
			const own = [...this.actors.values()].filter(actor => actor.name.role === role && actor.inRotation);
			this.endpoints.route(
				plan,
				own.map(actor => actor.name.index),
			);
		}
	}

	private carryOut(command: Command, by: CommandSource, n: number): void {
		switch (command.command) {
			case 'recycle':
			case 'crash':
			case 'start':
			case 'stop':
				this.actorFor(command.instance)?.take({ type: command.command, why: `${commandText(command)} (${by})`, n });
				return;
			case 'attach':
				if (this.actorFor(command.instance)) {
					this.setDebug(command.instance, true);
					this.note(`${command.instance} waits for a debugger at its next start.`);
				}
				return;
			case 'set':
				this.changeRole(command.role, by, role => withSetting(role, command.setting, command.value));
				return;
			case 'scale':
				this.changeRole(command.role, by, role => ({ ...role, count: command.count }));
				return;
			case 'suspend':
				this.suspend();
				return;
			case 'resume':
				this.resume();
				return;
			case 'status':
				this.writer.write({ event: 'status', deployment: this.status(), instances: this.statusLines() });
				return;
			case 'configure':
				this.error(`'${command.file}' was not read: the runner reads configuration files and submits what they say.`);
				return;
			case 'quit':
				this.delete();
				return;
		}
	}

	private actorFor(instance: string): InstanceActor | undefined {
		const actor = this.actors.get(instance);
		if (actor === undefined) {
			const names = [...this.actors.keys()].join(', ');
			this.error(`There is no instance '${instance}'; the instances are ${names === '' ? 'none' : names}.`);
		}
		return this.wish === 'delete' || this.wish === 'stopped' ? undefined : actor;
	}

	private changeRole(name: string, by: CommandSource, change: (role: RolePlan) => RolePlan | string): void {
		const plan = this.latestPlan();
		const role = plan.roles.find(each => each.name === name);
		if (role === undefined) {
			this.error(`There is no role '${name}'; the roles are ${plan.roles.map(each => each.name).join(', ')}.`);
			return;
		}
		const changed = change(role);
		if (typeof changed === 'string') {
			this.error(changed);
			return;
		}
		this.submitPlan({ ...plan, roles: plan.roles.map(each => (each === role ? changed : each)) }, by);
	}

	private latestPlan(): DeploymentPlan {
		return this.queued.at(-1)?.plan ?? this.plan;
	}

	private submitPlan(submitted: DeploymentPlan, by: CommandSource): void {
		if (this.wish === 'delete' || this.wish === 'stopped') {
			this.error('The service is stopped; a new configuration is taken at its next start.');
			return;
		}
		this.writer.hideSecretsOf(submitted);
		const before = this.latestPlan();
		const difference = planDifference(before, submitted);
		for (const text of difference.refused) {
			this.error(text);
		}
		if (difference.roles.length === 0) {
			this.note('The configuration says the same as before: nothing changes.');
			return;
		}
		this.writer.write({ event: 'configuration', changes: difference.entries });
		this.queued.push({ plan: acceptedPlan(before, submitted), by });
		if (this.walk || this.queued.length > 1) {
			this.note('A change is under way; this one follows it.');
		}
	}

	/** One configuration at a time, each as far as it can go now. */
	private walkOn(): void {
		do {
			if (this.walk?.advance() === false) {
				return;
			}
			this.walk = undefined;
		} while (this.nextConfiguration());
	}

	/** Begins the next submitted configuration when the one before is through; false where there is nothing to begin. */
	private nextConfiguration(): boolean {
		const next = this.claims > 0 || this.leaving() ? undefined : this.queued.shift();
		if (next === undefined) {
			return false;
		}
		const difference = planDifference(this.plan, next.plan);
		const existing = [...this.actors.values()];
		this.plan = next.plan;
		const staying = existing.filter(actor => actor.name.index < this.countOf(actor.name.role));
		const walk = () => {
			this.walk = this.walkOf(difference, staying);
		};
		this.scaleIn(existing);
		this.scaleOut(difference, walk);
		return true;
	}

	private walkOf(difference: Difference, actors: readonly InstanceActor[]): ConfigurationWalk {
		return new ConfigurationWalk(
			this.plan,
			difference,
			actors,
			this.world.clock,
			task => this.post(task),
			text => this.note(text),
		);
	}

	private countOf(role: string): number {
		return this.plan.roles.find(each => each.name === role)?.count ?? 0;
	}

	/** The highest numbers leave, with an orderly stop. */
	private scaleIn(existing: readonly InstanceActor[]): void {
		for (const actor of existing) {
			if (actor.name.index >= this.countOf(actor.name.role)) {
				actor.take({ type: 'remove' });
			}
		}
	}

	/** New instances get their ports first, so that those who hear of them can reach them. */
	private scaleOut(difference: Difference, then: () => void): void {
		const added = difference.roles.flatMap(({ role, count }) => {
			const names = Array.from({ length: count?.to ?? 0 }, (_, index) => ({ role, index }));
			return names.filter(({ index }) => !this.actors.has(instanceId(role, index)));
		});
		if (added.length === 0) {
			then();
			return;
		}
		const actors = added.map(name => this.addActor(name));
		const ports = actors.reduce(
			(before, actor) => before.then(() => this.endpoints.claim(actor.rolePlan, actor.name)),
			Promise.resolve(),
		);
		this.claim(ports, () => {
			then();
			if (this.wish === 'run' || this.wish === 'deploying' || this.wish === 'resume') {
				for (const actor of actors) {
					actor.take({ type: 'start', why: 'scaled out' });
				}
			}
		});
	}

	private leaving(): boolean {
		return [...this.actors.values()].some(actor => actor.name.index >= this.countOf(actor.name.role));
	}

	private suspend(): void {
		if (this.wish !== 'run' && this.wish !== 'deploying' && this.wish !== 'resume') {
			this.error(this.wish === 'suspend' ? 'The deployment is suspended already.' : 'The deployment is not running.');
			return;
		}
		this.wish = 'suspend';
		this.stopAll();
	}

	private resume(): void {
		if (this.wish !== 'suspend') {
			this.error('The deployment is not suspended; nothing is to resume.');
			return;
		}
		this.wish = 'resume';
		for (const actor of this.actors.values()) {
			if (actor.can('start')) {
				actor.take({ type: 'start', why: 'the deployment is resumed' });
			}
		}
	}

	private stopAll(): void {
		for (const actor of this.actors.values()) {
			if (actor.can('stop')) {
				actor.take({ type: 'stop' });
			}
		}
	}

	private delete(): void {
		if (this.wish === 'closing' || this.wish === 'stopped') {
			return;
		}
		if (this.wish === 'delete') {
			for (const actor of this.actors.values()) {
				actor.take({ type: 'kill' });
			}
			return;
		}
		this.wish = 'delete';
		this.queued.length = 0;
		this.walk?.dispose();
		this.walk = undefined;
		this.stopAll();
	}

	/** After every event: go on with what waited for it, then tell the readers. */
	private settle(): void {
		if (this.wish !== 'delete' && this.wish !== 'closing' && this.wish !== 'stopped') {
			this.walkOn();
		}
		const actors = [...this.actors.values()];
		if (this.wish === 'deploying' || this.wish === 'resume') {
			const arrived = this.claims === 0 && actors.every(hasArrived);
			this.wish = arrived ? 'run' : this.wish;
		}
		if (this.wish === 'delete' && this.claims === 0 && actors.every(isAtRest)) {
			this.close();
		}
		this.tell();
	}

	private close(): void {
		this.wish = 'closing';
		for (const id of this.actors.keys()) {
			this.endpoints.release(id);
		}
		const closed = () =>
			this.post(() => {
				this.wish = 'stopped';
			});
		this.endpoints
			.close()
			.then(closed, (error: unknown) => {
				this.error(error instanceof Error ? error.message : String(error));
				closed();
			})
			.then(this.resolveEnded);
	}

	private tell(): void {
		const news = this.writer.entries.slice(this.written);
		this.written += news.length;
		if (news.every(entry => entry.event === 'output') && this.status() === this.last.status) {
			return;
		}
		const next = this.makeSnapshot();
		this.last = next;
		this.snapshots.fire(next);
	}

	private makeSnapshot(): DeploymentSnapshot {
		return {
			service: this.plan.service,
			deploymentId: this.plan.deploymentId,
			status: this.status(),
			instances: [...this.actors.values()].map(actor => actor.snapshot()).sort(byRoleThenIndex(this.plan)),
		};
	}

	private status(): DeploymentStatus {
		switch (this.wish) {
			case 'new':
			case 'deploying':
				return 'Deploying';
			case 'run':
				return this.walk || this.queued.length > 0 || this.claims > 0 || this.leaving()
					? 'RunningTransitioning'
					: 'Running';
			case 'suspend':
				return [...this.actors.values()].every(isAtRest) ? 'Suspended' : 'Suspending';
			case 'resume':
				return 'Starting';
			case 'delete':
			case 'closing':
				return 'Deleting';
			case 'stopped':
				return 'Stopped';
		}
	}

	private statusLines() {
		return this.makeSnapshot().instances.map(({ instance, state, text, life, pid, endpoints }) => ({
			instance,
			state,
			text,
			life,
			...(pid !== undefined && { pid }),
			endpoints,
		}));
	}

	private error(text: string): void {
		this.writer.write({ event: 'error', text });
	}

	private note(text: string): void {
		this.writer.write({ event: 'note', text });
	}
}

function withSetting(role: RolePlan, setting: string, value: string): RolePlan | string {
	if (!Object.hasOwn(role.settings, setting)) {
		const names = Object.keys(role.settings).join(', ');
		return `Role '${role.name}' has no setting '${setting}'; its settings are ${names === '' ? 'none' : names}. Declare it in the definition first.`;
	}
	return { ...role, settings: { ...role.settings, [setting]: value } };
}

function isAtRest({ instance }: InstanceActor): boolean {
	return instance.phase === 'unborn' || instance.phase === 'stopped' || instance.phase === 'removed';
}

/** Past its first start, well or not. */
function hasArrived({ instance }: InstanceActor): boolean {
	return instance.phase === 'running' || instance.phase === 'delayed' || isAtRest({ instance } as InstanceActor);
}

function byRoleThenIndex(plan: DeploymentPlan) {
	const place = new Map(plan.roles.map((role, index) => [role.name, index]));
	return (a: { role: string; index: number }, b: { role: string; index: number }) =>
		(place.get(a.role) ?? 0) - (place.get(b.role) ?? 0) || a.index - b.index;
}
