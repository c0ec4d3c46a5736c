import type { In, InstanceEvent, Step } from './instance';
import { beginLife, proceed } from './lives';
import { beingRemoved, restartBy, restartStopped, struck } from './restarts';
import { common, refuse, stay } from './transitions';

/** Without any process: between two lives, stopped, scaled in. */

export function delayed(instance: In<'delayed'>, event: InstanceEvent): Step {
	switch (event.type) {
		case 'timer':
			return event.timer === 'restart' ? beginLife(instance) : stay(instance);
		case 'start':
		case 'recycle':
			return beginLife(instance, [{ do: 'clearTimers', timers: ['restart'] }]);
		case 'stop':
		case 'kill':
			return proceed(instance, { to: 'rest' }, [{ do: 'clearTimers', timers: ['restart'] }]);
		case 'remove':
			return proceed(instance, { to: 'remove' }, [{ do: 'clearTimers', timers: ['restart'] }]);
		case 'restart':
			return proceed(struck(instance, event.how), restartBy(event), [{ do: 'clearTimers', timers: ['restart'] }]);
		case 'crash':
			return refuse(instance, 'has no process that could crash: it waits before it starts again.');
		case 'hang':
			return refuse(instance, 'has no process that could hang: it waits before it starts again.');
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
			return stay(instance);
	}
}

export function stopped(instance: In<'stopped'>, event: InstanceEvent): Step {
	switch (event.type) {
		case 'start':
			return beginLife({ ...instance, failures: 0 }, [{ do: 'state', state: 'StartingVM', text: 'Starting' }]);
		case 'restart':
			return restartStopped(instance, event);
		case 'hang':
			return refuse(instance, 'is stopped and has no process that could hang.');
		case 'remove':
			return proceed(instance, { to: 'remove' });
		case 'stop':
			return refuse(instance, 'is stopped already.');
		case 'recycle':
			return refuse(instance, 'is stopped; start it.');
		case 'crash':
			return refuse(instance, 'is stopped and has no process that could crash.');
		case 'kill':
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

export function removing(instance: In<'removing'>, event: InstanceEvent): Step {
	switch (event.type) {
		case 'removed':
			return [{ ...common(instance), phase: 'removed' }, []];
		case 'start':
		case 'stop':
		case 'recycle':
		case 'crash':
		case 'restart':
		case 'hang':
			return refuse(instance, beingRemoved);
		case 'remove':
		case 'kill':
		case 'change':
		case 'go':
		case 'prepared':
		case 'prepareFailed':
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

export function removed(instance: In<'removed'>, event: InstanceEvent): Step {
	switch (event.type) {
		case 'start':
		case 'stop':
		case 'recycle':
		case 'crash':
		case 'restart':
		case 'hang':
			return refuse(instance, 'does not exist any more.');
		case 'remove':
		case 'removed':
		case 'kill':
		case 'change':
		case 'go':
		case 'prepared':
		case 'prepareFailed':
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
