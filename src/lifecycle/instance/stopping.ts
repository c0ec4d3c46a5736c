import { durationText } from '../duration';
import { exceptionCause, exitCause, link } from './causes';
import { afterFailure, faultCause, processName, taskExited } from './endings';
import type { After, Effect, In, InstanceEvent, Step } from './instance';
import { proceed } from './lives';
import { isSudden, type RestartAsked, restartOnTheWay } from './restarts';
import { endGrace, endNow, processGone } from './stops';
import { debuggerChanged, hurry, redirect, refuse, stay } from './transitions';

/** The ways down. Late words of the process change nothing here: Run returning during a stop is normal. */

export function stopping(instance: In<'stopping'>, event: InstanceEvent): Step {
	switch (event.type) {
		case 'exited':
			return processGone(instance, instance.after);
		case 'timer':
			return event.timer === 'limit' ? onStopTooLong(instance) : stay(instance);
		case 'called':
			return event.error !== undefined && (event.call === 'Stopping' || event.call === 'OnStop')
				? endNow(instance, afterFailure(instance.after, [exceptionCause(event.call, event.error, event)]), 'byItself')
				: stay(instance);
		case 'fault':
			return endNow(instance, afterFailure(instance.after, [faultCause(event.error, event)]), 'byItself');
		case 'failed':
			return endNow(
				instance,
				afterFailure(instance.after, [link('the host was lost', event.text, event, event.error)]),
				'byItself',
			);
		case 'debugger':
			return debuggerChanged(instance, event.attached, instance.shape.onStopLimit);
		case 'start':
		case 'stop':
		case 'recycle':
		case 'remove':
			return redirected(instance, event);
		case 'restart':
			return restarted(instance, event, next => endNow(next, next.after, 'kill'));
		case 'hang':
			return [instance, [{ do: 'hang' }]];
		case 'crash':
			return endNow(instance, instance.after, 'kill');
		case 'kill':
			return endNow(instance, hurry(instance.after), 'kill');
		case 'requestRecycle':
		case 'status':
		case 'change':
		case 'go':
		case 'hello':
		case 'prepared':
		case 'prepareFailed':
		case 'removed':
			return stay(instance);
		case 'taskExited':
			return taskExited(instance, event);
	}
}

function onStopTooLong(instance: In<'stopping'>): Step {
	const time = durationText(instance.shape.onStopLimit);
	const text =
		instance.shape.entry === 'program'
			? `The program had not ended ${time} after the stop: it is ended now.`
			: `OnStop had not returned after ${time}, the limit for Stopping and OnStop: the process is ended.`;
	return endNow(instance, instance.after, 'kill', { do: 'error', text });
}

export function ending(instance: In<'ending'>, event: InstanceEvent): Step {
	switch (event.type) {
		case 'exited':
			return processGone(instance, withExit(instance, event));
		case 'timer':
			return event.timer === 'limit' ? [instance, [{ do: 'kill' }]] : stay(instance);
		case 'debugger':
			return debuggerChanged(instance, event.attached, endGrace);
		case 'start':
		case 'stop':
		case 'recycle':
		case 'remove':
			return redirected(instance, event);
		case 'restart':
			return restarted(instance, event, next => [next, [{ do: 'kill' }]]);
		case 'hang':
			return refuse(instance, 'ends already; it cannot hang any more.');
		case 'kill':
			return [{ ...instance, after: hurry(instance.after) }, [{ do: 'kill' }]];
		case 'crash':
			return [instance, [{ do: 'kill' }]];
		case 'hello':
			return [{ ...instance, pid: event.pid }, []];
		case 'called':
		case 'fault':
		case 'failed':
		case 'requestRecycle':
		case 'status':
		case 'change':
		case 'go':
		case 'prepared':
		case 'prepareFailed':
		case 'removed':
			return stay(instance);
		case 'taskExited':
			return taskExited(instance, event);
	}
}

/** The exit is the last link of a chain that the role itself began. */
function withExit(instance: In<'ending'>, event: InstanceEvent & { readonly type: 'exited' }): After {
	const { after } = instance;
	return after.to === 'restart' && after.failed
		? { ...after, cause: [...after.cause, exitCause(processName(instance), event)] }
		: after;
}

export function finishing(instance: In<'finishing'>, event: InstanceEvent): Step {
	switch (event.type) {
		case 'taskExited': {
			const tasks = instance.tasks.filter(index => index !== event.index);
			const left = { ...instance, tasks };
			return tasks.length === 0 ? proceed(left, instance.after) : stay(left);
		}
		case 'start':
		case 'stop':
		case 'recycle':
		case 'remove':
			return redirected(instance, event);
		case 'restart':
			return restarted(instance, event, next => [next, killTasks(next)]);
		case 'hang':
			return refuse(instance, 'has no process any more that could hang.');
		case 'kill':
			return [{ ...instance, after: hurry(instance.after) }, killTasks(instance)];
		case 'crash':
			return refuse(instance, 'has no process any more that could crash.');
		case 'change':
		case 'go':
		case 'prepared':
		case 'prepareFailed':
		case 'removed':
		case 'hello':
		case 'called':
		case 'fault':
		case 'failed':
		case 'requestRecycle':
		case 'status':
		case 'debugger':
		case 'exited':
		case 'timer':
			return stay(instance);
	}
}

function killTasks(instance: In<'finishing'>): readonly Effect[] {
	return instance.tasks.map((index): Effect => ({ do: 'killTask', index }));
}

type GoingDown = In<'stopping' | 'ending' | 'finishing'>;

function redirected(
	instance: GoingDown,
	event: InstanceEvent & { readonly type: 'start' | 'stop' | 'recycle' | 'remove' },
): Step {
	const next = redirect(instance, event);
	return typeof next === 'string' ? refuse(instance, next) : stay(next);
}

/** A machine that is gone at once takes what is left with it. */
function restarted<I extends GoingDown>(instance: I, event: RestartAsked, atOnce: (instance: I) => Step): Step {
	const next = restartOnTheWay(instance, event);
	if (typeof next === 'string') {
		return refuse(instance, next);
	}
	return isSudden(event) ? atOnce(next) : stay(next);
}
