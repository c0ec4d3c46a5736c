import { durationText } from '../duration';
import { link } from './causes';
import { afterFailure, endedBeforeReady, requested, restartFor, taskExited } from './endings';
import type { After, In, InstanceEvent, Step } from './instance';
import { bootStep, startStep } from './provisioning';
import { steadyAfter } from './restartPolicy';
import { isSudden, type RestartAsked, restartBy, restartOnTheWay, struck } from './restarts';
import { checkInterval, tellNext } from './running';
import { beginStop, endNow } from './stops';
import { common, debuggerChanged, hurry, limit, redirect, refuse, stay } from './transitions';

/**
 * In OnStart. A stop that comes now waits for OnStart to return, at most as long as OnStop may take: the documents are
 * silent, and an end in the middle of OnStart would be a crash that nobody asked for.
 */
export function starting(instance: In<'starting'>, event: InstanceEvent): Step {
	switch (event.type) {
		case 'called':
			return event.call === 'OnStart' && event.phase === 'end' ? onStartEnded(instance, event) : stay(instance);
		case 'status':
			return event.status === 'Ready' && instance.shape.entry === 'program' ? ready(instance) : stay(instance);
		case 'stop':
		case 'recycle':
		case 'remove':
		case 'start':
			return stopInOnStart(instance, event);
		case 'requestRecycle':
			return instance.after === undefined ? stopAfterOnStart(instance, requested(event), false) : stay(instance);
		case 'crash':
			return endNow(instance, instance.after ?? restartFor(event), 'kill');
		case 'restart':
			return restartInOnStart(instance, event);
		case 'hang':
			return [instance, [{ do: 'hang' }]];
		case 'kill':
			return endNow(instance, hurry(instance.after), 'kill');
		case 'timer':
			return event.timer === 'limit' ? onStartTooLong(instance) : stay(instance);
		case 'debugger':
			return debuggerChanged(instance, event.attached, instance.after && instance.shape.onStopLimit);
		case 'change':
			return [{ ...instance, changes: [...instance.changes, event.change] }, []];
		case 'fault':
		case 'failed':
		case 'exited':
			return endedBeforeReady(instance, event);
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

function onStartEnded(instance: In<'starting'>, event: InstanceEvent & { readonly type: 'called' }): Step {
	if (event.error) {
		return endedBeforeReady(instance, event);
	}
	if (event.result === false) {
		const cause = link('OnStart returned false', 'the host process is ended without Stopping and OnStop', event);
		return endNow(instance, afterFailure(instance.after, [cause]), 'byItself');
	}
	return instance.after === undefined ? ready(instance) : beginStop(instance, instance.after);
}

/** Ready and in rotation at the moment Run is called; then come changes that arrived meanwhile. */
export function ready(instance: In<'loading' | 'starting'>): Step {
	const { pid, debugged, changes } = instance;
	const running: In<'running'> = {
		...common(instance),
		phase: 'running',
		pid,
		debugged,
		changes,
		busy: false,
		asked: false,
		applying: false,
	};
	const [next, effects] = tellNext(running);
	return [
		next,
		[
			{ do: 'state', state: 'ReadyRole', text: 'Ready' },
			{ do: 'step', phase: 'end', ...(instance.shape.machine ? bootStep : startStep) },
			{ do: 'rotation', rotation: 'in', why: 'Ready' },
			{ do: 'setTimer', timer: 'steady', milliseconds: steadyAfter },
			...(instance.shape.entry === 'role'
				? [{ do: 'setTimer', timer: 'check', milliseconds: checkInterval } as const]
				: []),
			...effects,
		],
	];
}

function stopInOnStart(
	instance: In<'starting'>,
	event: InstanceEvent & { readonly type: 'start' | 'stop' | 'recycle' | 'remove' },
): Step {
	const { after } = instance;
	if (after !== undefined) {
		const next = redirect({ ...instance, after }, event);
		return typeof next === 'string' ? refuse(instance, next) : stay(next);
	}
	switch (event.type) {
		case 'start':
			return refuse(instance, 'is starting already.');
		case 'stop':
			return stopAfterOnStart(instance, { to: 'rest' }, true);
		case 'remove':
			return stopAfterOnStart(instance, { to: 'remove' }, true);
		case 'recycle':
			return stopAfterOnStart(instance, restartFor(event), true);
	}
}

function restartInOnStart(instance: In<'starting'>, event: RestartAsked): Step {
	const next = restartOnTheWay(instance, event);
	if (typeof next === 'string') {
		return refuse(instance, next);
	}
	if (isSudden(event)) {
		return endNow(next, next.after ?? restartBy(event), 'kill');
	}
	return instance.after === undefined
		? stopAfterOnStart(struck(instance, event.how), restartBy(event), true)
		: stay(next);
}

function stopAfterOnStart(instance: In<'starting'>, after: After, limited: boolean): Step {
	if (instance.shape.entry === 'program') {
		return beginStop(instance, after);
	}
	return [
		{ ...instance, after },
		[
			{ do: 'state', state: 'StoppingRole', text: 'Stopping: waits for OnStart to return' },
			...(limited ? limit(instance.debugged, instance.shape.onStopLimit) : []),
		],
	];
}

function onStartTooLong(instance: In<'starting'>): Step {
	const time = durationText(instance.shape.onStopLimit);
	const text = `OnStart had not returned ${time} after the stop was asked for (the limit of OnStop): the process is ended.`;
	return instance.after === undefined
		? stay(instance)
		: endNow(instance, instance.after, 'kill', { do: 'error', text });
}
