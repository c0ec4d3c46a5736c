import { instanceId, upgradeDomain } from '../lifecycle/domains';
import {
	type Effect,
	type Instance,
	type InstanceEvent,
	newInstance,
	type Shape,
	step,
} from '../lifecycle/instance/instance';
import type { CallName } from '../lifecycle/journal/journal';
import type { DeploymentPlan, RolePlan } from '../lifecycle/plan/deploymentPlan';
import { plannedRole } from './byName';

/** What a role lives through: its calls, and what is started before them. */
export type RoleEvent = CallName | 'startup tasks' | 'program starts' | 'program ends';

/** What some instances live through at the same time; without a domain it comes to all of them at once. */
export interface CourseStep {
	readonly domain: number | undefined;
	readonly instances: readonly string[];
	readonly events: readonly RoleEvent[];
}

/** How the role that is played answers Changing, and whether it runs when the events come to it. */
export interface PlayedRole {
	readonly cancels?: boolean;
	readonly runs?: boolean;
}

/**
 * What a role hears when these come to an instance of it, in order, found by playing the machine of the fabric
 * (`lifecycle/instance/instance.ts`) with a role that starts, accepts every change and stops when it is asked.
 */
export function eventsOf(
	role: RolePlan,
	events: readonly InstanceEvent[],
	manner: PlayedRole = {},
): readonly RoleEvent[] {
	if (events.length === 0) {
		return [];
	}
	const shape = shapeOf(role);
	const key = JSON.stringify([role.kind, shape, events, manner]);
	const known = played.get(key) ?? play(role.kind, shape, events, manner);
	if (played.size >= mostPlayed) {
		played.clear();
	}
	played.set(key, known);
	return known;
}

/** What was played already: in a service of many roles the same few courses come again and again. */
const played = new Map<string, readonly RoleEvent[]>();
const mostPlayed = 500;

function play(
	kind: RolePlan['kind'],
	shape: Shape,
	events: readonly InstanceEvent[],
	{ cancels = false, runs = true }: PlayedRole,
): readonly RoleEvent[] {
	const player = new Player(shape, cancels);
	if (runs) {
		player.take({ type: 'start', why: '' });
		player.heard.length = 0;
	}
	for (const event of events) {
		player.take(event);
	}
	return kind === 'VirtualMachineRole' ? player.heard.filter(event => !ofEntryPoint.has(event)) : player.heard;
}

/** A VM role has no entry point and no startup tasks; its adapter hears of the environment (role-lifecycle.md 10). */
const ofEntryPoint: ReadonlySet<RoleEvent> = new Set(['startup tasks', 'OnStart', 'Run', 'OnStop']);

/** The instances that both plans have, upgrade domain by upgrade domain, as every walk goes (role-lifecycle.md 7). */
export function walked(
	before: DeploymentPlan,
	after: DeploymentPlan,
	eventsFor: (role: RolePlan) => readonly RoleEvent[],
): readonly CourseStep[] {
	const steps = new Map<string, { domain: number; instances: string[]; events: readonly RoleEvent[] }>();
	for (const role of before.roles) {
		const next = plannedRole(after.roles, role.name);
		const events = next ? eventsFor(next) : [];
		for (let index = 0; events.length > 0 && index < Math.min(role.count, next?.count ?? 0); index++) {
			const domain = upgradeDomain(index, before.upgradeDomainCount);
			const key = `${domain} ${events.join()}`;
			const known = steps.get(key) ?? { domain, instances: [], events };
			known.instances.push(instanceId(role.name, index));
			steps.set(key, known);
		}
	}
	return [...steps.values()].sort((a, b) => a.domain - b.domain);
}

/** Instances `from` (inclusive) to `to` (exclusive) of a role, all at once. */
export function together(
	role: RolePlan,
	from: number,
	to: number,
	eventsFor: (role: RolePlan) => readonly RoleEvent[],
): readonly CourseStep[] {
	const instances = Array.from({ length: Math.max(0, to - from) }, (_, index) => instanceId(role.name, from + index));
	const events = instances.length === 0 ? [] : eventsFor(role);
	return events.length === 0 ? [] : [{ domain: undefined, instances, events }];
}

function shapeOf({ entry, startupTasks }: RolePlan): Shape {
	return {
		tasks: startupTasks.map(({ taskType, commandLine }) => ({ taskType, commandLine })),
		entry: entry.kind === 'program' ? 'program' : 'role',
		// A program that is Busy until it says otherwise would have to say so here.
		readyOnStart: entry.kind === 'program',
		onStopLimit: 300_000,
	};
}

/** Answers every effect of the machine at once, the way a role does that has nothing to complain of. */
class Player {
	readonly heard: RoleEvent[] = [];
	private instance: Instance;
	private readonly pending: InstanceEvent[] = [];

	constructor(
		shape: Shape,
		private readonly cancels: boolean,
	) {
		this.instance = newInstance(shape);
	}

	take(event: InstanceEvent): void {
		this.pending.push(event);
		for (let next = this.pending.shift(); next; next = this.pending.shift()) {
			const [instance, effects] = step(this.instance, next);
			this.instance = instance;
			for (const effect of effects) {
				this.answer(effect);
			}
		}
	}

	private answer(effect: Effect): void {
		switch (effect.do) {
			case 'prepare':
				this.pending.push({ type: 'prepared' });
				break;
			case 'remove':
				this.pending.push({ type: 'removed' });
				break;
			case 'startTask':
				this.hear('startup tasks');
				this.pending.push({ type: 'taskExited', index: effect.index, exitCode: 0 });
				break;
			case 'killTask':
				this.pending.push({ type: 'taskExited', index: effect.index });
				break;
			case 'startRole':
				this.pending.push({ type: 'hello', pid: 1, waits: false });
				break;
			case 'send':
				this.sent(effect.message);
				break;
			case 'sendChanging':
				this.call(effect.change.manner === 'simultaneous' ? 'SimultaneousChanging' : 'Changing', {
					cancel: this.cancels,
				});
				break;
			case 'sendChanged':
				this.call(effect.change.manner === 'simultaneous' ? 'SimultaneousChanged' : 'Changed');
				break;
			case 'kill':
				this.pending.push({ type: 'exited' });
				break;
			case 'setTimer':
				if (effect.timer === 'restart') {
					this.pending.push({ type: 'timer', timer: 'restart' });
				}
				break;
			default:
				break;
		}
	}

	private sent(message: (Effect & { readonly do: 'send' })['message']): void {
		const isProgram = this.instance.shape.entry === 'program';
		if (message === 'start') {
			if (isProgram) {
				this.hear('program starts');
				return;
			}
			this.call('OnStart', true);
			this.hear('Run');
		} else if (message === 'stop' || message === 'stopQuietly') {
			if (isProgram) {
				this.hear('program ends');
			} else {
				if (message === 'stop') {
					this.call('Stopping');
				}
				this.call('OnStop');
			}
			this.pending.push({ type: 'exited', exitCode: 0 });
		}
	}

	private call(call: CallName, result?: unknown): void {
		if (this.instance.shape.entry === 'role') {
			this.hear(call);
		}
		this.pending.push({ type: 'called', call, phase: 'begin' }, { type: 'called', call, phase: 'end', result });
	}

	private hear(event: RoleEvent): void {
		if (this.heard.at(-1) !== event) {
			this.heard.push(event);
		}
	}
}
