import type { Emitter } from '../../base/emitter';
import { textOfError } from '../../base/failure';
import { secretParts } from '../../base/secrets';
import { type Command, commandText } from '../command';
import { type Fabric, newFabric } from '../fabric';
import type { Gate } from '../gate';
import type { CommandSource, JournalEvent } from '../journal/journal';
import type { Journal } from '../journal/journalLog';
import type { Mailbox } from '../mailbox';
import type { DeploymentPlan } from '../plan/deploymentPlan';
import type { RoleEnvironment } from '../roleEnvironment';
import type { Slot } from '../slots';
import type { DeploymentSnapshot } from '../snapshot';
import type { World } from '../world';
import { type DeploymentParts, deploymentParts } from './deploymentParts';
import { statusEntry } from './deploymentStatus';
import { DeploymentView } from './deploymentView';
import type { WalkMode } from './domainWalk';
import { carryOut, type Orders } from './orders';

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
	/** Where a debugger holds the fabric and lets it go on. */
	readonly gate: Gate;
	private readonly mailbox: Mailbox;
	private readonly debug: Set<string>;
	private readonly parts: DeploymentParts;
	private readonly orders: Orders;
	private readonly view: DeploymentView;
	/** Resolves when every process has ended and every port is closed. */
	readonly ended: Promise<void>;
	private resolveEnded: () => void = () => {};

	constructor(
		readonly plan: DeploymentPlan,
		world: World,
		{ onStopLimit, debug, fabric = newFabric(world), slot = () => 'production', isNamed = false }: DeploymentOptions,
	) {
		this.mailbox = fabric.mailbox;
		this.gate = fabric.gate;
		this.debug = new Set(debug);
		this.parts = deploymentParts(plan, { world, fabric, onStopLimit, debug: this.debug, slot, isNamed });
		this.orders = this.makeOrders();
		this.view = new DeploymentView(plan, this.parts, slot);
		this.ended = new Promise(resolve => {
			this.resolveEnded = resolve;
		});
		this.watch();
	}

	get onSnapshot(): Emitter<DeploymentSnapshot>['event'] {
		return this.view.onSnapshot;
	}

	get journal(): Journal {
		return this.parts.journal.log;
	}

	get snapshot(): DeploymentSnapshot {
		return this.view.last;
	}

	/** Opens the ports and copies the code, then starts every instance. */
	start(): void {
		const { course, instances, updates } = this.parts;
		const deploy = () => {
			if (course.deploy()) {
				const staged = updates.stageFirst(this.plan);
				instances.open(this.plan, () => course.startAll('the deployment starts'), staged);
			}
		};
		// The first look at each makes the most of what the later ones only repeat: not at a thousand at once.
		this.mailbox.post(() => this.mailbox.postNext([...instances.all.map(each => () => each.snapshot()), deploy]));
	}

	/**
	 * Carries out commands in the order in which they come; one that cannot be done gives an `error` entry. `said` is what
	 * was asked, in the words of the journal.
	 */
	submit(command: Command, by: CommandSource, said = commandText(command)): void {
		this.mailbox.post(() => {
			if (command.command === 'set') {
				this.parts.journal.hide(secretParts(command.setting, command.value));
			}
			const instance = 'instance' in command ? this.parts.instances.get(command.instance)?.id : undefined;
			const { n } = this.parts.journal.write({ event: 'command', command: said, by }, instance);
			if (this.parts.course.isEnding && command.command !== 'quit' && command.command !== 'status') {
				this.error('The service is stopped; start it again first.');
				return;
			}
			const asked = { why: `${said} (${by})`, n };
			if ((command.command === 'walk' || command.command === 'rollback') && this.parts.updates.isComing) {
				this.parts.updates.afterComing(() => carryOut(command, asked, this.orders));
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
			this.parts.journal.write({ event: 'command', command, by });
			if (this.parts.course.isEnding) {
				this.error('The service is stopped; a new configuration is taken at its next start.');
			} else {
				this.parts.changes.submit(plan);
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
			const { n } = this.parts.journal.write({ event: 'command', command, by });
			if (this.parts.course.isEnding || this.parts.course.goal === 'new') {
				Promise.resolve(plan).catch(() => {});
				this.error('The service does not run; it takes what is built now at its next start.');
				return;
			}
			this.parts.updates.submit(plan, mode, { why: `${command} (${by})`, n });
		});
	}

	/** Writes down what whoever runs the deployment was asked for, could not do, or has to say. */
	report(event: Extract<JournalEvent, { event: 'command' | 'error' | 'note' }>): void {
		this.mailbox.post(() => {
			this.parts.journal.write(event);
		});
	}

	/** Resolves when what was asked until now has been carried out, and the snapshot tells of it. */
	carriedOut(): Promise<void> {
		return new Promise(resolve => this.mailbox.post(() => resolve()));
	}

	/** An orderly stop of everything; resolves when every process has ended. A second call ends them at once. */
	stop(): Promise<void> {
		this.gate.goOn();
		this.mailbox.post(() => this.delete());
		return this.ended;
	}

	/** Every instance, state, process and endpoint as one entry of the journal. */
	writeStatus(): void {
		this.mailbox.post(() => this.parts.journal.write(statusEntry(this.view.look())));
	}

	/** A swap: this deployment has the public addresses of the other one from now on. */
	exchangePublicSides(other: Deployment): void {
		this.parts.instances.exchangePublicSides(other.parts.instances);
		this.view.renew();
		other.view.renew();
	}

	/** A debugger wants to come to the life of an instance that is under way. */
	openToDebugger(instance: string): void {
		this.mailbox.post(() => this.parts.instances.get(instance)?.openToDebugger());
	}

	/** A debugger has stopped the process of an instance, or let it go on; fabric time stands meanwhile. */
	debuggerStopped(instance: string, stopped: boolean): void {
		this.mailbox.post(() => this.parts.instances.get(instance)?.debuggerStopped(stopped));
	}

	/** An instance that waits for a debugger goes on: its breakpoints are set, or nobody will attach one. */
	goOn(instance: string): void {
		this.mailbox.post(() => this.parts.instances.get(instance)?.take({ type: 'go' }));
	}

	/** What the role's code would see of its service now. */
	environmentOf(instance: string): RoleEnvironment | undefined {
		return this.parts.instances.get(instance)?.environment();
	}

	/** Whether later lives of this instance wait for a debugger. */
	setDebug(instance: string, wait: boolean): void {
		if (wait) {
			this.debug.add(instance);
		} else {
			this.debug.delete(instance);
		}
	}

	private makeOrders(): Orders {
		const { instances, changes, journal, course } = this.parts;
		return {
			instances,
			changes,
			journal,
			waitForDebugger: instance => this.setDebug(instance, true),
			suspend: () => course.suspend(),
			resume: () => course.resume(),
			status: () => journal.write(statusEntry(this.view.look())),
			quit: () => this.delete(),
			spread: runs => this.mailbox.postNext(runs),
		};
	}

	/** As long as it lasts. */
	private watch(): void {
		const watching = [
			this.mailbox.onEmpty(() => this.settle()),
			this.mailbox.onTurnOver(() => this.view.tell()),
			this.gate.onStand(() => this.view.tell()),
		];
		void this.ended.then(() =>
			this.mailbox.post(() => {
				this.view.tell();
				for (const each of watching) {
					each.dispose();
				}
			}),
		);
	}

	private delete(): void {
		if (!this.parts.course.isEnding) {
			this.parts.changes.giveUp();
		}
		this.parts.course.delete();
	}

	/** After every event: goes on with what waited for it, then tells the readers. */
	private settle(): void {
		if (!this.parts.course.isEnding) {
			this.parts.changes.advance();
			this.parts.updates.sweep();
		}
		this.parts.course.settle();
		if (this.parts.course.canClose) {
			this.close();
		}
		this.view.tell();
	}

	private close(): void {
		this.parts.course.close();
		const closed = () => {
			this.mailbox.post(() => this.parts.course.end());
			this.resolveEnded();
		};
		this.parts.instances.close().then(closed, (error: unknown) => {
			this.error(textOfError(error));
			closed();
		});
	}

	private error(text: string): void {
		this.parts.journal.write({ event: 'error', text });
	}
}
