import { commandCause, exceptionCause, exitCause, link } from './causes';
import { afterFailure, faultCause, processName, requested, restartFor, taskExited } from './endings';
import type { Effect, In, InstanceEvent, Step } from './instance';
import { restartRunning } from './restarts';
import { beginStop, endNow, processGone } from './stops';
import { debuggerChanged, hurry, refuse, stay } from './transitions';

/** Ready and Busy, status checks, changes, and every way a running role ends (role-lifecycle.md 4, 6 and 9). */

/** Milliseconds between two status checks; "about 15 s" (role-lifecycle.md 3). */
export const checkInterval = 15_000;

export function running(instance: In<'running'>, event: InstanceEvent): Step {
	switch (event.type) {
		case 'called':
			return called(instance, event);
		case 'status':
			return answered({ ...instance, asked: false }, event.status);
		case 'timer':
			return timer(instance, event.timer);
		case 'change':
			return changed(instance, event);
		case 'debugger':
			return debuggerChanged(instance, event.attached);
		case 'start':
			return refuse(instance, 'is running already.');
		case 'stop':
			return beginStop(instance, { to: 'rest' });
		case 'remove':
			return beginStop(instance, { to: 'remove' });
		case 'recycle':
			return instance.shape.machine
				? restartService(instance, 'restartService')
				: beginStop(instance, restartFor(event));
		case 'restart':
			return restartRunning(instance, event);
		case 'hang':
			return [instance, [{ do: 'hang' }]];
		case 'requestRecycle':
			return beginStop(instance, requested(event));
		case 'crash':
			if (instance.shape.machine) {
				return restartService(instance, 'crashService');
			}
			return endNow(instance, afterFailure(undefined, [commandCause(event)]), 'kill');
		case 'kill':
			return endNow(instance, hurry(), 'kill');
		case 'fault':
			return endNow(instance, afterFailure(undefined, [faultCause(event.error, event)]), 'byItself');
		case 'failed':
			return endNow(
				instance,
				afterFailure(undefined, [link('the host was lost', event.text, event, event.error)]),
				'byItself',
			);
		case 'exited':
			return processGone(instance, afterFailure(undefined, [exitCause(processName(instance), event)]));
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

/** Nobody watches the application of a VM role but its own service manager (role-lifecycle.md 10). */
function restartService(instance: In<'running'>, message: 'restartService' | 'crashService'): Step {
	const text = 'In a VM role this is the business of its service manager: the instance stays as it is.';
	return [
		instance,
		[
			{ do: 'note', text },
			{ do: 'send', message },
		],
	];
}

function called(instance: In<'running'>, event: InstanceEvent & { readonly type: 'called' }): Step {
	if (event.phase === 'begin') {
		return stay(instance);
	}
	switch (event.call) {
		case 'Run':
			return event.error
				? endNow(instance, afterFailure(undefined, [exceptionCause('Run', event.error, event)]), 'byItself')
				: beginStop(
						instance,
						afterFailure(undefined, [link('Run returned', 'a role whose Run returns is recycled', event)]),
					);
		case 'Changing':
		case 'SimultaneousChanging':
			return changingEnded(instance, event);
		case 'Changed':
		case 'SimultaneousChanged':
			return instance.applying
				? tellNext({ ...instance, applying: false, changes: instance.changes.slice(1) })
				: stay(instance);
		case 'OnStart':
		case 'OnStop':
		case 'Stopping':
		case 'StatusCheck':
			return stay(instance);
	}
}

function timer(instance: In<'running'>, which: (InstanceEvent & { type: 'timer' })['timer']): Step {
	switch (which) {
		case 'check':
			return check(instance);
		case 'steady':
			return stay({ ...instance, failures: 0 });
		case 'limit':
		case 'restart':
			return stay(instance);
	}
}

/** A role that does not answer is taken as busy and left alone, without limit (role-lifecycle.md 8.1). */
function check(instance: In<'running'>): Step {
	const next: Effect = { do: 'setTimer', timer: 'check', milliseconds: checkInterval };
	if (!instance.asked) {
		return [{ ...instance, asked: true }, [{ do: 'send', message: 'checkStatus' }, next]];
	}
	if (instance.busy || instance.debugged) {
		return [instance, [next]];
	}
	return [
		{ ...instance, busy: true },
		[
			{ do: 'state', state: 'BusyRole', text: 'Busy: no answer to the status check; it is left alone' },
			{ do: 'rotation', rotation: 'out', why: 'no answer to the status check' },
			next,
		],
	];
}

function answered(instance: In<'running'>, status: 'Ready' | 'Busy'): Step {
	const busy = status === 'Busy';
	if (busy === instance.busy) {
		return stay(instance);
	}
	const check: readonly Effect[] = instance.shape.entry === 'role' ? [{ do: 'statusCheck', status }] : [];
	return [
		{ ...instance, busy },
		[
			...check,
			{ do: 'state', state: busy ? 'BusyRole' : 'ReadyRole', text: busy ? 'Busy: the role says so' : 'Ready' },
			{ do: 'rotation', rotation: busy ? 'out' : 'in', why: busy ? 'the role says it is busy' : 'Ready' },
		],
	];
}

/** One change at a time: a second one waits until the first is through. */
function changed(instance: In<'running'>, event: InstanceEvent & { readonly type: 'change' }): Step {
	const next = { ...instance, changes: [...instance.changes, event.change] };
	return instance.changes.length === 0 ? tellNext(next) : stay(next);
}

/** Tells the role of the first change that it has not heard of; one that alters its surroundings restarts it. */
export function tellNext(instance: In<'running'>): Step {
	const change = instance.changes[0];
	if (change === undefined) {
		return stay(instance);
	}
	if (change.manner !== 'restart') {
		return [instance, [{ do: 'sendChanging', change }]];
	}
	const cause = link('certificate changed', 'a changed certificate restarts the role', {
		type: 'change',
		change,
	});
	return beginStop(instance, { to: 'restart', cause: [cause], failed: false });
}

function changingEnded(instance: In<'running'>, event: InstanceEvent & { readonly type: 'called' }): Step {
	const change = instance.changes[0];
	if (change === undefined || instance.applying) {
		return stay(instance);
	}
	if (change.manner === 'ask' && cancels(event.result)) {
		const cause = link('Changing cancelled', 'the role takes the new values by a restart', event);
		return beginStop(instance, { to: 'restart', cause: [cause], failed: false });
	}
	return [{ ...instance, applying: true }, [{ do: 'sendChanged', change }]];
}

function cancels(result: unknown): boolean {
	return typeof result === 'object' && result !== null && 'cancel' in result && result.cancel === true;
}
