import type { After, DiskEvent, Effect, In, InstanceEvent, Step } from '../instance';
import { machineSteps, tasksStep } from '../provisioning';
import { commandCause, exitText, link } from './causes';
import { beginLife, common, hurry, proceed, processGone, refuse, startTasks, stay } from './transitions';

/** From nothing to the start of the role's process: nine steps (role-lifecycle.md 2), disks, startup tasks (3). */

export function unborn(instance: In<'unborn'>, event: InstanceEvent): Step {
	switch (event.type) {
		case 'start':
			return beginLife(instance, 'provision', machineSteps.flatMap(showStep));
		case 'stop':
		case 'kill':
			return [{ ...common(instance), phase: 'stopped' }, [{ do: 'state', state: 'StoppedVM', text: 'Stopped' }]];
		case 'remove':
			return proceed(instance, { to: 'remove' });
		case 'recycle':
		case 'crash':
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

function showStep({ step, status, text }: (typeof machineSteps)[number]): readonly Effect[] {
	const first = machineSteps.find(other => other.status === status)?.step === step;
	return [
		...(first ? [{ do: 'state', state: status, text: 'Initializing' } as const] : []),
		{ do: 'step', step, phase: 'begin', text },
		{ do: 'step', step, phase: 'end', text },
	];
}

export function preparing(instance: In<'preparing'>, event: InstanceEvent): Step {
	switch (event.type) {
		case 'prepared':
			return instance.after === 'start' ? beginTasks(instance) : proceed(instance, { to: instance.after });
		case 'prepareFailed':
			return instance.after === 'start'
				? proceed(instance, failed('the disks could not be prepared', event.text, event, instance.disks), [
						{ do: 'error', text: event.text },
					])
				: proceed(instance, { to: instance.after });
		case 'start':
			return instance.after === 'rest'
				? [{ ...instance, after: 'start' }, []]
				: refuse(instance, instance.after === 'start' ? 'is starting already.' : 'is being removed.');
		case 'stop':
			return instance.after === 'start'
				? [{ ...instance, after: 'rest' }, [waitsForDisks]]
				: refuse(instance, 'is stopping already.');
		case 'kill':
			return [{ ...instance, after: instance.after === 'remove' ? 'remove' : 'rest' }, []];
		case 'remove':
			return [{ ...instance, after: 'remove' }, [waitsForDisks]];
		case 'recycle':
			return refuse(
				instance,
				instance.after === 'start' ? 'is starting already.' : 'is stopping; start it when it has stopped.',
			);
		case 'crash':
			return refuse(instance, 'has no process yet that could crash.');
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

const waitsForDisks: Effect = {
	do: 'state',
	state: 'StoppingRole',
	text: 'Stopping: as soon as the disks are prepared',
};

function beginTasks(instance: In<'preparing'>): Step {
	return startTasks(instance, instance.disks, 0, [
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
			return processGone(instance, {
				to: 'restart',
				cause: [commandCause(event)],
				failed: false,
				disks: 'recycle',
			});
		case 'start':
			return refuse(instance, 'is starting already.');
		case 'crash':
			return refuse(instance, 'has no process yet that could crash: its startup tasks are running.');
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
		return startTasks(left, instance.disks, event.index + 1, []);
	}
	const commandLine = instance.shape.tasks[event.index]?.commandLine ?? '';
	const detail = event.text ?? `'${commandLine}' ended with ${exitText(event)}; a simple startup task must end with 0`;
	const after = failed(`startup task ${event.index + 1} failed`, detail, event, 'recycle');
	const [next, effects] = processGone(left, after);
	return [next, [{ do: 'error', text: `Startup task ${event.index + 1} failed: ${detail}.` }, ...effects]];
}

function failed(what: string, detail: string, event: InstanceEvent, disks: DiskEvent): After {
	return { to: 'restart', cause: [link(what, detail, event)], failed: true, disks };
}
