import type { DeploymentPlan, RolePlan, VariablePlan } from './deploymentPlan';
import { diskEntries, diskRequest } from './disks';
import { faultDomain, type InstanceName, instanceId, upgradeDomain } from './domains';
import {
	approotFolder,
	instanceFolders,
	localStoreFolder,
	type PlaceOf,
	processVariables,
	roleEnvironment,
} from './environment';
import type { RoleEnvironment, World } from './host';
import {
	type Change,
	type DiskEvent,
	type Effect,
	type Instance,
	type InstanceEvent,
	newInstance,
	step,
} from './instance';
import type { Cause, JournalEntry, JournalEvent } from './journal';
import type { JournalWriter } from './journalWriter';
import { LivingRole } from './livingRole';
import type { InstanceSnapshot } from './snapshot';
import { StartupTasks } from './startupTasks';
import { Timers } from './timers';

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
	inRotation = false;
	private role: LivingRole | undefined;
	private readonly tasks: StartupTasks;
	private readonly timers: Timers;
	private state: Pick<InstanceSnapshot, 'state' | 'text' | 'since'>;
	private lastRestart: readonly Cause[] | undefined;

	constructor(
		readonly name: InstanceName,
		/** The configuration that has arrived at this instance. */
		public plan: DeploymentPlan,
		private readonly context: ActorContext,
	) {
		const { world, post, onStopLimit } = context;
		const { entry, startupTasks } = this.rolePlan;
		const take = (event: InstanceEvent) => this.take(event);
		this.id = instanceId(name.role, name.index);
		this.instance = newInstance({
			tasks: startupTasks.map(({ taskType, commandLine }) => ({ taskType, commandLine })),
			entry: entry.kind === 'program' ? 'program' : 'role',
			readyOnStart: entry.kind === 'program' && entry.readyOnStart,
			onStopLimit,
		});
		this.tasks = new StartupTasks(world.tasks, event => this.write(event), post, take);
		this.timers = new Timers(world.clock, post, timer => this.take({ type: 'timer', timer }));
		this.state = { state: 'Unknown', text: 'Not started', since: new Date(world.clock.now()).toISOString() };
	}

	get rolePlan(): RolePlan {
		const role = this.plan.roles.find(each => each.name === this.name.role);
		if (role === undefined) {
			throw new Error(`The plan has no role ${this.name.role}.`);
		}
		return role;
	}

	get domain(): number {
		return upgradeDomain(this.name.index, this.plan.upgradeDomainCount);
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
			...this.state,
			life: this.instance.life,
			...(pid !== undefined && { pid }),
			endpoints: this.rolePlan.endpoints.flatMap(({ name: endpoint, protocol }) => {
				const place = this.context.placeOf(this.id, endpoint);
				return place ? [{ endpoint, protocol, address: place.address, port: place.port }] : [];
			}),
			upgradeDomain: this.domain,
			faultDomain: faultDomain(index),
			inRotation: this.inRotation,
			debugger: this.role?.debugger ?? 'none',
			lastRestart: this.lastRestart,
			can: { start: this.can('start'), stop: this.can('stop'), recycle: this.can('recycle') },
		};
	}

	private perform(effect: Effect): void {
		switch (effect.do) {
			case 'state':
			case 'step':
			case 'rotation':
			case 'restart':
			case 'statusCheck':
			case 'error':
			case 'refuse':
			case 'note':
				this.tell(effect);
				break;
			case 'prepare':
				this.prepare(effect.disks);
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
				this.role?.send(effect.message === 'stop' ? { type: 'stop', raiseStopping: true } : { type: effect.message });
				break;
			case 'sendChanging':
				this.sendChanging(effect.change);
				break;
			case 'sendChanged':
				this.sendChanged(effect.change);
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

	private tell(effect: Told): void {
		switch (effect.do) {
			case 'state': {
				const { state, text } = effect;
				this.state = {
					state,
					text: this.context.journal.mask(text),
					since: this.write({ event: 'state', state, text }).at,
				};
				return;
			}
			case 'step':
				this.write({ event: 'step', step: effect.step, phase: effect.phase, text: effect.text });
				return;
			case 'rotation':
				this.inRotation = effect.rotation === 'in';
				this.write({ event: 'rotation', rotation: effect.rotation, why: effect.why });
				this.context.rotationChanged(this.name.role);
				return;
			case 'restart':
				this.write({ event: 'restart', cause: effect.cause, delay: effect.delay });
				this.lastRestart = effect.cause.map(cause => this.context.journal.maskedCause(cause));
				return;
			case 'statusCheck':
				this.write({ event: 'call', call: 'StatusCheck', phase: 'begin' });
				this.write({ event: 'call', call: 'StatusCheck', phase: 'end', result: effect.status });
				return;
			case 'refuse':
				this.write({ event: 'error', text: `${this.id} ${effect.text}` });
				return;
			case 'error':
			case 'note':
				this.write({ event: effect.do, text: effect.text });
				return;
		}
	}

	private write(event: JournalEvent): JournalEntry {
		return this.context.journal.write(event, this.id);
	}

	private prepare(event: DiskEvent): void {
		const folders = instanceFolders(this.plan, this.id);
		const stores = this.rolePlan.localStorage.map(({ name, cleanOnRoleRecycle }) => ({
			name,
			path: localStoreFolder(folders, name),
			cleanOnRoleRecycle,
		}));
		const request = diskRequest(this.id, folders, this.rolePlan.code, stores, event);
		const prepared = () => {
			for (const entry of diskEntries(request, event)) {
				this.write(entry);
			}
			this.take({ type: 'prepared' });
		};
		this.context.world.disks.prepare(request).then(
			() => this.context.post(prepared),
			(error: unknown) => this.context.post(() => this.take({ type: 'prepareFailed', text: textOf(error) })),
		);
	}

	private remove(): void {
		const done = () => {
			this.take({ type: 'removed' });
			this.context.removed(this.id);
		};
		this.context.world.disks.remove(this.id).then(
			() => this.context.post(done),
			(error: unknown) =>
				this.context.post(() => {
					this.write({ event: 'error', text: textOf(error) });
					done();
				}),
		);
	}

	private startTask(index: number): void {
		const { startupTasks, workingFolder } = this.rolePlan;
		const task = startupTasks[index];
		if (task !== undefined) {
			this.tasks.start({
				instance: this.id,
				index,
				commandLine: task.commandLine,
				folder: approotFolder(instanceFolders(this.plan, this.id), workingFolder),
				variables: this.variables(task.variables),
			});
		}
	}

	private startRole(): void {
		const { world, post, debug } = this.context;
		const life = {
			instance: this.id,
			life: this.instance.life,
			entry: this.rolePlan.entry,
			folders: instanceFolders(this.plan, this.id),
			variables: this.variables(this.rolePlan.variables),
			environment: this.environment(),
			waitForDebugger: debug.has(this.id),
		};
		const take = (event: InstanceEvent) => {
			if (event.type === 'exited') {
				this.role = undefined;
			}
			this.take(event);
		};
		this.role = new LivingRole(world.roles, life, event => this.write(event), post, take);
	}

	private sendChanging({ manner, changes }: Change): void {
		if (manner === 'simultaneous') {
			this.role?.send({ type: 'simultaneousChanging', changes });
		} else {
			this.role?.send({ type: 'changing', changes, environment: this.environment() });
		}
	}

	private sendChanged({ manner, changes }: Change): void {
		const type = manner === 'simultaneous' ? 'simultaneousChanged' : 'changed';
		this.role?.send({ type, changes, environment: this.environment() });
	}

	private environment(): RoleEnvironment {
		return roleEnvironment(this.plan, this.name, this.context.placeOf);
	}

	private variables(own: readonly VariablePlan[]): Readonly<Record<string, string>> {
		const folders = instanceFolders(this.plan, this.id);
		const { variables, unmatched } = processVariables(this.environment(), folders, own);
		for (const name of unmatched) {
			const text = `The environment variable '${name}' is empty: its xpath names nothing in the role environment.`;
			this.write({ event: 'note', text });
		}
		return variables;
	}
}

/** The effects that only the journal and the snapshot hear of. */
type Told = Extract<
	Effect,
	{ readonly do: 'state' | 'step' | 'rotation' | 'restart' | 'statusCheck' | 'error' | 'refuse' | 'note' }
>;

function textOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
