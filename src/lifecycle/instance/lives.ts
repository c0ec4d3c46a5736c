import { durationText } from '../duration';
import type { After, DiskEvent, Effect, Instance, RestartEvent, Step } from './instance';
import { bootStep, codeStep, type ProvisioningStep, startStep, stepsOfMachine, tasksStep } from './provisioning';
import { restartEvents } from './restartEvents';
import { restartDelay, restartingStatus } from './restartPolicy';
import { common, reason } from './transitions';

/** From the end of one life to the process of the next, with the effects in the order of role-lifecycle.md. */

/** Nothing of the last life runs any more, but for what its tasks have left behind. */
export function proceed(instance: Instance, after: After, said: readonly Effect[] = []): Step {
	const before: readonly Effect[] = [...said, { do: 'endLeftovers' }];
	switch (after.to) {
		case 'rest':
			return [
				{ ...common(instance), disks: withStop(instance.disks), phase: 'stopped' },
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

/** What has to be made anew, or replaced, is so already; anything else finds its code afresh. */
function withStop(disks: readonly DiskEvent[]): readonly DiskEvent[] {
	return disks.includes('provision') || disks.includes('stopAndStart') ? disks : [...disks, 'stopAndStart'];
}

function restart(instance: Instance, after: After & { readonly to: 'restart' }, before: readonly Effect[]): Step {
	const failures = after.failed ? instance.failures + 1 : instance.failures;
	const delay = after.failed ? restartDelay(failures) : 0;
	const said: readonly Effect[] = [
		...before,
		...restartingState(after, failures, delay),
		{ do: 'restart', cause: after.cause, delay },
	];
	const next: Instance = { ...common(instance), failures, phase: 'delayed' };
	return delay === 0
		? beginLife(next, [...said, ...machineEffects(instance, after.by)])
		: [next, [...said, { do: 'setTimer', timer: 'restart', milliseconds: delay }]];
}

/** A machine that is gone at once was shown so already. */
function restartingState(
	after: After & { readonly to: 'restart' },
	failures: number,
	delay: number,
): readonly Effect[] {
	const row = after.by && restartEvents[after.by];
	if (after.failed || row === undefined || row.machine === 'stays') {
		const state = after.failed ? restartingStatus(failures) : 'RestartingRole';
		const wait = delay > 0 ? `; starts again in ${durationText(delay)} (a delay of Rolewright's own)` : '';
		return [{ do: 'state', state, text: `Recycling: ${reason(after)}${wait}` }];
	}
	return row.lost ? [] : [{ do: 'state', state: 'StoppingVM', text: `Stopping: ${reason(after)}` }];
}

/** What is done to the machine before the disks are prepared: only shown. */
function machineEffects({ shape }: Instance, by: RestartEvent | undefined): readonly Effect[] {
	switch (by === undefined ? 'stays' : restartEvents[by].machine) {
		case 'stays':
			return [];
		case 'boots':
			return [{ do: 'state', state: 'StartingVM', text: 'Starting: the machine boots' }];
		case 'made':
			return showSteps(stepsOfMachine(shape).filter(({ step }) => step === 1 || step === 3));
		case 'moved':
			return [{ do: 'move' }, ...showSteps(stepsOfMachine(shape))];
	}
}

/** Each state once, before the first of its steps. */
export function showSteps(steps: readonly ProvisioningStep[]): readonly Effect[] {
	return steps.flatMap(({ step, status, text }, index): readonly Effect[] => [
		...(steps[index - 1]?.status === status ? [] : [{ do: 'state', state: status, text: 'Initializing' } as const]),
		{ do: 'step', step, phase: 'begin', text },
		{ do: 'step', step, phase: 'end', text },
	]);
}

/** A life begins with the disks; startup tasks and the role follow. */
export function beginLife(instance: Instance, before: readonly Effect[] = []): Step {
	const disks: readonly DiskEvent[] = instance.disks.length > 0 ? instance.disks : ['recycle'];
	return [
		{ ...common(instance), disks: [], phase: 'preparing', preparing: disks, after: undefined },
		[
			...before,
			{ do: 'state', state: 'StartingRole', text: 'Starting: the disks are prepared' },
			{ do: 'prepare', disks },
		],
	];
}

/** Starts the startup tasks from this one on, up to the next simple one; after the last comes the role. */
export function startTasks(
	instance: Instance,
	prepared: readonly DiskEvent[],
	from: number,
	before: readonly Effect[],
): Step {
	const effects = [...before];
	let tasks = instance.tasks;
	for (const [index, task] of instance.shape.tasks.entries()) {
		if (index < from) {
			continue;
		}
		effects.push({ do: 'startTask', index });
		tasks = [...tasks, index];
		if (task.taskType === 'simple') {
			return [{ ...common(instance), tasks, phase: 'runningTasks', prepared, current: index }, effects];
		}
	}
	return startRole({ ...instance, tasks }, prepared, effects);
}

function startRole(instance: Instance, prepared: readonly DiskEvent[], before: readonly Effect[]): Step {
	const { machine } = instance.shape;
	const code: readonly Effect[] =
		machine || prepared.every(event => event === 'recycle')
			? []
			: [
					{ do: 'step', phase: 'begin', ...codeStep },
					{ do: 'step', phase: 'end', ...codeStep },
				];
	return [
		{ ...common(instance), life: instance.life + 1, phase: 'launching', changes: [] },
		[
			...before,
			...(machine ? [] : [{ do: 'step', phase: 'end', ...tasksStep } as const]),
			...code,
			{ do: 'step', phase: 'begin', ...(machine ? bootStep : startStep) },
			{ do: 'state', state: 'StartingRole', text: 'Starting: the process of the role is started' },
			{ do: 'startRole' },
		],
	];
}
