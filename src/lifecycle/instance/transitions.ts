import type { Cause } from '../journal/journal';
import { commandCause } from './causes';
import type { After, Common, Effect, In, Instance, InstanceEvent, Step } from './instance';
import { beingRemoved } from './restarts';

/** The small moves that every phase shares. */

export function stay(instance: Instance): Step {
	return [instance, []];
}

/** A person asked for it and it cannot be done now. */
export function refuse(instance: Instance, text: string): Step {
	return [instance, [{ do: 'refuse', text }]];
}

export function common({ shape, life, failures, tasks, disks }: Common): Common {
	return { shape, life, failures, tasks, disks };
}

/** What a later wish makes of a stop that is under way; a text where the wish cannot be had. */
export function redirect<I extends Instance & { readonly after: After | undefined }>(
	instance: I & { readonly after: After },
	event: InstanceEvent & { readonly type: Wish },
): I | string {
	const { after } = instance;
	if (after.to === 'remove') {
		return event.type === 'remove' ? instance : beingRemoved;
	}
	switch (event.type) {
		case 'remove':
			return { ...instance, after: { to: 'remove' } };
		case 'stop':
			return after.to === 'rest' ? 'is stopping already.' : { ...instance, after: { to: 'rest' } };
		case 'start':
			return after.to === 'restart' ? 'starts again already.' : startedAgain(instance, commandCause(event));
		case 'recycle':
			return after.to === 'restart' ? 'recycles already.' : 'is stopping; start it when it has stopped.';
	}
}

/** A stop and a start, although it never rested in between. */
function startedAgain<I extends Instance & { readonly after: After | undefined }>(instance: I, cause: Cause): I {
	return {
		...instance,
		disks: [...instance.disks, 'stopAndStart'],
		after: { to: 'restart', cause: [cause], failed: false },
	};
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
