import { type InstanceName, instanceId, upgradeDomain } from '../domains';
import { abilitiesOf } from '../instance/abilities';
import {
	type DiskEvent,
	type Effect,
	type Instance,
	type InstanceEvent,
	newInstance,
	step,
} from '../instance/instance';
import type { JournalEntry, JournalEvent } from '../journal/journal';
import { pointOfEffect, pointOfEvent } from '../lifecyclePoint';
import type { DeploymentPlan, RolePlan } from '../plan/deploymentPlan';
import type { RoleEnvironment } from '../roleEnvironment';
import { addressOf } from '../slots';
import type { InstanceSnapshot } from '../snapshot';
import type { ActorContext } from './actorContext';
import { InstanceDisks } from './instanceDisks';
import { InstanceProcess } from './instanceProcess';
import { InstanceRecord } from './instanceRecord';
import { endpointsOf, instanceSnapshot } from './instanceSnapshot';
import { StartupTasks } from './startupTasks';
import { Surroundings } from './surroundings';
import { Timers } from './timers';

/** One instance in the world: gives events to the machine, performs its effects, writes what happens into the journal. */
export class InstanceActor {
	readonly id: string;
	instance: Instance;
	private around: Surroundings;
	private readonly record: InstanceRecord;
	private readonly tasks: StartupTasks;
	private readonly disks: InstanceDisks;
	private readonly process: InstanceProcess;
	private readonly timers: Timers;
	/** The journal entry of the last exception. */
	private lastError: number | undefined;
	/** What it looked like when somebody last looked; undefined since something has happened to it. */
	private seen: InstanceSnapshot | undefined;
	/** As they were in the last look; they change seldom, and everything else often. */
	private endpoints: InstanceSnapshot['endpoints'] | undefined;

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
		this.disks = new InstanceDisks(name, context, this.record.write, take);
		this.process = new InstanceProcess(
			name,
			context,
			() => this.around,
			event => this.tell(event),
			take,
		);
		this.timers = new Timers(world.clock, post, timer => take({ type: 'timer', timer }));
	}

	/** The configuration and the code that have arrived at this instance. */
	get plan(): DeploymentPlan {
		return this.around.plan;
	}

	/** Processes that run keep what they were told; the code comes with the next disks. */
	set plan(plan: DeploymentPlan) {
		this.moved();
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
			this.process.gaveUp();
		}
		this.pass(point, () => this.performAll(effects));
	}

	/** Runs a startup task alone, with the folder and the environment that it has at every start; nothing waits for it. */
	runTask(number: number): void {
		const task = this.around.taskLife(number - 1);
		if (task === undefined) {
			this.record.write({ event: 'error', text: noSuchTask(this.rolePlan, number) });
		} else if (['unborn', 'preparing', 'removing', 'removed'].includes(this.instance.phase)) {
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
		this.process.openToDebugger();
	}

	/** A debugger has stopped its process, or let it go on; fabric time stands as long as that lasts. */
	debuggerStopped(stopped: boolean): void {
		this.touch();
		this.process.debuggerStopped(stopped);
	}

	/** Where it listens, or how the outside reaches it, may be another place now. */
	moved(): void {
		this.endpoints = undefined;
		this.touch();
	}

	snapshot(): InstanceSnapshot {
		const { name, plan, instance, record, process, disks, context } = this;
		this.endpoints ??= endpointsOf(this.id, this.rolePlan, context);
		const parts = { name, plan, instance, record, process, disks, endpoints: this.endpoints };
		this.seen ??= instanceSnapshot(parts, context.slot());
		return this.seen;
	}

	/** Something may have happened that shows. */
	private touch(): void {
		this.seen = undefined;
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
	private performAll(effects: readonly Effect[], first = 0): void {
		const effect = effects[first];
		if (effect) {
			this.pass(pointOfEffect(effect), () => {
				this.perform(effect);
				this.performAll(effects, first + 1);
			});
		}
	}

	private pass(point: ReturnType<typeof pointOfEffect>, work: () => void): void {
		const slot = this.context.slot();
		const instance = addressOf({ instance: this.id, slot });
		this.context.gate.pass(point && { settings: [], ...point, instance, role: this.name.role }, work);
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
				this.disks.move();
				break;
			case 'remove':
				this.disks.remove();
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
				this.process.start(this.instance.life);
				break;
			case 'send':
			case 'sendChanging':
			case 'sendChanged':
				this.process.send(effect);
				break;
			case 'hang':
				this.process.hang();
				break;
			case 'kill':
				this.process.kill();
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
		this.instance = { ...this.instance, shape: this.around.shape(this.context.onStopLimit) };
		this.disks.prepare(events, this.around);
	}

	private startTask(index: number): void {
		const task = this.around.taskLife(index);
		if (task !== undefined) {
			this.tasks.start(task);
		}
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

function noSuchTask({ name, startupTasks: { length } }: RolePlan, number: number): string {
	const has = length === 1 ? 'one startup task' : `${length === 0 ? 'no' : length} startup tasks`;
	return `The role '${name}' has ${has}; there is no number ${number}.`;
}
