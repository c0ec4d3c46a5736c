import { Emitter } from '../base/emitter';
import { type Command, commandText, inSlot } from './command';
import { Deployment, type DeploymentOptions } from './deployment';
import type { DeploymentPlan } from './deploymentPlan';
import type { WalkMode } from './domainWalk';
import { type Fabric, newFabric } from './fabric';
import type { Gate } from './gate';
import type { CommandSource } from './journal';
import type { Journal, Kept } from './journalLog';
import { JournalWriter } from './journalWriter';
import type { RoleEnvironment } from './roleEnvironment';
import { SlotNetwork } from './slotNetwork';
import { readAddress, type Slot } from './slots';
import type { DeploymentSnapshot } from './snapshot';
import { swapRefusal } from './swap';
import type { World } from './world';

/** A second deployment of a service: what is built now, and the part of the world that is its own. */
export interface Staged {
	readonly plan: DeploymentPlan;
	/** Its disks and its processes; clock and network are those of the first. */
	readonly world: World;
	/** Gives back what it holds, when all of it has ended. */
	readonly release: () => void;
}

export interface HostedOptions extends Pick<DeploymentOptions, 'onStopLimit' | 'debug'> {
	readonly kept?: Kept;
}

interface Placed {
	readonly deployment: Deployment;
	readonly network: SlotNetwork;
	/** Where it stands now. */
	readonly stand: { slot: Slot };
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
	private production: Placed;
	private staging: Placed | undefined;
	/** What is to stand in staging is being built. */
	private coming = false;
	/** What concerns the service as a whole. */
	private readonly writer: JournalWriter;
	private last: DeploymentSnapshot;

	constructor(
		plan: DeploymentPlan,
		private readonly world: World,
		private readonly options: HostedOptions,
	) {
		this.fabric = newFabric({ ...world, ...(options.kept && { kept: options.kept }) });
		this.writer = new JournalWriter(() => world.clock.now(), this.fabric.log);
		this.writer.hideSecretsOf(plan);
		this.onSnapshot = this.snapshots.event;
		this.production = this.place(plan, world, 'production');
		this.last = this.production.deployment.snapshot;
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
		return (slot === 'staging' ? this.staging : this.production)?.deployment.plan;
	}

	start(): void {
		this.production.deployment.start();
	}

	/** Carries out commands in the order in which they come; one that cannot be done gives an `error` entry. */
	submit(command: Command, by: CommandSource): void {
		switch (command.command) {
			case 'swap':
				this.fabric.mailbox.post(() => this.told(command, by, () => this.swap()));
				return;
			case 'unstage':
				this.fabric.mailbox.post(() => this.told(command, by, () => this.unstage()));
				return;
			case 'quit':
				void this.staging?.deployment.stop();
				this.production.deployment.submit(command, by);
				return;
			case 'status':
				this.production.deployment.submit(command, by);
				this.staging?.deployment.writeStatus();
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
		this.fabric.mailbox.post(() =>
			this.told({ command: 'stage' }, by, () => {
				const refused = this.stageRefusal();
				if (refused !== undefined) {
					return refused;
				}
				this.coming = true;
				const came = (then: () => void) => this.fabric.mailbox.post(() => this.came(then));
				make().then(
					ready => came(() => this.begin(ready)),
					(error: unknown) => came(() => this.error(`Nothing was staged, and production runs on. ${textOf(error)}`)),
				);
				return undefined;
			}),
		);
	}

	/** Writes down what whoever runs the service was asked for, could not do, or has to say. */
	report(event: Parameters<Deployment['report']>[0]): void {
		this.fabric.mailbox.post(() => {
			this.writer.write(event);
		});
	}

	/** An orderly stop of everything; resolves when every process has ended. A second call ends them at once. */
	stop(): Promise<void> {
		const stops = this.placed().map(({ deployment }) => deployment.stop());
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
		const placed = slot === 'staging' ? this.staging : this.production;
		return placed && ask(placed.deployment, name);
	}

	private inSlot(slot: Slot, said: string, by: CommandSource, ask: (deployment: Deployment) => void): boolean {
		const placed = slot === 'staging' ? this.staging : this.production;
		if (placed) {
			ask(placed.deployment);
		} else {
			this.report({ event: 'command', command: said, by });
			this.report({ event: 'error', text: nothingStaged });
		}
		return placed !== undefined;
	}

	/** Writes down what was asked, then why it cannot be had where that is so. */
	private told(command: Command, by: CommandSource, act: () => string | undefined): void {
		this.writer.write({ event: 'command', command: commandText(command), by });
		const refused = this.isEnding ? 'The service is stopped; start it again first.' : act();
		if (refused !== undefined) {
			this.error(refused);
		}
		this.tell();
	}

	private stageRefusal(): string | undefined {
		if (this.coming) {
			return 'A deployment is being staged already.';
		}
		return this.staging && 'There is a deployment in staging already: update it, or remove it with unstage first.';
	}

	private came(then: () => void): void {
		this.coming = false;
		then();
		this.tell();
	}

	private begin({ plan, world, release }: Staged): void {
		if (this.isEnding) {
			release();
			return;
		}
		const placed = this.place(plan, world, 'staging');
		this.staging = placed;
		this.writer.hideSecretsOf(plan);
		this.note(
			`Deployment ${plan.deploymentId} starts in staging, with instances, disks and public addresses of its own.`,
		);
		placed.deployment.start();
		void placed.deployment.ended.then(release);
	}

	private unstage(): string | undefined {
		const { staging } = this;
		if (staging === undefined) {
			return nothingStaged;
		}
		void staging.deployment.stop().then(() =>
			this.fabric.mailbox.post(() => {
				this.staging = undefined;
				this.note(`Deployment ${staging.deployment.plan.deploymentId} is removed from staging.`);
				this.tell();
			}),
		);
		return undefined;
	}

	/** No instance is restarted, and none is told: the documents know of no event (role-lifecycle.md 7). */
	private swap(): string | undefined {
		const { production, staging } = this;
		if (staging === undefined) {
			return nothingStaged;
		}
		const refused = swapRefusal(production.deployment, staging.deployment);
		if (refused !== undefined) {
			return refused;
		}
		production.network.exchange(staging.network);
		this.production = staging;
		this.staging = production;
		this.production.stand.slot = 'production';
		this.staging.stand.slot = 'staging';
		production.deployment.exchangePublicSides(staging.deployment);
		for (const { deployment } of [staging, production]) {
			const { deploymentId } = deployment.plan;
			this.note(`Swap: deployment ${deploymentId} is now ${placeText(deployment)}; its instances run on.`);
		}
		return undefined;
	}

	private get isEnding(): boolean {
		const { status } = this.production.deployment.snapshot;
		return status === 'Deleting' || status === 'Stopped';
	}

	private placed(): readonly Placed[] {
		return this.staging ? [this.production, this.staging] : [this.production];
	}

	/** The first deployment begins in production, and every other one in staging. */
	private place(plan: DeploymentPlan, world: World, slot: Slot): Placed {
		const isNamed = slot === 'staging';
		const network = new SlotNetwork(this.world.network, isNamed ? `${plan.deploymentId}/` : '');
		const stand = { slot };
		const { onStopLimit, debug } = this.options;
		const deployment = new Deployment(
			plan,
			{ ...world, network },
			{
				onStopLimit,
				debug: isNamed ? new Set() : debug,
				fabric: this.fabric,
				slot: () => stand.slot,
				isNamed,
			},
		);
		deployment.onSnapshot(() => this.tell());
		return { deployment, network, stand };
	}

	private tell(): void {
		const production = this.production.deployment.snapshot;
		const staging = this.staging?.deployment.snapshot ?? (this.coming ? comingTo(production) : undefined);
		// Whoever waits for the end of the service waits for both.
		const isLeft = production.status === 'Stopped' && staging !== undefined && staging.status !== 'Stopped';
		this.last = staging ? { ...production, staging, ...(isLeft && { status: 'Deleting' }) } : production;
		this.snapshots.fire(this.last);
	}

	private error(text: string): void {
		this.writer.write({ event: 'error', text });
	}

	private note(text: string): void {
		this.writer.write({ event: 'note', text });
	}
}

const nothingStaged = 'There is no deployment in staging; write "stage" first.';

/** Before there are instances. */
function comingTo({ service }: DeploymentSnapshot): DeploymentSnapshot {
	return { service, deploymentId: '', slot: 'staging', status: 'Deploying', instances: [] };
}

function placeText({ snapshot }: Deployment): string {
	const { publicEndpoints = [] } = snapshot;
	const slot: Slot = snapshot.slot ?? 'production';
	const places = publicEndpoints.map(({ endpoint, address, port }) => `${endpoint} ${address}:${port}`);
	return places.length === 0 ? `in ${slot}` : `in ${slot}, at ${places.join(', ')}`;
}

function textOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
