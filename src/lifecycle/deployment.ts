import { Emitter } from '../base/emitter';
import { secretParts } from '../base/secrets';
import { type Command, commandText } from './command';
import { Configurations } from './configurations';
import type { DeploymentPlan, RolePlan } from './deploymentPlan';
import type { World } from './host';
import type { InstanceActor } from './instanceActor';
import { Instances } from './instances';
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

/** What is wanted of the deployment as a whole. */
type Goal = 'new' | 'deploy' | 'run' | 'suspend' | 'resume' | 'delete' | 'close' | 'stopped';

/**
 * A service that runs: its instances, their ports, the changes of its configuration. Decides nothing about an instance
 * (`instance.ts` does) and touches nothing but the world it is given. Whatever happens is in its journal, and only there.
 */
export class Deployment {
	readonly onSnapshot: Emitter<DeploymentSnapshot>['event'];
	private readonly snapshots = new Emitter<DeploymentSnapshot>();
	private readonly writer: JournalWriter;
	private readonly mailbox = new Mailbox(() => this.settle());
	private readonly debug: Set<string>;
	private readonly instances: Instances;
	private readonly configurations: Configurations;
	private goal: Goal = 'new';
	private last: DeploymentSnapshot;
	/** How many entries of the journal the last snapshot knows of. */
	private seen = 0;
	private readonly ended: Promise<void>;
	private resolveEnded: () => void = () => {};

	constructor(
		private readonly plan: DeploymentPlan,
		world: World,
		{ onStopLimit, debug }: DeploymentOptions,
	) {
		const post = (task: () => void) => this.mailbox.post(task);
		const { clock } = world;
		this.debug = new Set(debug);
		const journal = new JournalWriter(() => clock.now());
		this.writer = journal;
		this.writer.hideSecretsOf(plan);
		const isGivenUp = () => this.isEnding();
		this.instances = new Instances({ world, journal, onStopLimit, debug: this.debug, post, isGivenUp });
		const startsNew = () => this.goal === 'run' || this.goal === 'deploy' || this.goal === 'resume';
		this.configurations = new Configurations(plan, this.instances, { clock, journal, post, startsNew });
		this.onSnapshot = this.snapshots.event;
		this.ended = new Promise(resolve => {
			this.resolveEnded = resolve;
		});
		for (const role of plan.roles) {
			for (let index = 0; index < role.count; index++) {
				this.instances.add({ role: role.name, index }, plan);
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
		this.mailbox.post(() => {
			if (this.goal === 'new') {
				this.goal = 'deploy';
				this.instances.open(this.plan, () => this.startAll('the deployment starts'));
			}
		});
	}

	/** Carries out commands in the order in which they come; one that cannot be done gives an `error` entry. */
	submit(command: Command, by: CommandSource): void {
		this.mailbox.post(() => {
			if (command.command === 'set') {
				this.writer.hide(secretParts(command.setting, command.value));
			}
			const instance = 'instance' in command ? this.instances.get(command.instance)?.id : undefined;
			const { n } = this.writer.write({ event: 'command', command: commandText(command), by }, instance);
			if (this.isEnding() && command.command !== 'quit' && command.command !== 'status') {
				this.error('The service is stopped; start it again first.');
			} else {
				this.carryOut(command, by, n);
			}
		});
	}

	/**
	 * Submits a new configuration: settings, certificates and counts, compared with the one before. `command` is what was
	 * asked, in the words of the journal.
	 */
	configure(plan: DeploymentPlan, by: CommandSource, command = 'configure'): void {
		this.mailbox.post(() => {
			this.writer.write({ event: 'command', command, by });
			if (this.isEnding()) {
				this.error('The service is stopped; a new configuration is taken at its next start.');
			} else {
				this.configurations.submit(plan);
			}
		});
	}

	/** Writes down what whoever runs the deployment was asked for, could not do, or has to say. */
	report(event: Extract<JournalEvent, { event: 'command' | 'error' | 'note' }>): void {
		this.mailbox.post(() => {
			this.writer.write(event);
		});
	}

	/** An orderly stop of everything; resolves when every process has ended. A second call ends them at once. */
	stop(): Promise<void> {
		this.mailbox.post(() => this.delete());
		return this.ended;
	}

	/** Nobody attaches a debugger: the instance goes on without. */
	debuggerGaveUp(instance: string): void {
		this.mailbox.post(() => this.instances.get(instance)?.take({ type: 'go' }));
	}

	/** Whether later lives of this instance wait for a debugger. */
	setDebug(instance: string, wait: boolean): void {
		if (wait) {
			this.debug.add(instance);
		} else {
			this.debug.delete(instance);
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
				this.configurations.changeRole(command.role, role => withSetting(role, command.setting, command.value));
				return;
			case 'scale':
				this.configurations.changeRole(command.role, role => ({ ...role, count: command.count }));
				return;
			case 'suspend':
				this.suspend();
				return;
			case 'resume':
				this.resume();
				return;
			case 'status':
				this.writeStatus();
				return;
			case 'configure':
				this.error(`'${command.file}' was not read: whoever takes this command reads the file and calls configure.`);
				return;
			case 'quit':
				this.delete();
				return;
		}
	}

	private actorFor(id: string): InstanceActor | undefined {
		const actor = this.instances.get(id);
		if (actor === undefined) {
			const ids = this.instances.all.map(each => each.id).join(', ');
			this.error(`There is no instance '${id}'; the instances are ${ids === '' ? 'none' : ids}.`);
		}
		return actor;
	}

	private suspend(): void {
		if (this.goal === 'suspend') {
			this.error('The deployment is suspended already.');
		} else if (this.goal === 'new') {
			this.error('The deployment has not been started.');
		} else {
			this.goal = 'suspend';
			this.stopAll();
		}
	}

	private resume(): void {
		if (this.goal !== 'suspend') {
			this.error('The deployment is not suspended; nothing is to resume.');
			return;
		}
		this.goal = 'resume';
		this.startAll('the deployment is resumed');
	}

	/** Ports that are still being claimed when it is suspended lead to nothing; resume starts what they are for. */
	private startAll(why: string): void {
		for (const actor of this.instances.all) {
			if (this.goal !== 'suspend' && actor.can('start')) {
				actor.take({ type: 'start', why });
			}
		}
	}

	private stopAll(): void {
		for (const actor of this.instances.all) {
			if (actor.can('stop')) {
				actor.take({ type: 'stop' });
			}
		}
	}

	private delete(): void {
		if (this.goal === 'delete') {
			for (const actor of this.instances.all) {
				actor.take({ type: 'kill' });
			}
		} else if (!this.isEnding()) {
			this.goal = 'delete';
			this.configurations.giveUp();
			this.stopAll();
		}
	}

	private isEnding(): boolean {
		return this.goal === 'delete' || this.goal === 'close' || this.goal === 'stopped';
	}

	/** After every event: goes on with what waited for it, then tells the readers. */
	private settle(): void {
		if (!this.isEnding()) {
			this.configurations.advance();
		}
		const { all, isClaiming } = this.instances;
		if ((this.goal === 'deploy' || this.goal === 'resume') && !isClaiming && all.every(hasArrived)) {
			this.goal = 'run';
		}
		if (this.goal === 'delete' && !isClaiming && all.every(isAtRest)) {
			this.close();
		}
		this.tell();
	}

	private close(): void {
		this.goal = 'close';
		const closed = () => {
			this.mailbox.post(() => {
				this.goal = 'stopped';
			});
			this.resolveEnded();
		};
		this.instances.close().then(closed, (error: unknown) => {
			this.error(error instanceof Error ? error.message : String(error));
			closed();
		});
	}

	private tell(): void {
		const news = this.writer.entries.slice(this.seen);
		this.seen += news.length;
		if (news.some(entry => entry.event !== 'output') || this.status() !== this.last.status) {
			this.last = this.makeSnapshot();
			this.snapshots.fire(this.last);
		}
	}

	private makeSnapshot(): DeploymentSnapshot {
		const { service, deploymentId } = this.plan;
		const instances = this.instances.all.map(actor => actor.snapshot()).sort(byRoleThenIndex(this.plan));
		return { service, deploymentId, status: this.status(), instances };
	}

	private status(): DeploymentStatus {
		switch (this.goal) {
			case 'new':
			case 'deploy':
				return 'Deploying';
			case 'run':
				return this.configurations.isChanging || this.instances.isClaiming ? 'RunningTransitioning' : 'Running';
			case 'suspend':
				return this.instances.all.every(isAtRest) ? 'Suspended' : 'Suspending';
			case 'resume':
				return 'Starting';
			case 'delete':
			case 'close':
				return 'Deleting';
			case 'stopped':
				return 'Stopped';
		}
	}

	private writeStatus(): void {
		const { status, instances } = this.makeSnapshot();
		const lines = instances.map(({ instance, state, text, life, pid, endpoints }) => ({
			instance,
			state,
			text,
			life,
			...(pid !== undefined && { pid }),
			endpoints,
		}));
		this.writer.write({ event: 'status', deployment: status, instances: lines });
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

function isAtRest({ instance: { phase } }: InstanceActor): boolean {
	return phase === 'unborn' || phase === 'stopped' || phase === 'removed';
}

/** Past its first start, well or not. */
function hasArrived(actor: InstanceActor): boolean {
	const { phase } = actor.instance;
	return phase === 'running' || phase === 'delayed' || isAtRest(actor);
}

function byRoleThenIndex(plan: DeploymentPlan) {
	const place = new Map(plan.roles.map((role, index) => [role.name, index]));
	return (a: { role: string; index: number }, b: { role: string; index: number }) =>
		(place.get(a.role) ?? 0) - (place.get(b.role) ?? 0) || a.index - b.index;
}
