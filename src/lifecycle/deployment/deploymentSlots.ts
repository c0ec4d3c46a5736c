import { textOfError } from '../../base/failure';
import type { Fabric } from '../fabric';
import type { JournalWriter } from '../journal/journalWriter';
import type { DeploymentPlan } from '../plan/deploymentPlan';
import { readAddress, type Slot } from '../slots';
import type { DeploymentSnapshot } from '../snapshot';
import type { World } from '../world';
import { Deployment, type DeploymentOptions } from './deployment';
import { SlotNetwork } from './slotNetwork';
import { swapRefusal } from './swap';

/** A second deployment of a service: what is built now, and the part of the world that is its own. */
export interface Staged {
	readonly plan: DeploymentPlan;
	/** Its disks and its processes; clock and network are those of the first. */
	readonly world: World;
	/** Gives back what it holds, when all of it has ended. */
	readonly release: () => void;
}

/** What the slots share with the service. */
interface SlotsContext extends Pick<DeploymentOptions, 'onStopLimit' | 'debug'> {
	readonly world: World;
	readonly fabric: Fabric;
	/** What concerns the service as a whole. */
	readonly writer: JournalWriter;
	/** The snapshot is another one. */
	readonly changed: () => void;
}

interface Placed {
	readonly deployment: Deployment;
	readonly network: SlotNetwork;
	/** Where it stands now. */
	readonly stand: { slot: Slot };
}

/**
 * Who stands in production and who in staging. An order is carried out at once, and answered with a sentence where it
 * cannot be.
 */
export class DeploymentSlots {
	private inProduction: Placed;
	private inStaging: Placed | undefined;
	/** What is to stand in staging is being built. */
	private coming = false;

	constructor(
		plan: DeploymentPlan,
		private readonly context: SlotsContext,
	) {
		this.inProduction = this.place(plan, context.world, 'production');
	}

	get production(): Deployment {
		return this.inProduction.deployment;
	}

	get staging(): Deployment | undefined {
		return this.inStaging?.deployment;
	}

	at(slot: Slot): Deployment | undefined {
		return slot === 'staging' ? this.staging : this.production;
	}

	get all(): readonly Deployment[] {
		return this.staging ? [this.production, this.staging] : [this.production];
	}

	get isEnding(): boolean {
		const { status } = this.production.snapshot;
		return status === 'Deleting' || status === 'Stopped';
	}

	/** Of production, with staging in it where there is or comes one. */
	get snapshot(): DeploymentSnapshot {
		const production = this.production.snapshot;
		const staging = this.staging?.snapshot ?? (this.coming ? comingTo(production) : undefined);
		// Whoever waits for the end of the service waits for both.
		const isLeft = production.status === 'Stopped' && staging !== undefined && staging.status !== 'Stopped';
		return staging ? { ...production, staging, ...(isLeft && { status: 'Deleting' }) } : production;
	}

	/** `make` is called where staging is free. */
	stage(make: () => Promise<Staged>): string | undefined {
		const refused = this.stageRefusal();
		if (refused !== undefined) {
			return refused;
		}
		this.coming = true;
		const came = (then: () => void) => this.context.fabric.mailbox.post(() => this.came(then));
		make().then(
			ready => came(() => this.begin(ready)),
			(error: unknown) => came(() => this.error(`Nothing was staged, and production runs on. ${textOfError(error)}`)),
		);
		return undefined;
	}

	unstage(): string | undefined {
		const { staging } = this;
		if (staging === undefined) {
			return nothingStaged;
		}
		void staging.stop().then(() =>
			this.context.fabric.mailbox.post(() => {
				this.inStaging = undefined;
				this.note(`Deployment ${staging.plan.deploymentId} is removed from staging.`);
				this.context.changed();
			}),
		);
		return undefined;
	}

	/** No instance is restarted, and none is told: the documents know of no event (role-lifecycle.md 7). */
	swap(): string | undefined {
		const { inProduction: production, inStaging: staging } = this;
		if (staging === undefined) {
			return nothingStaged;
		}
		const refused = swapRefusal(production.deployment, staging.deployment);
		if (refused !== undefined) {
			return refused;
		}
		production.network.exchange(staging.network);
		this.inProduction = staging;
		this.inStaging = production;
		staging.stand.slot = 'production';
		production.stand.slot = 'staging';
		production.deployment.exchangePublicSides(staging.deployment);
		for (const { deployment } of [staging, production]) {
			const { deploymentId } = deployment.plan;
			this.note(`Swap: deployment ${deploymentId} is now ${placeText(deployment)}; its instances run on.`);
		}
		return undefined;
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
		this.context.changed();
	}

	private begin({ plan, world, release }: Staged): void {
		if (this.isEnding) {
			release();
			return;
		}
		const placed = this.place(plan, world, 'staging');
		this.inStaging = placed;
		this.context.writer.hideSecretsOf(plan);
		this.note(
			`Deployment ${plan.deploymentId} starts in staging, with instances, disks and public addresses of its own.`,
		);
		placed.deployment.start();
		void placed.deployment.ended.then(release);
	}

	/** The first deployment begins in production, and every other one in staging. */
	private place(plan: DeploymentPlan, world: World, slot: Slot): Placed {
		const isNamed = slot === 'staging';
		const { onStopLimit, debug, fabric, changed } = this.context;
		const network = new SlotNetwork(this.context.world.network, isNamed ? `${plan.deploymentId}/` : '');
		const stand = { slot };
		const deployment = new Deployment(
			plan,
			{ ...world, network },
			{
				onStopLimit,
				debug: new Set(instancesIn(slot, debug)),
				fabric,
				slot: () => stand.slot,
				isNamed,
			},
		);
		deployment.onSnapshot(changed);
		return { deployment, network, stand };
	}

	private error(text: string): void {
		this.context.writer.write({ event: 'error', text });
	}

	private note(text: string): void {
		this.context.writer.write({ event: 'note', text });
	}
}

export const nothingStaged = 'There is no deployment in staging: deploy to staging first (stage).';

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

/** Of these addresses those in a slot, by their names there. */
function instancesIn(slot: Slot, addresses: ReadonlySet<string>): readonly string[] {
	const read = [...addresses].map(readAddress);
	return read.filter(each => each.slot === slot).map(({ name }) => name);
}
