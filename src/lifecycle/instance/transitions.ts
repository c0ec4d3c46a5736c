import { durationText } from '../duration';
import type { After, Common, DiskEvent, Effect, In, Instance, InstanceEvent, Step, WithProcess } from '../instance';
import { codeStep, startStep, tasksStep } from '../provisioning';
import { restartDelay, restartingStatus } from '../restartPolicy';
import { commandCause } from './causes';

/** The moves that several phases share. Each gives the whole step, with the effects in the order of role-lifecycle.md. */

/** Milliseconds a process gets to end by itself after an exception or a false OnStart; the number is ours. */
export const endGrace = 5_000;

export function stay(instance: Instance): Step {
	return [instance, []];
}

/** A person asked for it and it cannot be done now. */
export function refuse(instance: Instance, text: string): Step {
	return [instance, [{ do: 'refuse', text }]];
}

export function common({ shape, life, failures, tasks }: Common): Common {
	return { shape, life, failures, tasks };
}

/** A life begins with the disks; startup tasks and the role follow. */
export function beginLife(instance: Instance, disks: DiskEvent, before: readonly Effect[] = []): Step {
	return [
		{ ...common(instance), phase: 'preparing', disks, after: 'start' },
		[
			...before,
			{ do: 'state', state: 'StartingRole', text: 'Starting: the disks are prepared' },
			{ do: 'prepare', disks },
		],
	];
}

/** Starts the startup tasks from this one on, up to the next simple one; after the last comes the role. */
export function startTasks(instance: Instance, disks: DiskEvent, from: number, before: readonly Effect[]): Step {
	const effects = [...before];
	let tasks = instance.tasks;
	for (const [index, task] of instance.shape.tasks.entries()) {
		if (index < from) {
			continue;
		}
		effects.push({ do: 'startTask', index });
		tasks = [...tasks, index];
		if (task.taskType === 'simple') {
			return [{ ...common(instance), tasks, phase: 'runningTasks', disks, current: index }, effects];
		}
	}
	return startRole({ ...instance, tasks }, disks, effects);
}

function startRole(instance: Instance, disks: DiskEvent, before: readonly Effect[]): Step {
	const code: readonly Effect[] =
		disks === 'recycle'
			? []
			: [
					{ do: 'step', phase: 'begin', ...codeStep },
					{ do: 'step', phase: 'end', ...codeStep },
				];
	return [
		{ ...common(instance), life: instance.life + 1, phase: 'launching', changes: [] },
		[
			...before,
			{ do: 'step', phase: 'end', ...tasksStep },
			...code,
			{ do: 'step', phase: 'begin', ...startStep },
			{ do: 'state', state: 'StartingRole', text: 'Starting: the process of the role is started' },
			{ do: 'startRole' },
		],
	];
}

/** Out of the load balancer, then Stopping and OnStop in the host, with the limit running unless a debugger is attached. */
export function beginStop(instance: In<'starting' | 'running'>, after: After): Step {
	const { pid, debugged } = instance;
	const { onStopLimit, entry } = instance.shape;
	const text =
		entry === 'program'
			? `Stopping: the program has ${durationText(onStopLimit)} to end`
			: `Stopping: OnStop has ${durationText(onStopLimit)} to return`;
	return [
		{ ...common(instance), phase: 'stopping', pid, debugged, after },
		[
			...leaveRotation(instance, after),
			{ do: 'clearTimers', timers: ['check', 'steady', 'limit'] },
			{ do: 'state', state: 'StoppingRole', text },
			{ do: 'send', message: 'stop' },
			...limit(debugged, onStopLimit),
		],
	];
}

/** Without Stopping and OnStop: by a kill, or the process was heard to end by itself and gets a short grace for it. */
export function endNow(
	instance: WithProcess,
	after: After,
	how: 'kill' | 'byItself',
	...said: readonly Effect[]
): Step {
	const pid = instance.phase === 'launching' ? undefined : instance.pid;
	const debugged = instance.phase === 'launching' ? false : instance.debugged;
	return [
		{ ...common(instance), phase: 'ending', pid, debugged, after },
		[
			...leaveRotation(instance, after),
			{ do: 'clearTimers', timers: ['check', 'steady', 'limit'] },
			{ do: 'state', ...endingState(instance, after) },
			...said,
			...(how === 'kill' ? [{ do: 'kill' } as const] : limit(debugged, endGrace)),
		],
	];
}

/** The role process has ended. Startup tasks that still run come next: nothing starts again, or rests, beside them. */
export function processGone(instance: Instance, after: After): Step {
	const before: readonly Effect[] = [
		...(instance.phase === 'running' ? leaveRotation(instance, after) : []),
		{ do: 'clearTimers', timers: ['check', 'steady', 'limit'] },
	];
	return instance.tasks.length > 0 ? finishTasks(instance, after, before) : proceed(instance, after, before);
}

function finishTasks(instance: Instance, after: After, before: readonly Effect[]): Step {
	const hurried = after.to !== 'restart' && after.hurried === true;
	const isForeground = (index: number) => !hurried && instance.shape.tasks[index]?.taskType === 'foreground';
	const foreground = instance.tasks.filter(isForeground);
	const kills = instance.tasks
		.filter(index => !isForeground(index))
		.map((index): Effect => ({ do: 'killTask', index }));
	const blocked = foreground.map((index): Effect => ({ do: 'note', text: foregroundNote(instance, index) }));
	const text =
		foreground.length > 0
			? `Stopping: waits for the foreground startup task ${(foreground[0] ?? 0) + 1} to end`
			: 'Stopping: the startup tasks are ended';
	return [
		{ ...common(instance), phase: 'finishing', after },
		[...before, { do: 'state', state: 'StoppingRole', text }, ...blocked, ...kills],
	];
}

function foregroundNote(instance: Instance, index: number): string {
	const commandLine = instance.shape.tasks[index]?.commandLine ?? '';
	return `Startup task ${index + 1} ('${commandLine}') is a foreground task: the role cannot recycle or stop until it ends.`;
}

/** Nothing of the last life runs any more, but for what its tasks have left behind. */
export function proceed(instance: Instance, after: After, said: readonly Effect[] = []): Step {
	const before: readonly Effect[] = [...said, { do: 'endLeftovers' }];
	switch (after.to) {
		case 'rest':
			return [
				{ ...common(instance), phase: 'stopped' },
				[...before, { do: 'state', state: 'StoppedVM', text: 'Stopped' }],
			];
		case 'remove':
			return [
				{ ...common(instance), phase: 'removing' },
				[...before, { do: 'state', state: 'DeletingVM', text: 'Scaled in: the instance is removed' }, { do: 'remove' }],
			];
		case 'restart':
			return restart(instance, after, before);
	}
}

function restart(instance: Instance, after: After & { readonly to: 'restart' }, before: readonly Effect[]): Step {
	const failures = after.failed ? instance.failures + 1 : instance.failures;
	const delay = after.failed ? restartDelay(failures) : 0;
	const state = after.failed ? restartingStatus(failures) : 'RestartingRole';
	const wait = delay > 0 ? `; starts again in ${durationText(delay)} (a delay of Rolewright's own)` : '';
	const said: readonly Effect[] = [
		...before,
		{ do: 'state', state, text: `Recycling: ${reason(after)}${wait}` },
		{ do: 'restart', cause: after.cause, delay },
	];
	const next: Instance = { ...common(instance), failures, phase: 'delayed' };
	return delay === 0
		? beginLife(next, after.disks, said)
		: [next, [...said, { do: 'setTimer', timer: 'restart', milliseconds: delay }]];
}

/** What a later wish makes of a stop that is under way; a text where the wish cannot be had. */
export function redirect(after: After, event: InstanceEvent & { readonly type: Wish }): After | string {
	if (after.to === 'remove') {
		return event.type === 'remove' ? after : 'is being removed: the configuration has fewer instances now.';
	}
	switch (event.type) {
		case 'remove':
			return { to: 'remove' };
		case 'stop':
			return after.to === 'rest' ? 'is stopping already.' : { to: 'rest' };
		case 'start':
			return after.to === 'restart'
				? 'starts again already.'
				: { to: 'restart', cause: [commandCause(event)], failed: false, disks: 'stopAndStart' };
		case 'recycle':
			return after.to === 'restart' ? 'recycles already.' : 'is stopping; start it when it has stopped.';
	}
}

export type Wish = 'start' | 'stop' | 'recycle' | 'remove';

/** No more patience: nothing starts again, and nothing is waited for. */
export function hurry(after?: After): After {
	return { to: after?.to === 'remove' ? 'remove' : 'rest', hurried: true };
}

/** Notes that a debugger came or went; a limit that runs in this phase is suspended or begins anew. */
export function debuggerChanged(
	instance: In<'loading' | 'starting' | 'running' | 'stopping' | 'ending'>,
	debugged: boolean,
	limitHere?: number,
): Step {
	const next = { ...instance, debugged };
	if (limitHere === undefined || debugged === instance.debugged) {
		return [next, []];
	}
	return [next, debugged ? [{ do: 'clearTimers', timers: ['limit'] }, suspended] : limit(false, limitHere)];
}

export function leaveRotation(instance: Instance, after: After): readonly Effect[] {
	return instance.phase === 'running' && !instance.busy
		? [{ do: 'rotation', rotation: 'out', why: reason(after) }]
		: [];
}

/** Why it stops, in a few words: the last link of the chain. */
export function reason(after: After): string {
	switch (after.to) {
		case 'rest':
			return 'stop';
		case 'remove':
			return 'scaled in';
		case 'restart': {
			const last = after.cause.at(-1);
			return last === undefined ? 'restart' : `${last.what} (${last.detail})`;
		}
	}
}

const suspended: Effect = { do: 'note', text: 'The time limit is suspended while a debugger is attached.' };

export function limit(debugged: boolean, milliseconds: number): readonly Effect[] {
	return debugged ? [suspended] : [{ do: 'setTimer', timer: 'limit', milliseconds }];
}

function endingState(instance: WithProcess, after: After): Pick<Effect & { do: 'state' }, 'state' | 'text'> {
	if (after.to !== 'restart') {
		return { state: 'StoppingRole', text: 'Stopping: the process is ended' };
	}
	const failures = after.failed ? instance.failures + 1 : instance.failures;
	return { state: restartingStatus(failures), text: `The role met an error and stops: ${reason(after)}` };
}
