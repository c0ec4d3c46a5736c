import { durationText } from '../duration';
import type { After, Effect, In, Instance, Step, WithProcess } from './instance';
import { proceed } from './lives';
import { restartEvents } from './restartEvents';
import { restartingStatus } from './restartPolicy';
import { common, leaveRotation, limit, reason } from './transitions';

/** The ways down that several phases share. Each gives the whole step, with the effects in the order of role-lifecycle.md. */

/** Milliseconds a process gets to end by itself after an exception or a false OnStart; the number is ours. */
export const endGrace = 5_000;

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
			{ do: 'send', message: isQuiet(after) ? 'stopQuietly' : 'stop' },
			...limit(debugged, onStopLimit),
		],
	];
}

function isQuiet(after: After): boolean {
	return after.to === 'restart' && after.by !== undefined && restartEvents[after.by].stop === 'quiet';
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
	const hurried = after.hurried === true;
	const isForeground = (index: number) => !hurried && instance.shape.tasks[index]?.taskType === 'foreground';
	const foreground = instance.tasks.filter(isForeground);
	const kills = instance.tasks
		.filter(index => !isForeground(index))
		.map((index): Effect => ({ do: 'killTask', index }));
	const blocked = foreground.map((index): Effect => ({ do: 'note', text: foregroundNote(instance, index) }));
	return [
		{ ...common(instance), phase: 'finishing', after },
		[...before, ...finishingState(instance, after, foreground), ...blocked, ...kills],
	];
}

/** Of a machine that is gone nothing is heard, and a role that failed is restarting: neither is shown as stopping now. */
function finishingState(instance: Instance, after: After, foreground: readonly number[]): readonly Effect[] {
	const what =
		foreground.length > 0
			? `waits for the foreground startup task ${(foreground[0] ?? 0) + 1} to end`
			: 'the startup tasks are ended';
	const ended = endingState(instance, after);
	switch (ended.state) {
		case 'StoppingRole':
			return [{ do: 'state', state: 'StoppingRole', text: `Stopping: ${what}` }];
		case 'RestartingRole':
		case 'CyclingRole':
			return [{ do: 'state', state: ended.state, text: `Recycling: ${what}` }];
		default:
			return instance.phase === 'ending' ? [] : [{ do: 'state', ...ended }];
	}
}

function foregroundNote(instance: Instance, index: number): string {
	const commandLine = instance.shape.tasks[index]?.commandLine ?? '';
	return `Startup task ${index + 1} ('${commandLine}') is a foreground task: the role cannot recycle or stop until it ends.`;
}

function endingState(instance: Instance, after: After): Pick<Effect & { do: 'state' }, 'state' | 'text'> {
	if (after.to !== 'restart') {
		return { state: 'StoppingRole', text: 'Stopping: the process is ended' };
	}
	const lost = after.by && restartEvents[after.by].lost;
	if (lost) {
		return lost;
	}
	return after.failed
		? { state: restartingStatus(instance.failures + 1), text: `The role met an error and stops: ${reason(after)}` }
		: { state: 'StoppingRole', text: `Stopping: ${reason(after)}` };
}
