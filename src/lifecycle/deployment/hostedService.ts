import { Emitter } from '../../base/emitter';
import { type Command, commandText, inSlot } from '../command';
import { type Fabric, newFabric } from '../fabric';
import type { Gate } from '../gate';
import type { CommandSource } from '../journal/journal';
import type { Journal, Kept } from '../journal/journalLog';
import { JournalWriter } from '../journal/journalWriter';
import type { DeploymentPlan } from '../plan/deploymentPlan';
import type { RoleEnvironment } from '../roleEnvironment';
import { readAddress, type Slot } from '../slots';
import type { DeploymentSnapshot } from '../snapshot';
import type { World } from '../world';
import type { Deployment, DeploymentOptions } from './deployment';
import { DeploymentSlots, nothingStaged, type Staged } from './deploymentSlots';
import type { WalkMode } from './domainWalk';

export interface HostedOptions extends Pick<DeploymentOptions, 'onStopLimit' | 'debug'> {
	readonly kept?: Kept;
}

/**
 * A service with its two deployment slots: the deployment in production, and perhaps one in staging with its own instances,
 * disks and public addresses. A swap exchanges the addresses; instances run on and hear nothing of it (role-lifecycle.md 7).
 * It is read and asked like a single deployment, which it is until something is staged.
 */
export class HostedService {
	readonly onSnapshot: Emitter<DeploymentSnapshot>['event'];
	private readonly snapshots = new Emitter<DeploymentSnapshot>();
	private readonly fabric: Fabric;
	private readonly slots: DeploymentSlots;
	/** What concerns the service as a whole. */
	private readonly writer: JournalWriter;
	private last: DeploymentSnapshot;

	constructor(plan: DeploymentPlan, world: World, { onStopLimit, debug, kept }: HostedOptions) {
		this.fabric = newFabric({ ...world, ...(kept && { kept }) });
		this.writer = new JournalWriter(() => world.clock.now(), this.fabric.log);
		this.writer.hideSecretsOf(plan);
		this.onSnapshot = this.snapshots.event;
		this.slots = new DeploymentSlots(plan, {
			world,
			fabric: this.fabric,
			writer: this.writer,
			changed: () => this.tell(),
			onStopLimit,
			debug,
		});
		this.last = this.slots.snapshot;
	}

	get journal(): Journal {
		return this.fabric.log;
	}

	/** Where a debugger holds both deployments and lets them go on. */
	get gate(): Gate {
		return this.fabric.gate;
	}

	/** Of the deployment in production; the other one is its `staging`. */
	get snapshot(): DeploymentSnapshot {
		return this.last;
	}

	/** What was deployed there first; `undefined` where nothing is. */
	planIn(slot: Slot): DeploymentPlan | undefined {
		return this.slots.at(slot)?.plan;
	}

	start(): void {
		this.slots.production.start();
	}

	/** Carries out commands in the order in which they come; one that cannot be done gives an `error` entry. */
	submit(command: Command, by: CommandSource): void {
		switch (command.command) {
			case 'swap':
				this.fabric.mailbox.post(() => this.told(command, by, () => this.slots.swap()));
				return;
			case 'unstage':
				this.fabric.mailbox.post(() => this.told(command, by, () => this.slots.unstage()));
				return;
			case 'quit':
				void this.slots.staging?.stop();
				this.slots.production.submit(command, by);
				return;
			case 'status':
				this.slots.production.submit(command, by);
				this.slots.staging?.writeStatus();
				return;
			default: {
				const { slot, command: own } = inSlot(command);
				const said = commandText(command);
				this.inSlot(slot, said, by, deployment => deployment.submit(own, by, said));
			}
		}
	}

	/** A new configuration for one of the deployments (`Deployment.configure`). */
	configure(plan: DeploymentPlan, by: CommandSource, said?: string, slot: Slot = 'production'): void {
		this.inSlot(slot, said ?? 'configure', by, deployment => deployment.configure(plan, by, said));
	}

	/** In-place update of one of the deployments (`Deployment.update`). */
	update(plan: DeploymentPlan | Promise<DeploymentPlan>, mode: WalkMode, by: CommandSource, slot?: 'staging'): void {
		const said = commandText({ command: 'update', mode, ...(slot && { slot }) });
		const isTaken = this.inSlot(slot ?? 'production', said, by, one => one.update(plan, mode, by, said));
		if (!isTaken) {
			Promise.resolve(plan).catch(() => {});
		}
	}

	/** Deploys what `make` builds into the staging slot, beside production. It is called where that slot is free. */
	stage(make: () => Promise<Staged>, by: CommandSource): void {
		this.fabric.mailbox.post(() => this.told({ command: 'stage' }, by, () => this.slots.stage(make)));
	}

	/** Writes down what whoever runs the service was asked for, could not do, or has to say. */
	report(event: Parameters<Deployment['report']>[0]): void {
		this.fabric.mailbox.post(() => {
			this.writer.write(event);
		});
	}

	/** Resolves when what was asked until now has been carried out, and the snapshots tell of it. */
	carriedOut(): Promise<void> {
		return this.slots.production.carriedOut();
	}

	/** An orderly stop of everything; resolves when every process has ended. A second call ends them at once. */
	stop(): Promise<void> {
		const stops = this.slots.all.map(deployment => deployment.stop());
		return Promise.all(stops).then(() => {});
	}

	/** The instances of these are addresses: `staging:Worker_IN_0`. */
	goOn(address: string): void {
		this.at(address, (deployment, instance) => deployment.goOn(instance));
	}

	setDebug(address: string, wait: boolean): void {
		this.at(address, (deployment, instance) => deployment.setDebug(instance, wait));
	}

	openToDebugger(address: string): void {
		this.at(address, (deployment, instance) => deployment.openToDebugger(instance));
	}

	debuggerStopped(address: string, stopped: boolean): void {
		this.at(address, (deployment, instance) => deployment.debuggerStopped(instance, stopped));
	}

	environmentOf(address: string): RoleEnvironment | undefined {
		return this.at(address, (deployment, instance) => deployment.environmentOf(instance));
	}

	private at<T>(address: string, ask: (deployment: Deployment, instance: string) => T): T | undefined {
		const { slot, name } = readAddress(address);
		const deployment = this.slots.at(slot);
		return deployment && ask(deployment, name);
	}

	private inSlot(slot: Slot, said: string, by: CommandSource, ask: (deployment: Deployment) => void): boolean {
		const deployment = this.slots.at(slot);
		if (deployment) {
			ask(deployment);
		} else {
			this.report({ event: 'command', command: said, by });
			this.report({ event: 'error', text: nothingStaged });
		}
		return deployment !== undefined;
	}

	/** Writes down what was asked, then why it cannot be had where that is so. */
	private told(command: Command, by: CommandSource, act: () => string | undefined): void {
		this.writer.write({ event: 'command', command: commandText(command), by });
		const refused = this.slots.isEnding ? 'The service is stopped; start it again first.' : act();
		if (refused !== undefined) {
			this.error(refused);
		}
		this.tell();
	}

	private tell(): void {
		this.last = this.slots.snapshot;
		this.snapshots.fire(this.last);
	}

	private error(text: string): void {
		this.writer.write({ event: 'error', text });
	}
}
