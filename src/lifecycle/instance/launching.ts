import { endedBeforeReady, restartFor, taskExited } from './endings';
import type { In, InstanceEvent, Step } from './instance';
import { restartBy, struck } from './restarts';
import { ready } from './starting';
import { endNow } from './stops';
import { common, hurry, refuse, stay } from './transitions';

/** From the start of the process to OnStart: hello, a debugger if one is awaited, load. None of it has a limit. */

export function launching(instance: In<'launching'>, event: InstanceEvent): Step {
	switch (event.type) {
		case 'hello':
			return hello(instance, event);
		case 'debugger':
		case 'go':
			return stay(instance);
		case 'change':
			return [{ ...instance, changes: [...instance.changes, event.change] }, []];
		case 'start':
		case 'stop':
		case 'recycle':
		case 'crash':
		case 'remove':
		case 'kill':
		case 'restart':
			return endBeforeOnStart(instance, event);
		case 'hang':
			return refuse(instance, 'has no process yet that could hang.');
		case 'called':
		case 'fault':
		case 'failed':
		case 'requestRecycle':
		case 'exited':
			return endedBeforeReady(instance, event);
		case 'status':
		case 'prepared':
		case 'prepareFailed':
		case 'removed':
		case 'timer':
			return stay(instance);
		case 'taskExited':
			return taskExited(instance, event);
	}
}

function hello(instance: In<'launching'>, event: InstanceEvent & { readonly type: 'hello' }): Step {
	const { pid, waits } = event;
	const { changes } = instance;
	const start = { do: 'send', message: 'start' } as const;
	if (waits || instance.shape.entry === 'role') {
		const text = waits ? 'Starting: waits for a debugger' : "Starting: the role's code is loaded";
		return [
			{ ...common(instance), phase: 'loading', pid, waits, debugged: false, changes },
			[{ do: 'state', state: 'StartingRole', text }, start],
		];
	}
	const [next, effects] = programRuns({ ...common(instance), phase: 'loading', pid, waits, debugged: false, changes });
	return [next, [start, ...effects]];
}

/** A program is Ready once it runs, or when it says so (runtime-protocol.md 9). */
function programRuns(instance: In<'loading'>): Step {
	if (instance.shape.readyOnStart) {
		return ready(instance);
	}
	const { pid, debugged, changes } = instance;
	return [
		{ ...common(instance), phase: 'starting', pid, debugged, changes, after: undefined },
		[{ do: 'state', state: 'BusyRole', text: 'Busy: the program has not reported Ready' }],
	];
}

export function loading(instance: In<'loading'>, event: InstanceEvent): Step {
	switch (event.type) {
		case 'debugger':
			return attached(instance, event.attached);
		case 'go':
			return goOn(instance);
		case 'change':
			return [{ ...instance, changes: [...instance.changes, event.change] }, []];
		case 'start':
		case 'stop':
		case 'recycle':
		case 'crash':
		case 'remove':
		case 'kill':
		case 'restart':
			return endBeforeOnStart(instance, event);
		case 'hang':
			return [instance, [{ do: 'hang' }]];
		case 'called':
			return event.call === 'OnStart' && event.phase === 'begin'
				? onStart(instance)
				: endedBeforeReady(instance, event);
		case 'fault':
		case 'failed':
		case 'requestRecycle':
		case 'exited':
			return endedBeforeReady(instance, event);
		case 'hello':
		case 'status':
		case 'prepared':
		case 'prepareFailed':
		case 'removed':
		case 'timer':
			return stay(instance);
		case 'taskExited':
			return taskExited(instance, event);
	}
}

function attached(instance: In<'loading'>, debugged: boolean): Step {
	const next = { ...instance, debugged };
	return debugged && instance.waits && instance.shape.entry === 'program' ? programRuns(next) : [next, []];
}

function goOn(instance: In<'loading'>): Step {
	if (!instance.waits) {
		return stay(instance);
	}
	const go = { do: 'send', message: 'go' } as const;
	const gone = { ...instance, waits: false };
	if (instance.shape.entry === 'role') {
		return [gone, [{ do: 'state', state: 'StartingRole', text: "Starting: the role's code is loaded" }, go]];
	}
	const [next, effects] = programRuns(gone);
	return [next, [go, ...effects]];
}

function onStart(instance: In<'loading'>): Step {
	const { pid, debugged, changes } = instance;
	return [
		{ ...common(instance), phase: 'starting', pid, debugged, changes, after: undefined },
		[{ do: 'state', state: 'BusyRole', text: 'Busy: OnStart is running' }],
	];
}

/** No code of the role has been called, so there is nothing to stop in order. */
function endBeforeOnStart(instance: In<'launching' | 'loading'>, event: Asked): Step {
	switch (event.type) {
		case 'stop':
			return endNow(instance, { to: 'rest' }, 'kill');
		case 'kill':
			return endNow(instance, hurry(), 'kill');
		case 'remove':
			return endNow(instance, { to: 'remove' }, 'kill');
		case 'recycle':
		case 'crash':
			return endNow(instance, restartFor(event), 'kill');
		case 'restart':
			return endNow(struck(instance, event.how), restartBy(event), 'kill');
		case 'start':
			return refuse(instance, 'is starting already.');
	}
}

type Asked = InstanceEvent & { readonly type: 'start' | 'stop' | 'recycle' | 'crash' | 'remove' | 'kill' | 'restart' };
