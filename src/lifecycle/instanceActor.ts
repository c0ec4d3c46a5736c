import { abilitiesOf } from './abilities';
import type { DeploymentPlan, RolePlan } from './deploymentPlan';
import { diskReport } from './diskReport';
import { diskEntries } from './disks';
import { faultDomain, hostName, type InstanceName, instanceId, upgradeDomain } from './domains';
import type { Endpoints } from './endpoints';
import type { PlaceOf } from './environment';
import type { Gate } from './gate';
import { type DiskEvent, type Effect, type Instance, type InstanceEvent, newInstance, step } from './instance';
import { InstanceRecord } from './instanceRecord';
import type { JournalEntry, JournalEvent } from './journal';
import type { JournalWriter } from './journalWriter';
import { pointOfEffect, pointOfEvent } from './lifecyclePoint';
import { LivingRole } from './livingRole';
import type { Mailbox } from './mailbox';
import { messageFor } from './messages';
import type { RoleEnvironment } from './roleEnvironment';
import type { RoleViews } from './roleViews';
import type { Serving } from './serving';
import type { Slot } from './slots';
import type { InstanceSnapshot } from './snapshot';
import { StartupTasks } from './startupTasks';
import { Surroundings } from './surroundings';
import { Timers } from './timers';
import type { World } from './world';
import type { DiskContents } from './worldDisks';

/** What an instance's actor shares with its deployment. */
export interface ActorContext {
	readonly world: World;
	readonly journal: JournalWriter;
	readonly onStopLimit: number;
	/** Instances whose next lives wait for a debugger. */
	readonly debug: ReadonlySet<string>;
	readonly placeOf: PlaceOf;
	/** Shared by all instances of the deployment. */
	readonly views: RoleViews;
	/** What the outside sees of an endpoint, for the snapshot. */
	readonly viewOf: Endpoints['viewOf'];
	readonly serving: Serving;
	readonly gate: Gate;
	/** Where its deployment stands now. */
	readonly slot: () => Slot;
	/** Runs it after what is being carried out now. */
	readonly post: Mailbox['post'];
	readonly rotationChanged: (role: string) => void;
	readonly removed: (instance: string) => void;
}

/** One instance in the world: gives events to the machine, performs its effects, writes what happens into the journal. */
export class InstanceActor {
	readonly id: string;
	instance: Instance;
	private around: Surroundings;
	private role: LivingRole | undefined;
	private readonly record: InstanceRecord;
	private readonly tasks: StartupTasks;
	private readonly timers: Timers;
	/** The journal entry of the last exception. */
	private lastError: number | undefined;
	/** How often it has gone to another host. */
	private moves = 0;
	/** What it looked like when somebody last looked; undefined since something has happened to it. */
	private seen: InstanceSnapshot | undefined;

	constructor(
		readonly name: InstanceName,
		plan: DeploymentPlan,
		private readonly context: ActorContext,
	) {
		const { world, journal, post, onStopLimit } = context;
		const take = (event: InstanceEvent) => this.take(event);
		this.id = instanceId(name.role, name.index);
		this.record = new InstanceRecord(this.id, journal, world.clock.now());
		this.around = this.surroundings(plan);
		this.instance = newInstance(this.around.shape(onStopLimit));
		this.tasks = new StartupTasks(world.tasks, this.record.write, post, take);
		this.timers = new Timers(world.clock, post, timer => this.take({ type: 'timer', timer }));
	}

	/** The configuration and the code that have arrived at this instance. */
	get plan(): DeploymentPlan {
		return this.around.plan;
	}

	/** Processes that run keep what they were told; the code comes with the next disks. */
	set plan(plan: DeploymentPlan) {
		this.touch();
		this.around = this.surroundings(plan);
	}

	get rolePlan(): RolePlan {
		return this.around.role;
	}

	environment(): RoleEnvironment {
		return this.around.environment();
	}

	get domain(): number {
		return upgradeDomain(this.name.index, this.plan.upgradeDomainCount);
	}

	get inRotation(): boolean {
		return this.record.inRotation;
	}

	take(event: InstanceEvent): void {
		const point = this.pointOf(event);
		this.touch();
		const [next, effects] = step(this.instance, event);
		this.instance = next;
		if (event.type === 'go') {
			this.role?.gaveUp();
		}
		this.pass(point, () => this.performAll(effects));
	}

	/** Runs a startup task alone, with the folder and the environment that it has at every start; nothing waits for it. */
	runTask(number: number): void {
		const task = this.around.taskLife(number - 1);
		const { phase } = this.instance;
		if (task === undefined) {
			const { length } = this.rolePlan.startupTasks;
			const has = length === 1 ? 'one startup task' : `${length === 0 ? 'no' : length} startup tasks`;
			this.record.write({
				event: 'error',
				text: `The role '${this.name.role}' has ${has}; there is no number ${number}.`,
			});
		} else if (['unborn', 'preparing', 'removing', 'removed'].includes(phase)) {
			const text = `${this.id} has no files yet, or none any more; run the task when it has been started.`;
			this.record.write({ event: 'error', text });
		} else {
			this.tasks.runAlone(task);
		}
	}

	/** True where a person may ask for it now: the machine would not refuse. */
	can(type: 'start' | 'stop' | 'recycle'): boolean {
		return abilitiesOf(this.instance)[type];
	}

	/** A debugger wants to come to the life that is under way. */
	openToDebugger(): void {
		this.role?.openToDebugger();
	}

	/** A debugger has stopped its process, or let it go on; fabric time stands as long as that lasts. */
	debuggerStopped(stopped: boolean): void {
		this.touch();
		this.role?.debuggerStopped(stopped);
	}

	/** Something may have happened that shows. */
	touch(): void {
		this.seen = undefined;
	}

	snapshot(): InstanceSnapshot {
		this.seen ??= this.look();
		return this.seen;
	}

	private look(): InstanceSnapshot {
		const { role, index } = this.name;
		const slot = this.context.slot();
		const pid = this.role?.pid;
		return {
			instance: this.id,
			...(slot === 'staging' && { slot }),
			role,
			index,
			...this.record.state,
			life: this.instance.life,
			...(pid !== undefined && { pid }),
			endpoints: this.rolePlan.endpoints.flatMap(({ name: endpoint, protocol, probe }) => {
				const place = this.context.placeOf(this.id, endpoint);
				const view = this.context.viewOf(this.id, endpoint, probe !== undefined);
				return place ? [{ endpoint, protocol, address: place.address, port: place.port, ...view }] : [];
			}),
			upgradeDomain: this.domain,
			faultDomain: faultDomain(index),
			host: hostName(this.name, this.moves),
			inRotation: this.inRotation,
			debugger: this.role?.debugger ?? 'none',
			...(this.role?.isStopped && { isStopped: true }),
			lastRestart: this.record.lastRestart,
			can: abilitiesOf(this.instance),
		};
	}

	/** An exception that ends a call and then the process is told twice, and is one. */
	private pointOf(event: InstanceEvent): ReturnType<typeof pointOfEvent> {
		const point = pointOfEvent(event, this.instance);
		const isKnown = point?.error !== undefined && point.n === this.lastError;
		if (point?.error) {
			this.lastError = point.n;
		}
		return isKnown ? undefined : point;
	}

	/** One after the other: a debugger may hold the fabric before each. */
	private performAll([effect, ...later]: readonly Effect[]): void {
		if (effect) {
			this.pass(pointOfEffect(effect), () => {
				this.perform(effect);
				this.performAll(later);
			});
		}
	}

	private pass(point: ReturnType<typeof pointOfEffect>, work: () => void): void {
		this.context.gate.pass(point && { settings: [], ...point, instance: this.id, role: this.name.role }, work);
	}

	private perform(effect: Effect): void {
		this.touch();
		switch (effect.do) {
			case 'state':
			case 'step':
			case 'restart':
			case 'statusCheck':
			case 'error':
			case 'refuse':
			case 'note':
				this.record.tell(effect);
				break;
			case 'rotation':
				this.record.tell(effect);
				this.context.rotationChanged(this.name.role);
				if (effect.rotation === 'in') {
					this.context.serving.ready(this.name);
				}
				break;
			case 'prepare':
				this.prepare(effect.disks);
				break;
			case 'move':
				this.move();
				break;
			case 'remove':
				this.remove();
				break;
			case 'startTask':
				this.startTask(effect.index);
				break;
			case 'endLeftovers':
				this.tasks.endLeftovers();
				break;
			case 'killTask':
				this.tasks.kill(effect.index);
				break;
			case 'startRole':
				this.startRole();
				break;
			case 'send':
				this.send(effect);
				break;
			case 'sendChanging':
				this.role?.send(messageFor(effect, () => this.environment()));
				break;
			case 'sendChanged':
				this.role?.send(messageFor(effect, () => this.environment()));
				this.context.serving.changed(this.name, this.environment());
				break;
			case 'hang':
				this.role?.hang();
				break;
			case 'kill':
				this.role?.kill();
				break;
			case 'setTimer':
				this.timers.set(effect.timer, effect.milliseconds);
				break;
			case 'clearTimers':
				for (const timer of effect.timers) {
					this.timers.clear(timer);
				}
				break;
		}
	}

	/** The code that comes with the disks decides on the startup tasks and the entry point; no task of the old runs now. */
	private prepare(events: readonly DiskEvent[]): void {
		const { world, post, onStopLimit } = this.context;
		this.instance = { ...this.instance, shape: this.around.shape(onStopLimit) };
		const request = this.around.diskRequest(events);
		const prepared = (contents: DiskContents | undefined) => {
			for (const entry of diskReport(diskEntries(request, events, this.around.diskPolicy), request, contents)) {
				this.record.write(entry);
			}
			this.take({ type: 'prepared' });
		};
		world.disks.prepare(request).then(
			contents => post(() => prepared(contents)),
			(error: unknown) => post(() => this.take({ type: 'prepareFailed', text: textOf(error) })),
		);
	}

	/** Its name stays, and so do its addresses: all hosts are this machine (role-lifecycle.md 11). */
	private move(): void {
		const from = hostName(this.name, this.moves);
		this.moves++;
		const text = `The instance moves from host ${from} to host ${hostName(this.name, this.moves)}; its name and its addresses stay.`;
		this.record.write({ event: 'note', text });
	}

	private remove(): void {
		const { world, post, removed } = this.context;
		const done = () => {
			this.take({ type: 'removed' });
			removed(this.id);
		};
		world.disks.remove(this.id).then(
			() => post(done),
			(error: unknown) =>
				post(() => {
					this.record.write({ event: 'error', text: textOf(error) });
					done();
				}),
		);
	}

	private startTask(index: number): void {
		const task = this.around.taskLife(index);
		if (task !== undefined) {
			this.tasks.start(task);
		}
	}

	/** What is on its way to the instance arrives before the stop does. */
	private send(effect: Effect & { readonly do: 'send' }): void {
		const { role } = this;
		const send = () => role?.send(messageFor(effect, () => this.environment()));
		if (effect.message === 'stop' || effect.message === 'stopQuietly') {
			this.context.serving.beforeStop(this.name, send);
		} else {
			send();
		}
	}

	private startRole(): void {
		const { world, post, debug, serving } = this.context;
		const take = (event: InstanceEvent) => {
			if (event.type === 'exited') {
				this.role = undefined;
				serving.end(this.name);
			} else if (event.type === 'hello') {
				const debugged = life.waitForDebugger;
				const sites = this.around.sitesLife();
				const requestRecycle = (n: number) => this.take({ type: 'requestRecycle', n });
				serving.begin({ name: this.name, role: this.rolePlan, pid: event.pid, debugged, sites, requestRecycle });
			}
			this.take(event);
		};
		const life = this.around.roleLife(this.instance.life, debug.has(this.id));
		this.role = new LivingRole(world, life, event => this.tell(event), post, take);
	}

	private tell(event: JournalEvent): JournalEntry {
		if (event.event !== 'output') {
			this.touch();
		}
		return this.record.write(event);
	}

	private surroundings(plan: DeploymentPlan): Surroundings {
		const { placeOf, views } = this.context;
		return new Surroundings(plan, this.name, placeOf, text => this.record.write({ event: 'note', text }), views);
	}
}

function textOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
