import type { Cause, RoleError } from '../journal/journal';
import { commandCause, exceptionCause, exitCause, link } from './causes';
import type { After, Common, In, InstanceEvent, Step, WithProcess } from './instance';
import { endNow, processGone } from './stops';
import { stay } from './transitions';

/** What follows an end that the role brought about itself. */

/** A failure while something else was already wished for does not undo the wish. */
export function afterFailure(wished: After | undefined, cause: readonly Cause[]): After {
	if (wished === undefined) {
		return { to: 'restart', cause, failed: true };
	}
	return wished.to === 'restart' ? { ...wished, cause: [...wished.cause, ...cause], failed: true } : wished;
}

export function requested(event: InstanceEvent): After {
	const cause = link('RequestRecycle', 'the role asked to be recycled', event);
	return { to: 'restart', cause: [cause], failed: true };
}

export function faultCause(error: RoleError, event: InstanceEvent): Cause {
	return exceptionCause("the role's code", error, event);
}

export function processName(instance: Common): string {
	return instance.shape.entry === 'program' ? 'the program' : 'the host process';
}

/** A background or foreground task that ends changes nothing (role-lifecycle.md 4). */
export function taskExited<I extends WithProcess>(instance: I, event: InstanceEvent & { type: 'taskExited' }): Step {
	return [{ ...instance, tasks: instance.tasks.filter(index => index !== event.index) }, []];
}

/** A person asked for it; a crash counts as one. */
export function restartFor(event: InstanceEvent & { readonly type: 'recycle' | 'crash' }): After {
	return { to: 'restart', cause: [commandCause(event)], failed: event.type === 'crash' };
}

/** What the process says of its own end before it was ever Ready. */
export function endedBeforeReady(
	instance: In<'launching' | 'loading' | 'starting'>,
	event: InstanceEvent & { readonly type: 'called' | 'fault' | 'failed' | 'requestRecycle' | 'exited' },
): Step {
	const wished = instance.phase === 'starting' ? instance.after : undefined;
	switch (event.type) {
		case 'called':
			return event.error === undefined || event.call !== 'OnStart'
				? stay(instance)
				: endNow(instance, afterFailure(wished, [exceptionCause(event.call, event.error, event)]), 'byItself');
		case 'fault':
			return endNow(instance, afterFailure(wished, [faultCause(event.error, event)]), 'byItself');
		case 'failed':
			return endNow(
				instance,
				afterFailure(wished, [link('the role could not be started', event.text, event, event.error)]),
				'byItself',
			);
		case 'requestRecycle':
			return endNow(instance, requested(event), 'kill');
		case 'exited':
			return processGone(instance, afterFailure(wished, [exitCause(processName(instance), event)]));
	}
}
