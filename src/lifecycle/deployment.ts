import { Emitter } from '../base/emitter';
import { secretParts } from '../base/secrets';
import { Changes } from './changes';
import { type Command, commandText } from './command';
import { Course } from './course';
import type { DeploymentPlan } from './deploymentPlan';
import { deploymentSnapshot, deploymentStatus, statusEntry } from './deploymentStatus';
import type { WalkMode } from './domainWalk';
import { type Fabric, newFabric } from './fabric';
import type { Gate } from './gate';
import { Instances } from './instances';
import type { CommandSource, JournalEvent } from './journal';
import type { Journal } from './journalLog';
import { JournalWriter } from './journalWriter';
import type { Mailbox } from './mailbox';
import { carryOut, type Orders } from './orders';
import type { RoleEnvironment } from './roleEnvironment';
import type { Slot } from './slots';
import type { DeploymentSnapshot, DeploymentStatus } from './snapshot';
import { Updates } from './updates';
import type { World } from './world';

export interface DeploymentOptions {
	/** Milliseconds that Stopping and OnStop may take together; 5 minutes by default, 30 s by the oldest rule. */
	readonly onStopLimit: number;
	/** Instances whose lives wait for a debugger. */
	readonly debug: ReadonlySet<string>;
	/** What it shares with the other deployment of its service; its own where it stands alone. */
	readonly fabric?: Fabric;
	/** Where it stands now; production where nothing is said. */
	readonly slot?: () => Slot;
	/** Its entries name it: another one of the same service came before it. */
	readonly isNamed?: boolean;
}

/**
 * A deployment that runs: its instances, their ports, the changes of its configuration. Decides nothing about an instance
 * (`instance.ts` does) and touches nothing but the world it is given. Whatever happens is in its journal, and only there.
 */
export class Deployment {
	readonly onSnapshot: Emitter<DeploymentSnapshot>['event'];
	private readonly snapshots = new Emitter<DeploymentSnapshot>();
	private readonly writer: JournalWriter;
	private readonly mailbox: Mailbox;
	private readonly debug: Set<string>;
	/** Where a debugger holds the fabric and lets it go on. */
	readonly gate: Gate;
	private readonly slot: () => Slot;
	private readonly instances: Instances;
	private readonly changes: Changes;
	private readonly orders: Orders;
	private readonly course: Course;
	private readonly updates: Updates;
	private last: DeploymentSnapshot;
	/** Resolves when every process has ended and every port is closed. */
	readonly ended: Promise<void>;
	private resolveEnded: () => void = () => {};

	constructor(
		readonly plan: DeploymentPlan,
		world: World,
		{ onStopLimit, debug, fabric = newFabric(world), slot = () => 'production', isNamed = false }: DeploymentOptions,
	) {
		const { mailbox, gate } = fabric;
		const { clock } = world;
		this.mailbox = mailbox;
		this.gate = gate;
		this.slot = slot;
		this.debug = new Set(debug);
		const post: Mailbox['post'] = (task, manner) => mailbox.post(task, manner);
		const origin = () => ({
			...(slot() === 'staging' && { slot: 'staging' as const }),
			...(isNamed && { deploymentId: plan.deploymentId }),
		});
		const journal = new JournalWriter(() => clock.now(), fabric.log, origin);
		this.writer = journal;
		this.writer.hideSecretsOf(plan);
		const isEnding = () => this.course.isEnding;
		this.instances = new Instances({
			world,
			journal,
			onStopLimit,
			debug: this.debug,
			post,
			gate,
			slot,
			isGivenUp: isEnding,
		});
		const spread: Mailbox['postNext'] = runs => mailbox.postNext(runs);
		this.course = new Course(this.instances, text => this.error(text), spread);
		const startsNew = () => this.course.startsNew;
		this.changes = new Changes(plan, this.instances, { clock, journal, post, spread, startsNew });
		const { instances, changes } = this;
		this.updates = new Updates({ disks: world.disks, instances, changes, journal, post, isEnding });
		this.orders = {
			instances: this.instances,
			changes: this.changes,
			journal,
			waitForDebugger: instance => this.setDebug(instance, true),
			suspend: () => this.course.suspend(),
			resume: () => this.course.resume(),
			status: () => this.writer.write(statusEntry(this.makeSnapshot())),
			quit: () => this.delete(),
			spread,
		};
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
		const watching = [
			mailbox.onEmpty(() => this.settle()),
			mailbox.onTurnOver(() => this.tell()),
			gate.onStand(() => this.tell()),
		];
		void this.ended.then(() =>
			this.mailbox.post(() => {
				this.tell();
				for (const each of watching) {
					each.dispose();
				}
			}),
		);
	}

	get journal(): Journal {
		return this.writer.log;
	}

	get snapshot(): DeploymentSnapshot {
		return this.last;
	}

	/** Opens the ports and copies the code, then starts every instance. */
	start(): void {
		this.mailbox.post(() => {
			if (this.course.deploy()) {
				const staged = this.updates.stageFirst(this.plan);
				this.instances.open(this.plan, () => this.course.startAll('the deployment starts'), staged);
			}
		});
	}

	/**
	 * Carries out commands in the order in which they come; one that cannot be done gives an `error` entry. `said` is what
	 * was asked, in the words of the journal.
	 */
	submit(command: Command, by: CommandSource, said = commandText(command)): void {
		this.mailbox.post(() => {
			if (command.command === 'set') {
				this.writer.hide(secretParts(command.setting, command.value));
			}
			const instance = 'instance' in command ? this.instances.get(command.instance)?.id : undefined;
			const { n } = this.writer.write({ event: 'command', command: said, by }, instance);
			if (this.course.isEnding && command.command !== 'quit' && command.command !== 'status') {
				this.error('The service is stopped; start it again first.');
				return;
			}
			const asked = { why: `${said} (${by})`, n };
			if ((command.command === 'walk' || command.command === 'rollback') && this.updates.isComing) {
				this.updates.afterComing(() => carryOut(command, asked, this.orders));
			} else {
				carryOut(command, asked, this.orders);
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
			if (this.course.isEnding) {
				this.error('The service is stopped; a new configuration is taken at its next start.');
			} else {
				this.changes.submit(plan);
			}
		});
	}

	/**
	 * In-place update (role-lifecycle.md 7): `plan` names what is built now, or is there when it is built; its code is copied
	 * before anything else happens. Instances that have not been walked keep the code of before, also when they restart.
	 */
	update(
		plan: DeploymentPlan | Promise<DeploymentPlan>,
		mode: WalkMode,
		by: CommandSource,
		command = commandText({ command: 'update', mode }),
	): void {
		this.mailbox.post(() => {
			const { n } = this.writer.write({ event: 'command', command, by });
			if (this.course.isEnding || this.course.goal === 'new') {
				Promise.resolve(plan).catch(() => {});
				this.error('The service does not run; it takes what is built now at its next start.');
				return;
			}
			this.updates.submit(plan, mode, { why: `${command} (${by})`, n });
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
		this.gate.goOn();
		this.mailbox.post(() => this.delete());
		return this.ended;
	}

	/** Every instance, state, process and endpoint as one entry of the journal. */
	writeStatus(): void {
		this.mailbox.post(() => this.writer.write(statusEntry(this.makeSnapshot())));
	}

	/** A swap: this deployment has the public addresses of the other one from now on. */
	exchangePublicSides(other: Deployment): void {
		this.instances.exchangePublicSides(other.instances);
		this.last = this.makeSnapshot();
		other.last = other.makeSnapshot();
	}

	/** A debugger has stopped the process of an instance, or let it go on; fabric time stands meanwhile. */
	openToDebugger(instance: string): void {
		this.mailbox.post(() => this.instances.get(instance)?.openToDebugger());
	}

	debuggerStopped(instance: string, stopped: boolean): void {
		this.mailbox.post(() => this.instances.get(instance)?.debuggerStopped(stopped));
	}

	/** An instance that waits for a debugger goes on: its breakpoints are set, or nobody will attach one. */
	goOn(instance: string): void {
		this.mailbox.post(() => this.instances.get(instance)?.take({ type: 'go' }));
	}

	/** What the role's code would see of its service now. */
	environmentOf(instance: string): RoleEnvironment | undefined {
		return this.instances.get(instance)?.environment();
	}

	/** Whether later lives of this instance wait for a debugger. */
	setDebug(instance: string, wait: boolean): void {
		if (wait) {
			this.debug.add(instance);
		} else {
			this.debug.delete(instance);
		}
	}

	private delete(): void {
		if (!this.course.isEnding) {
			this.changes.giveUp();
		}
		this.course.delete();
	}

	/** After every event: goes on with what waited for it, then tells the readers. */
	private settle(): void {
		if (!this.course.isEnding) {
			this.changes.advance();
			this.updates.sweep();
		}
		this.course.settle();
		if (this.course.canClose) {
			this.close();
		}
		this.tell();
	}

	private close(): void {
		this.course.close();
		const closed = () => {
			this.mailbox.post(() => this.course.end());
			this.resolveEnded();
		};
		this.instances.close().then(closed, (error: unknown) => {
			this.error(error instanceof Error ? error.message : String(error));
			closed();
		});
	}

	private tell(): void {
		const isNews = this.writer.takeNews();
		if (isNews || this.status() !== this.last.status) {
			this.last = this.makeSnapshot();
			this.snapshots.fire(this.last);
		}
	}

	private makeSnapshot(): DeploymentSnapshot {
		return deploymentSnapshot(this.plan, this.status(), this.instances, this.changes.updateStatus, this.slot());
	}

	private status(): DeploymentStatus {
		const changing = this.changes.isUnderWay || this.instances.isClaiming || this.updates.isComing;
		return deploymentStatus(this.course.goal, changing, this.instances.all);
	}

	private error(text: string): void {
		this.writer.write({ event: 'error', text });
	}
}
