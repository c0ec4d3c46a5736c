import { type InstanceName, instanceId } from '../domains';
import type { JournalWriter } from '../journal/journalWriter';
import type { RolePlan } from '../plan/deploymentPlan';
import type { FromSites, RunningSites, SitesAsked, SitesLife, SitesTold } from '../siteHost';
import type { World } from '../world';
import type { Endpoints } from './endpoints';
import type { Probes } from './probes';
import { undeclaredListening } from './undeclared';

export interface ServingContext {
	readonly world: World;
	readonly journal: JournalWriter;
	readonly endpoints: Endpoints;
	readonly probes: Probes;
	/** Runs it after what is being carried out now. */
	readonly post: (task: () => void) => void;
}

/** An instance whose process is there. */
export interface Served {
	readonly name: InstanceName;
	readonly role: RolePlan;
	readonly pid: number;
	/** It waits for a debugger, which has ports of its own. */
	readonly debugged: boolean;
	/** What its sites are started with; nothing where it has none. */
	readonly sites: SitesLife | undefined;
	/** A site asks for a recycle; `n`: the entry that tells of it. */
	readonly requestRecycle: (n: number) => void;
	/** What the sites say of themselves has changed. */
	readonly said: (status: 'Ready' | 'Busy') => void;
}

interface Life {
	readonly served: Served;
	readonly sites: RunningSites | undefined;
	isReady: boolean;
	/** Looks at where it listens that are still to come. */
	looks: readonly { dispose(): void }[];
}

/** Milliseconds of fabric time after Ready at which the fabric looks where a process listens: early, and once it has settled. */
const looks = [5_000, 30_000, 120_000];

/**
 * What stands around the process of an instance that serves: the sites of a web role, the custom probes, and a look at the
 * ports that it listens on. Each lasts as long as the process.
 */
export class Serving {
	private readonly lives = new Map<string, Life>();
	/** Sites that have been told to end and have not ended yet, of former lives too. */
	private readonly ending = new Set<Promise<void>>();
	/** What was said of an instance once is not said again. */
	private readonly told = new Set<string>();

	constructor(private readonly context: ServingContext) {}

	/** Its process is there: the sites are set up, and nothing of them answers yet. */
	begin(served: Served): void {
		const { world, journal, probes } = this.context;
		const instance = instanceId(served.name.role, served.name.index);
		const write = (message: FromSites): void => {
			if (message.type === 'requestRecycle') {
				const asked = { event: 'command', command: `recycle ${instance}`, by: 'role' } as const;
				served.requestRecycle(journal.write(asked, instance).n);
			} else if (message.type === 'status') {
				served.said(message.status);
			} else {
				writeDown(message, instance, journal);
			}
		};
		const sites = served.sites && world.sites.start(served.sites, message => this.context.post(() => write(message)));
		this.lives.set(instance, { served, sites, isReady: false, looks: [] });
		if (sites) {
			this.ending.add(sites.ended);
			void sites.ended.then(() => this.ending.delete(sites.ended));
		}
		probes.begin(served.role, served.name);
	}

	/** OnStart has returned true, so an application starts now (role-lifecycle.md 4). Later calls of the same life change nothing. */
	ready(name: InstanceName): void {
		const life = this.lives.get(instanceId(name.role, name.index));
		if (!life || life.isReady) {
			return;
		}
		life.isReady = true;
		life.sites?.open();
		this.context.probes.hurry(name);
		if (life.served.role.endpoints.length > 0 && !life.served.debugged) {
			const { clock } = this.context.world;
			life.looks = looks.map(milliseconds => clock.after(milliseconds, () => this.look(life)));
		}
	}

	/**
	 * It has left the rotation and is about to be stopped: goes on with `then` when it holds what was sent to it, and its
	 * sites have ended or have something to answer still (role-lifecycle.md 4). At once where nothing is to wait for.
	 */
	beforeStop({ role, index }: InstanceName, raiseStopping: boolean, then: () => void): void {
		const instance = instanceId(role, index);
		const { world, post } = this.context;
		const sites = this.lives.get(instance)?.sites;
		const drained = world.network.drained(instance);
		if (!sites && !drained) {
			then();
			return;
		}
		let limit: { dispose(): void } | undefined;
		const patience = new Promise<void>(resolve => {
			limit = world.clock.after(drainLimit, resolve);
		});
		const quiet = (drained ?? Promise.resolve()).then(() => sites?.drain(raiseStopping));
		void Promise.race([quiet, patience]).then(() => {
			limit?.dispose();
			post(then);
		});
	}

	/** A change comes to the instance: true when its sites cancel it, undefined where they do not listen. */
	ask({ role, index }: InstanceName, message: SitesAsked): Promise<boolean> | undefined {
		return this.lives.get(instanceId(role, index))?.sites?.ask(message);
	}

	/** Its process was told of a changed environment. */
	changed({ role, index }: InstanceName, message: SitesTold): void {
		this.lives.get(instanceId(role, index))?.sites?.change(message);
	}

	checkStatus({ role, index }: InstanceName): void {
		this.lives.get(instanceId(role, index))?.sites?.checkStatus();
	}

	/** Its process is gone, and with it everything around it. */
	end(name: InstanceName): void {
		const instance = instanceId(name.role, name.index);
		const life = this.lives.get(instance);
		this.lives.delete(instance);
		this.context.probes.end(name);
		life?.sites?.kill();
		for (const timer of life?.looks ?? []) {
			timer.dispose();
		}
	}

	/** Resolves when no site runs any more. */
	async close(): Promise<void> {
		for (const { served } of [...this.lives.values()]) {
			this.end(served.name);
		}
		await Promise.all(this.ending);
	}

	private look(life: Life): void {
		const { world, journal, endpoints, post } = this.context;
		const { name, role, pid } = life.served;
		const instance = instanceId(name.role, name.index);
		void world.network.listeners(pid).then(listeners =>
			post(() => {
				if (listeners === undefined || this.lives.get(instance) !== life) {
					return;
				}
				for (const text of undeclaredListening(role, listeners, endpoint => endpoints.placeOf(instance, endpoint))) {
					if (!this.told.has(`${instance} ${text}`)) {
						this.told.add(`${instance} ${text}`);
						journal.write({ event: 'note', text }, instance);
					}
				}
			}),
		);
	}
}

/** "Only a few seconds for requests in flight" (role-lifecycle.md 4); a role that needs more waits for them in OnStop. */
const drainLimit = 5_000;

function writeDown(
	message: Exclude<FromSites, { readonly type: 'requestRecycle' | 'status' }>,
	instance: string,
	journal: JournalWriter,
): void {
	switch (message.type) {
		case 'started': {
			const { pid, text } = message;
			journal.write({ event: 'process', phase: 'started', pid, role: 'site', text }, instance);
			return;
		}
		case 'ended': {
			const { type: _, ...ended } = message;
			journal.write({ event: 'process', phase: 'ended', role: 'site', ...ended }, instance);
			return;
		}
		case 'output': {
			const { type: event, ...said } = message;
			journal.write({ event, ...said }, instance);
			return;
		}
		case 'note':
		case 'error':
			journal.write({ event: message.type, text: message.text }, instance);
			return;
	}
}
