import type { DeploymentPlan, RolePlan } from './deploymentPlan';
import { diskReport } from './diskReport';
import { diskEntries } from './disks';
import { faultDomain, hostName, type InstanceName, instanceId, upgradeDomain } from './domains';
import type { PlaceOf } from './environment';
import type { World } from './host';
import { type DiskEvent, type Effect, type Instance, type InstanceEvent, newInstance, step } from './instance';
import { InstanceRecord } from './instanceRecord';
import type { JournalWriter } from './journalWriter';
import { LivingRole } from './livingRole';
import { messageFor } from './messages';
import type { InstanceSnapshot } from './snapshot';
import { StartupTasks } from './startupTasks';
import { Surroundings } from './surroundings';
import { Timers } from './timers';
import type { DiskContents } from './worldDisks';

/** What an instance's actor shares with its deployment. */
export interface ActorContext {
	readonly world: World;
	readonly journal: JournalWriter;
	readonly onStopLimit: number;
	/** Instances whose next lives wait for a debugger. */
	readonly debug: ReadonlySet<string>;
	readonly placeOf: PlaceOf;
	/** Runs it after what is being carried out now. */
	readonly post: (task: () => void) => void;
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
	/** How often it has gone to another host. */
	private moves = 0;

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
		this.around = this.surroundings(plan);
	}

	get rolePlan(): RolePlan {
		return this.around.role;
	}

	get domain(): number {
		return upgradeDomain(this.name.index, this.plan.upgradeDomainCount);
	}

	get inRotation(): boolean {
		return this.record.inRotation;
	}

	take(event: InstanceEvent): void {
		const [next, effects] = step(this.instance, event);
		this.instance = next;
		if (event.type === 'go') {
			this.role?.gaveUp();
		}
		for (const effect of effects) {
			this.perform(effect);
		}
	}

	/** True where a person may ask for it now: the machine would not refuse. */
	can(type: 'start' | 'stop' | 'recycle'): boolean {
		const event: InstanceEvent = type === 'stop' ? { type } : { type, why: '' };
		return !step(this.instance, event)[1].some(effect => effect.do === 'refuse');
	}

	snapshot(): InstanceSnapshot {
		const { role, index } = this.name;
		const pid = this.role?.pid;
		return {
			instance: this.id,
			role,
			index,
			...this.record.state,
			life: this.instance.life,
			...(pid !== undefined && { pid }),
			endpoints: this.rolePlan.endpoints.flatMap(({ name: endpoint, protocol }) => {
				const place = this.context.placeOf(this.id, endpoint);
				return place ? [{ endpoint, protocol, address: place.address, port: place.port }] : [];
			}),
			upgradeDomain: this.domain,
			faultDomain: faultDomain(index),
			host: hostName(this.name, this.moves),
			inRotation: this.inRotation,
			debugger: this.role?.debugger ?? 'none',
			lastRestart: this.record.lastRestart,
			can: { start: this.can('start'), stop: this.can('stop'), recycle: this.can('recycle') },
		};
	}

	private perform(effect: Effect): void {
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
			case 'sendChanging':
			case 'sendChanged':
				this.role?.send(messageFor(effect, () => this.around.environment()));
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
			for (const entry of diskReport(diskEntries(request, events), request, contents)) {
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

	private startRole(): void {
		const { world, post, debug } = this.context;
		const take = (event: InstanceEvent) => {
			if (event.type === 'exited') {
				this.role = undefined;
			}
			this.take(event);
		};
		const life = this.around.roleLife(this.instance.life, debug.has(this.id));
		this.role = new LivingRole(world.roles, life, this.record.write, post, take);
	}

	private surroundings(plan: DeploymentPlan): Surroundings {
		return new Surroundings(plan, this.name, this.context.placeOf, text => this.record.write({ event: 'note', text }));
	}
}

function textOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
