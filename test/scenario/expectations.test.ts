import assert from 'node:assert/strict';
import type { InstanceStatus, JournalEntry, JournalEvent } from '../../src/lifecycle/journal/journal';
import type { DeploymentSnapshot } from '../../src/lifecycle/snapshot';
import { exitOf, missesOf, type Observed } from '../../src/scenario/expectations';
import { scenarioOf } from './scenarios';

const beginning = Date.UTC(2026, 0, 5, 10, 0, 0);

/** A recycle, one entry each second from the beginning on. */
const recycle: readonly (JournalEvent & { readonly instance?: string })[] = [
	{ event: 'command', command: 'recycle A_IN_0', by: 'scenario' },
	{ event: 'rotation', instance: 'A_IN_0', rotation: 'out', why: 'command' },
	{ event: 'call', instance: 'A_IN_0', call: 'OnStop', phase: 'begin' },
	{ event: 'output', instance: 'A_IN_0', stream: 'trace', text: 'stopped 3 clients' },
	{ event: 'call', instance: 'A_IN_0', call: 'OnStop', phase: 'end' },
	{
		event: 'restart',
		instance: 'A_IN_0',
		cause: [
			{ what: 'command', detail: 'recycle' },
			{ what: 'restart', detail: '' },
		],
		delay: 0,
	},
	{ event: 'call', instance: 'A_IN_0', call: 'OnStart', phase: 'end', result: true },
	{ event: 'state', instance: 'A_IN_0', state: 'ReadyRole', text: 'Ready' },
];

suite('Expectations', () => {
	const cases: readonly (readonly [expectation: string, ...misses: string[]])[] = [
		['{}'],
		[
			'{ "events": [{ "event": "rotation" }, { "event": "call", "call": "OnStop", "phase": "end" }, { "event": "state" }] }',
		],
		[
			'{ "events": [{ "event": "state" }, { "event": "rotation" }] }',
			'expected { "event": "rotation" } after 10:00:07.000 A_IN_0 Ready, instead nothing of the sort came',
		],
		[
			'{ "events": [{ "event": "call", "call": "OnStart", "result": false }] }',
			'expected { "event": "call", "call": "OnStart", "result": false }, instead the nearest is 10:00:06.000 A_IN_0 OnStart returned true',
		],
		['{ "events": [{ "event": "call", "call": "OnStop", "phase": "end", "error": null, "result": null }] }'],
		['{ "events": [{ "event": "restart", "cause": [{ "what": "restart" }] }] }'],
		[
			'{ "events": [{ "event": "restart", "cause": [{ "what": "restart" }, { "what": "command" }] }] }',
			'expected { "event": "restart", "cause": [{ "what": "restart" }, { "what": "command" }] }, instead nothing of the sort came',
		],
		['{ "events": [{ "event": "output", "text": { "contains": "clients" } }] }'],
		['{ "events": [{ "event": "output", "text": { "matches": "^stopped \\\\d+ clients$" } }] }'],
		// The second OnStop entry is the one from which the next is near enough.
		['{ "events": [{ "event": "call", "call": "OnStop" }, { "event": "restart", "within": "1s" }] }'],
		[
			'{ "events": [{ "event": "rotation" }, { "event": "restart", "within": "3s" }] }',
			'expected { "event": "restart", "within": "3s" } after 10:00:01.000 A_IN_0 out of the load balancer\'s rotation: command, instead it came 4 s later, which is too late',
		],
		['{ "events": [{ "event": "rotation", "within": "1s" }] }'],
		[
			'{ "events": [{ "event": "rotation", "within": "999ms" }] }',
			'expected { "event": "rotation", "within": "999ms" }, instead it came 1 s later, which is too late',
		],
		['{ "never": [{ "event": "call", "call": "Changing" }], "within": "1s" }'],
		[
			'{ "never": [{ "event": "restart" }, { "event": "error" }], "within": "1s" }',
			'expected nothing like { "event": "restart" }, instead it came: 10:00:05.000 A_IN_0 restarts now: command (recycle), so restart',
		],
		['{ "output": ["3 clients", { "instance": "A_IN_0", "stream": "trace", "matches": "^stopped" }] }'],
		[
			'{ "output": ["4 clients", { "stream": "stderr", "text": "stopped" }] }',
			'expected a line of output like "4 clients", instead nothing of the sort came',
			'expected a line of output like { "stream": "stderr", "text": "stopped" }, instead the nearest is 10:00:03.000 A_IN_0 stopped 3 clients',
		],
		['{ "states": { "A": "Ready", "A_IN_0": "ReadyRole", "B_IN_0": "Busy" } }'],
		[
			'{ "states": { "all": "Ready", "C": "Ready" } }',
			'expected all is Ready, instead B_IN_0 is BusyRole (Busy)',
			"expected C is Ready, instead there is no 'C'",
		],
		[
			'{ "files": [{ "instance": "A_IN_0", "resource": "R", "file": "there.txt", "text": "con" }, { "instance": "A_IN_0", "resource": "R", "file": "gone.txt", "exists": false }] }',
		],
		[
			'{ "files": [{ "instance": "A_IN_0", "resource": "R", "file": "there.txt", "matches": "^x" }, { "instance": "A_IN_0", "resource": "R", "file": "there.txt", "exists": false }, { "instance": "A_IN_0", "resource": "R", "file": "gone.txt" }] }',
			'expected there.txt in R of A_IN_0 exists and matches /^x/u, instead it is there: "content"',
			'expected there.txt in R of A_IN_0 does not exist, instead it is there: "content"',
			'expected gone.txt in R of A_IN_0 exists, instead there is no such file',
		],
	];
	for (const [expectation, ...sentences] of cases) {
		test(`${expectation} ${sentences.length > 0 ? 'does not hold' : 'holds'}`, () => {
			const { expect } = scenarioOf('', `"expect": ${expectation}`);
			const misses = expect.flatMap(each => missesOf(each, observed()));
			assert.deepEqual(
				misses.map(({ expected, instead }) => `expected ${expected}, instead ${instead}`),
				sentences,
			);
		});
	}

	test('a miss shows the journal around it and points at what is written', () => {
		const text = '{ "never": [{ "event": "rotation" }], "within": "1s" }';
		const { expect } = scenarioOf('', `"expect": ${text}`);
		const [miss] = expect.flatMap(each => missesOf(each, observed()));
		assert.deepEqual(
			miss?.around.map(entry => entry.n),
			[1, 2, 3, 4, 5, 6],
		);
		assert.equal(miss?.isFinal, true);
		assert.equal((miss?.span.end ?? 0) - (miss?.span.start ?? 0), '{ "event": "rotation" }'.length);
	});

	test('the exit code is 1 where an instance failed to start and never got ready', () => {
		const failed: JournalEntry = { ...header(20), instance: 'B_IN_0', event: 'restart', cause: [], delay: 0 };
		const ready: JournalEntry = { ...header(21), instance: 'B_IN_0', event: 'state', state: 'ReadyRole', text: '' };
		assert.deepEqual(
			[exitOf(entries()), exitOf([...entries(), failed]), exitOf([...entries(), failed, ready])],
			[0, 1, 0],
		);
	});
});

function entries(): readonly JournalEntry[] {
	return recycle.map((event, index) => ({ ...header(index), ...event }));
}

function header(index: number) {
	return { n: index + 1, at: new Date(beginning + index * 1_000).toISOString() };
}

function observed(): Observed {
	return {
		entries: entries(),
		began: beginning,
		snapshot: snapshot({ A_IN_0: 'ReadyRole', B_IN_0: 'BusyRole' }),
		fileText: ({ file }) => (file === 'there.txt' ? 'content' : undefined),
	};
}

function snapshot(states: Readonly<Record<string, InstanceStatus>>): DeploymentSnapshot {
	const instances = Object.entries(states).map(([instance, state]) => ({
		...{
			instance,
			role: instance.slice(0, 1),
			state,
			text: state.replace('Role', ''),
			index: 0,
			life: 1,
			endpoints: [],
		},
		...{ upgradeDomain: 0, faultDomain: 0, inRotation: true, since: '', debugger: 'none' as const },
		...{ lastRestart: undefined, can: { start: false, stop: true, recycle: true } },
	}));
	return { service: 'S', deploymentId: 'd', status: 'Running', instances };
}
