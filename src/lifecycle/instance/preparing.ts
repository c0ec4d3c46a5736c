import { taskExitText } from '../exitCodes';
import { link } from './causes';
import { restartFor } from './endings';
import type { After, Effect, In, InstanceEvent, Step } from './instance';
import { beginLife, proceed, showSteps, startTasks } from './lives';
import { stepsOfMachine, tasksStep } from './provisioning';
import { restartBy, restartOnTheWay, struck } from './restarts';
import { processGone } from './stops';
import { common, hurry, refuse, stay } from './transitions';

/** From nothing to the start of the role's process: nine steps (role-lifecycle.md 2), disks, startup tasks (3). */

export function unborn(instance: In<'unborn'>, event: InstanceEvent): Step {
	switch (event.type) {
		case 'start':
			return beginLife(instance, showSteps(stepsOfMachine(instance.shape)));
		case 'stop':
		case 'kill':
			return [{ ...common(instance), phase: 'stopped' }, [{ do: 'state', state: 'StoppedVM', text: 'Stopped' }]];
		case 'remove':
			return proceed(instance, { to: 'remove' });
		case 'recycle':
		case 'crash':
		case 'restart':
		case 'hang':
			return refuse(instance, 'has not been started yet.');
		case 'change':
		case 'go':
		case 'prepared':
		case 'prepareFailed':
		case 'removed':
		case 'taskExited':
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

export function preparing(instance: In<'preparing'>, event: InstanceEvent): Step {
	switch (event.type) {
		case 'prepared':
			return instance.after === undefined ? beginTasks(instance) : proceed(instance, instance.after);
		case 'prepareFailed':
			return prepareFailed(instance, event);
		case 'start':
		case 'stop':
		case 'recycle':
		case 'remove':
			return redirected(instance, event);
		case 'restart':
			return restartWhilePreparing(instance, event);
		case 'kill':
			return [{ ...instance, after: hurry(instance.after) }, []];
		case 'crash':
			return refuse(instance, 'has no process yet that could crash.');
		case 'hang':
			return refuse(instance, 'has no process yet that could hang.');
		case 'change':
		case 'go':
		case 'removed':
		case 'taskExited':
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

/** The next start finds everything still to be done. */
function prepareFailed(instance: In<'preparing'>, event: InstanceEvent & { readonly type: 'prepareFailed' }): Step {
	const left = { ...instance, disks: [...new Set([...instance.preparing, ...instance.disks])] };
	return instance.after === undefined
		? proceed(left, failed('the disks could not be prepared', event.text, event), [{ do: 'error', text: event.text }])
		: proceed(left, instance.after);
}

/** The disks are prepared to the end before anything else is done. */
function redirected(
	instance: In<'preparing'>,
	event: InstanceEvent & { readonly type: 'start' | 'stop' | 'recycle' | 'remove' },
): Step {
	const to = instance.after?.to ?? 'restart';
	switch (event.type) {
		case 'start':
			return to === 'rest'
				? [{ ...instance, after: undefined }, []]
				: refuse(instance, to === 'restart' ? 'is starting already.' : 'is being removed.');
		case 'stop':
			return to === 'restart'
				? [{ ...instance, after: { to: 'rest' } }, [waitsForDisks]]
				: refuse(instance, 'is stopping already.');
		case 'remove':
			return [{ ...instance, after: { to: 'remove' } }, [waitsForDisks]];
		case 'recycle':
			return refuse(instance, to === 'restart' ? 'is starting already.' : 'is stopping; start it when it has stopped.');
	}
}

function restartWhilePreparing(instance: In<'preparing'>, event: InstanceEvent & { readonly type: 'restart' }): Step {
	const next = restartOnTheWay(instance, event);
	return typeof next === 'string'
		? refuse(instance, next)
		: [next, [{ do: 'note', text: 'The disks are being prepared; that is done first.' }]];
}

const waitsForDisks: Effect = {
	do: 'state',
	state: 'StoppingRole',
	text: 'Stopping: as soon as the disks are prepared',
};

function beginTasks(instance: In<'preparing'>): Step {
	if (instance.shape.machine) {
		return startTasks(instance, instance.preparing, 0, []);
	}
	return startTasks(instance, instance.preparing, 0, [
		{ do: 'state', state: 'StartingRole', text: 'Starting: the system startup tasks are running' },
		{ do: 'step', phase: 'begin', ...tasksStep },
	]);
}

export function runningTasks(instance: In<'runningTasks'>, event: InstanceEvent): Step {
	switch (event.type) {
		case 'taskExited':
			return taskExited(instance, event);
		case 'stop':
			return processGone(instance, { to: 'rest' });
		case 'kill':
			return processGone(instance, hurry());
		case 'remove':
			return processGone(instance, { to: 'remove' });
		case 'recycle':
			return processGone(instance, restartFor(event));
		case 'restart':
			return processGone(struck(instance, event.how), restartBy(event));
		case 'start':
			return refuse(instance, 'is starting already.');
		case 'crash':
			return refuse(instance, 'has no process yet that could crash: its startup tasks are running.');
		case 'hang':
			return refuse(instance, 'has no process yet that could hang: its startup tasks are running.');
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

/** Only the simple task that is waited for counts: it must end with 0. */
function taskExited(instance: In<'runningTasks'>, event: InstanceEvent & { readonly type: 'taskExited' }): Step {
	const left = { ...instance, tasks: instance.tasks.filter(index => index !== event.index) };
	if (event.index !== instance.current) {
		return stay(left);
	}
	if (event.exitCode === 0) {
		return startTasks(left, instance.prepared, event.index + 1, []);
	}
	const commandLine = instance.shape.tasks[event.index]?.commandLine ?? '';
	const detail =
		event.text?.replace(/\.$/, '') ??
		`'${commandLine}' ended with ${taskExitText(event)}; a simple startup task must end with 0`;
	const after = failed(`startup task ${event.index + 1} failed`, detail, event);
	const [next, effects] = processGone(left, after);
	return [next, [{ do: 'error', text: `Startup task ${event.index + 1} failed: ${detail}.` }, ...effects]];
}

function failed(what: string, detail: string, event: InstanceEvent): After {
	return { to: 'restart', cause: [link(what, detail, event)], failed: true };
}
