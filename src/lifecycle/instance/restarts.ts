import { link } from './causes';
import type { After, In, Instance, InstanceEvent, RestartEvent, Step } from './instance';
import { restartEvents } from './restartEvents';
import { beginStop, endNow } from './stops';
import { refuse } from './transitions';

/** What is done to the machine or the code of an instance (role-lifecycle.md 8.2), whatever it is doing. */
export type RestartAsked = InstanceEvent & { readonly type: 'restart' };

export function restartBy(event: RestartAsked): After & { readonly to: 'restart' } {
	const { what, stop } = restartEvents[event.how];
	const cause = link(what, event.why, event);
	return { to: 'restart', cause: [cause], failed: false, by: event.how, ...(stop === 'none' && { hurried: true }) };
}

/** The disks know of it from now on, also when it is stopped before they are prepared. */
export function struck<I extends Instance>(instance: I, how: RestartEvent): I {
	return instance.disks.includes(how) ? instance : { ...instance, disks: [...instance.disks, how] };
}

export function isSudden({ how }: RestartAsked): boolean {
	return restartEvents[how].stop === 'none';
}

/** With role code that runs: in order, or the process is gone at once. */
export function restartRunning(instance: In<'running'>, event: RestartAsked): Step {
	const next = struck(instance, event.how);
	return isSudden(event) ? endNow(next, restartBy(event), 'kill') : beginStop(next, restartBy(event));
}

/** Asked of one that goes down, or whose disks are being made: it is added to what follows. A text where it cannot be had. */
export function restartOnTheWay<I extends Instance & { readonly after: After | undefined }>(
	instance: I,
	event: RestartAsked,
): I | string {
	const asked = restartBy(event);
	const { after = { ...asked, cause: [] } } = instance;
	switch (after.to) {
		case 'remove':
			return beingRemoved;
		case 'rest':
			return restartEvents[event.how].whenStopped === 'refused'
				? 'is stopping; start it when it has stopped.'
				: struck(instance, event.how);
		case 'restart':
			return struck({ ...instance, after: bothRestarts(after, asked) }, event.how);
	}
}

/** The causes of both, and what does more to the machine. */
function bothRestarts(before: After & { readonly to: 'restart' }, asked: After & { readonly to: 'restart' }): After {
	const by = machineWork(before.by) > machineWork(asked.by) ? before.by : asked.by;
	return { ...before, ...asked, ...(by && { by }), cause: [...before.cause, ...asked.cause], failed: before.failed };
}

function machineWork(by: RestartEvent | undefined): number {
	return by === undefined ? 0 : ['stays', 'boots', 'made', 'moved'].indexOf(restartEvents[by].machine);
}

/** Without any process. */
export function restartStopped(instance: In<'stopped'>, event: RestartAsked): Step {
	const { what, whenStopped } = restartEvents[event.how];
	return whenStopped === 'refused'
		? refuse(instance, 'is stopped; start it.')
		: [struck(instance, event.how), [{ do: 'note', text: `The ${what} shows on its disks at the next start.` }]];
}

export const beingRemoved = 'is being removed: the configuration has fewer instances now.';
