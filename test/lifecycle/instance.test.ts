import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
	type Effect,
	type Instance,
	type InstanceEvent,
	newInstance,
	type Shape,
	step,
} from '../../src/lifecycle/instance/instance';
import { boom } from '../support/fakeWorld';

/** Every phase with every event, as a table that people can read and that a change of the policy changes. */

const role: Shape = {
	tasks: [
		{ taskType: 'simple', commandLine: 'setup' },
		{ taskType: 'background', commandLine: 'agent' },
	],
	entry: 'role',
	readyOnStart: false,
	onStopLimit: 300_000,
};
const program: Shape = { ...role, tasks: [], entry: 'program', readyOnStart: true };

const start: InstanceEvent = { type: 'start', why: '' };
const stop: InstanceEvent = { type: 'stop' };
const recycle: InstanceEvent = { type: 'recycle', why: 'recycle' };
const prepared: InstanceEvent = { type: 'prepared' };
const setUp: InstanceEvent = { type: 'taskExited', index: 0, exitCode: 0 };
const hello: InstanceEvent = { type: 'hello', pid: 7, waits: false };
const onStart: InstanceEvent = { type: 'called', call: 'OnStart', phase: 'begin' };
const started: InstanceEvent = { type: 'called', call: 'OnStart', phase: 'end', result: true };
const agentEnds: InstanceEvent = { type: 'taskExited', index: 1, exitCode: 0 };
const exited: InstanceEvent = { type: 'exited', exitCode: 0 };
const setting: InstanceEvent = {
	type: 'change',
	change: { manner: 'ask', changes: [{ kind: 'setting', name: 'A' }] },
};

const toStarting = [start, prepared, setUp, hello, onStart];
const toRunning = [...toStarting, started];

/** One instance in every phase, reached as a real one would. */
const instances: Readonly<Record<string, Instance>> = {
	unborn: after(role),
	preparing: after(role, start),
	'preparing, stopped': after(role, start, stop),
	runningTasks: after(role, start, prepared),
	launching: after(role, start, prepared, setUp),
	loading: after(role, start, prepared, setUp, hello),
	'loading, waits': after(role, start, prepared, setUp, { type: 'hello', pid: 7, waits: true }),
	starting: after(role, ...toStarting),
	'starting, stopped': after(role, ...toStarting, stop),
	running: after(role, ...toRunning),
	'running, changing': after(role, ...toRunning, setting),
	'running, program': after(program, start, prepared, hello),
	'stopping to rest': after(role, ...toRunning, stop),
	'stopping to restart': after(role, ...toRunning, recycle),
	'stopping to leave': after(role, ...toRunning, { type: 'remove' }),
	ending: after(role, ...toRunning, { type: 'fault', error: boom }),
	finishing: after(role, ...toRunning, stop, exited),
	delayed: after({ ...role, tasks: [] }, ...[1, 2].flatMap(() => [start, prepared, hello, onStart, started, exited])),
	stopped: after(role, ...toRunning, stop, exited, agentEnds),
	removing: after(role, { type: 'remove' }),
	removed: after(role, { type: 'remove' }, { type: 'removed' }),
};

const events: Readonly<Record<string, InstanceEvent>> = {
	start,
	stop,
	recycle,
	crash: { type: 'crash', why: 'crash' },
	hang: { type: 'hang' },
	reboot: { type: 'restart', how: 'reboot', why: '' },
	reimage: { type: 'restart', how: 'reimage', why: '' },
	heal: { type: 'restart', how: 'heal', why: '' },
	remove: { type: 'remove' },
	kill: { type: 'kill' },
	go: { type: 'go' },
	'change: ask': setting,
	'change: restart': {
		type: 'change',
		change: { manner: 'restart', changes: [{ kind: 'certificate', thumbprint: 'AB' }] },
	},
	'change: simultaneous': {
		type: 'change',
		change: { manner: 'simultaneous', changes: [{ kind: 'topology', role: 'Web' }] },
	},
	prepared,
	prepareFailed: { type: 'prepareFailed', text: 'The disk is full.' },
	removed: { type: 'removed' },
	'task ends with 0': setUp,
	'task ends with 1': { type: 'taskExited', index: 0, exitCode: 1 },
	'other task ends': agentEnds,
	hello,
	'OnStart begins': onStart,
	'OnStart: true': started,
	'OnStart: false': { type: 'called', call: 'OnStart', phase: 'end', result: false },
	'OnStart: exception': { type: 'called', call: 'OnStart', phase: 'end', error: boom },
	'Run returns': { type: 'called', call: 'Run', phase: 'end' },
	'Run: exception': { type: 'called', call: 'Run', phase: 'end', error: boom },
	'OnStop: exception': { type: 'called', call: 'OnStop', phase: 'end', error: boom },
	'Changing: accepted': { type: 'called', call: 'Changing', phase: 'end', result: { cancel: false } },
	'Changing: cancelled': { type: 'called', call: 'Changing', phase: 'end', result: { cancel: true } },
	'Changed returns': { type: 'called', call: 'Changed', phase: 'end' },
	fault: { type: 'fault', error: boom },
	failed: { type: 'failed', text: 'node was not found.' },
	requestRecycle: { type: 'requestRecycle' },
	'status: Ready': { type: 'status', status: 'Ready' },
	'status: Busy': { type: 'status', status: 'Busy' },
	'debugger attached': { type: 'debugger', attached: true },
	'debugger detached': { type: 'debugger', attached: false },
	exited,
	'timer: restart': { type: 'timer', timer: 'restart' },
	'timer: limit': { type: 'timer', timer: 'limit' },
	'timer: check': { type: 'timer', timer: 'check' },
	'timer: steady': { type: 'timer', timer: 'steady' },
};

suite('the instance machine', () => {
	test('the phases of the table are all there are', () => {
		for (const [name, instance] of Object.entries(instances)) {
			assert.equal(instance.phase, name.split(/[ ,]/)[0]);
		}
	});

	test('every phase answers every event on purpose: instance.table.txt', () => {
		const file = path.join(__dirname, 'instance.table.txt');
		const now = `${table()}\n`;
		if (process.env.UPDATE_TABLES) {
			writeFileSync(file, now);
		}
		assert.equal(
			now,
			readFileSync(file, 'utf8'),
			'the policy has changed; run with UPDATE_TABLES=1 and read the table',
		);
	});

	test('a process id is there exactly when there is a process that said hello', () => {
		for (const instance of Object.values(instances)) {
			for (const event of Object.values(events)) {
				const [next] = step(instance, event);
				const known = 'pid' in next && next.pid !== undefined;
				if (next.phase !== 'ending') {
					const expected = ['loading', 'starting', 'running', 'stopping'].includes(next.phase);
					assert.equal(known, expected, `${instance.phase} ${event.type}`);
				}
			}
		}
	});
});

function after(shape: Shape, ...happened: readonly InstanceEvent[]): Instance {
	return happened.reduce((instance, event) => step(instance, event)[0], newInstance(shape));
}

/** Per phase: what it does at each event, then the events that change nothing. */
function table(): string {
	const blocks = Object.entries(instances).map(([name, instance]) => {
		const answers = Object.entries(events).map(([event, value]) => ({ event, answer: answer(instance, value) }));
		const ignored = answers.filter(each => each.answer === '').map(each => each.event);
		const lines = answers.filter(each => each.answer !== '').map(each => `  ${each.event}: ${each.answer}`);
		return [`${name}`, ...lines, `  nothing: ${ignored.join(', ')}`, ''].join('\n');
	});
	return ['The instance machine: every phase with every event', '', ...blocks].join('\n');
}

function answer(instance: Instance, event: InstanceEvent): string {
	const [next, effects] = step(instance, event);
	const phase = next.phase === instance.phase ? [] : [`-> ${next.phase}`];
	const silent = effects.length === 0 && phase.length === 0 && !isDeepStrictEqual(next, instance) ? ['noted'] : [];
	return [...phase, ...silent, ...effects.map(words)].join(', ');
}

function words(effect: Effect): string {
	switch (effect.do) {
		case 'state':
			return effect.state;
		case 'step':
			return `step ${effect.step} ${effect.phase}`;
		case 'rotation':
			return `rotation ${effect.rotation}`;
		case 'restart':
			return `restart after ${effect.delay} (${effect.cause.map(cause => cause.what).join(' < ')})`;
		case 'refuse':
			return `refuse: ${effect.text}`;
		case 'prepare':
			return `prepare for ${effect.disks.join(' + ')}`;
		case 'startTask':
		case 'killTask':
			return `${effect.do} ${effect.index}`;
		case 'send':
			return `send ${effect.message}`;
		case 'setTimer':
			return `timer ${effect.timer} ${effect.milliseconds}`;
		case 'clearTimers':
			return `clear ${effect.timers.join(' ')}`;
		case 'endLeftovers':
		case 'error':
		case 'hang':
		case 'kill':
		case 'move':
		case 'note':
		case 'remove':
		case 'sendChanged':
		case 'sendChanging':
		case 'startRole':
		case 'statusCheck':
			return effect.do;
	}
}
