import { Emitter } from '../base/emitter';
import { secretParts } from '../base/secrets';
import { Changes } from './changes';
import { type Command, commandText } from './command';
import { Course } from './course';
import type { DeploymentPlan } from './deploymentPlan';
import { deploymentSnapshot, deploymentStatus, statusEntry } from './deploymentStatus';
import type { WalkMode } from './domainWalk';
import type { World } from './host';
import { Instances } from './instances';
import type { CommandSource, JournalEvent } from './journal';
import { type Journal, JournalWriter } from './journalWriter';
import { Mailbox } from './mailbox';
import { carryOut, type Orders } from './orders';
import type { DeploymentSnapshot, DeploymentStatus } from './snapshot';
import { Updates } from './updates';

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
	private readonly mailbox = new Mailbox(() => this.settle());
	private readonly debug: Set<string>;
	private readonly instances: Instances;
	private readonly changes: Changes;
	private readonly orders: Orders;
	private readonly course: Course;
	private readonly updates: Updates;
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
		const isEnding = () => this.course.isEnding;
		this.instances = new Instances({ world, journal, onStopLimit, debug: this.debug, post, isGivenUp: isEnding });
		this.course = new Course(this.instances, text => this.error(text));
		const startsNew = () => this.course.startsNew;
		this.changes = new Changes(plan, this.instances, { clock, journal, post, startsNew });
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
	}

	get journal(): Journal {
		return this.writer;
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

	/** Carries out commands in the order in which they come; one that cannot be done gives an `error` entry. */
	submit(command: Command, by: CommandSource): void {
		this.mailbox.post(() => {
			if (command.command === 'set') {
				this.writer.hide(secretParts(command.setting, command.value));
			}
			const instance = 'instance' in command ? this.instances.get(command.instance)?.id : undefined;
			const { n } = this.writer.write({ event: 'command', command: commandText(command), by }, instance);
			if (this.course.isEnding && command.command !== 'quit' && command.command !== 'status') {
				this.error('The service is stopped; start it again first.');
				return;
			}
			const asked = { why: `${commandText(command)} (${by})`, n };
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
	update(plan: DeploymentPlan | Promise<DeploymentPlan>, mode: WalkMode, by: CommandSource): void {
		this.mailbox.post(() => {
			const command = commandText({ command: 'update', mode });
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
		this.mailbox.post(() => this.delete());
		return this.ended;
	}

	/** An instance that waits for a debugger goes on: its breakpoints are set, or nobody will attach one. */
	goOn(instance: string): void {
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
		const news = this.writer.entries.slice(this.seen);
		this.seen += news.length;
		if (news.some(entry => entry.event !== 'output') || this.status() !== this.last.status) {
			this.last = this.makeSnapshot();
			this.snapshots.fire(this.last);
		}
	}

	private makeSnapshot(): DeploymentSnapshot {
		return deploymentSnapshot(this.plan, this.status(), this.instances.all, this.changes.updateStatus);
	}

	private status(): DeploymentStatus {
		const changing = this.changes.isUnderWay || this.instances.isClaiming || this.updates.isComing;
		return deploymentStatus(this.course.goal, changing, this.instances.all);
	}

	private error(text: string): void {
		this.writer.write({ event: 'error', text });
	}
}
