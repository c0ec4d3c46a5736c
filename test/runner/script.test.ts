import assert from 'node:assert/strict';
import { Emitter } from '../../src/base/emitter';
import type { InstanceStatus } from '../../src/lifecycle/journal/journal';
import type { DeploymentSnapshot, InstanceSnapshot } from '../../src/lifecycle/snapshot';
import type { Clock } from '../../src/lifecycle/world';
import { parseDuration, parseScriptLine, type Wait, waitFor } from '../../src/runner/script';

suite('The lines of a script', () => {
	const wait = (target: string, state: string, states: readonly InstanceStatus[], limit = 60_000) => {
		return { command: 'wait', target, state, states, limit };
	};
	const lines: readonly (readonly [line: string, command: unknown])[] = [
		['', undefined],
		['   ', undefined],
		['# recycle Worker_IN_0', undefined],
		['recycle Worker_IN_0', { command: 'recycle', instance: 'Worker_IN_0' }],
		['wait all Ready', wait('all', 'Ready', ['ReadyRole'])],
		['  wait Worker readyrole 2.5s ', wait('Worker', 'readyrole', ['ReadyRole'], 2_500)],
		['wait Worker_IN_0 Stopped 2m', wait('Worker_IN_0', 'Stopped', ['StoppedVM'], 120_000)],
		['wait all Starting', wait('all', 'Starting', ['StartingVM', 'StartingRole'])],
		['wait all Recycling', wait('all', 'Recycling', ['RestartingRole', 'CyclingRole'])],
		['sleep 250ms', { command: 'sleep', milliseconds: 250 }],
		['wait all', { error: 'Write this command as "wait INSTANCE|ROLE|all STATE [TIMEOUT]".' }],
		['wait all Ready 1s more', { error: 'Write this command as "wait INSTANCE|ROLE|all STATE [TIMEOUT]".' }],
		['wait all Ready 60', { error: "'60' is no time; write for example 30s or 5m." }],
		['sleep', { error: 'Write this command as "sleep TIME", for example sleep 2s.' }],
		['sleep soon', { error: 'Write this command as "sleep TIME", for example sleep 2s.' }],
	];
	for (const [line, command] of lines) {
		test(JSON.stringify(line), () => assert.deepEqual(parseScriptLine(line), command));
	}

	test('an unknown state names the states', () => {
		const answer = parseScriptLine('wait all Happy');
		assert.ok(answer && 'error' in answer);
		assert.match(
			answer.error,
			/^There is no state 'Happy'; the states are Ready, Busy, Stopped, Recycling, Unknown, CreatingVM, /,
		);
	});

	const durations: readonly (readonly [text: string, milliseconds: number | undefined])[] = [
		['5m', 300_000],
		['30s', 30_000],
		['1.5s', 1_500],
		['1h', 3_600_000],
		['10', undefined],
		['-1s', undefined],
		['1 s', undefined],
		['s', undefined],
	];
	for (const [text, milliseconds] of durations) {
		test(`${text} is ${milliseconds} ms`, () => assert.equal(parseDuration(text), milliseconds));
	}
});

suite('Waiting', () => {
	test('is over at once where the state is reached', async () => {
		const { answer } = waits('all', [{ A_IN_0: 'ReadyRole', A_IN_1: 'ReadyRole' }]);
		assert.equal(await answer, undefined);
	});

	test('is over when the last instance of the target has reached it', async () => {
		const { answer, tell, listeners } = waits('A', [{ A_IN_0: 'ReadyRole', A_IN_1: 'BusyRole', B_IN_0: 'BusyRole' }]);
		assert.equal(await now(answer), 'waiting');
		tell({ A_IN_0: 'BusyRole', A_IN_1: 'ReadyRole', B_IN_0: 'BusyRole' });
		assert.equal(await now(answer), 'waiting');
		tell({ A_IN_0: 'ReadyRole', A_IN_1: 'ReadyRole', B_IN_0: 'BusyRole' });
		assert.equal(await answer, undefined);
		assert.deepEqual(listeners(), { snapshots: 0, timers: 0 });
	});

	for (const [target, before] of [
		['all', 'waiting'],
		['A', 'waiting'],
		['A_IN_0', undefined],
	] as const) {
		test(`wait ${target} Ready while a change is under way`, async () => {
			const { answer, tell } = waits(target, [{ A_IN_0: 'BusyRole' }]);
			tell({ A_IN_0: 'ReadyRole' }, 'RunningTransitioning');
			assert.equal(await now(answer), before);
			tell({ A_IN_0: 'ReadyRole' });
			assert.equal(await answer, undefined);
		});
	}

	test('a role is ready before the others have been deployed', async () => {
		const { answer, tell } = waits('A', [{ A_IN_0: 'BusyRole', B_IN_0: 'StartingRole' }]);
		tell({ A_IN_0: 'ReadyRole', B_IN_0: 'StartingRole' }, 'Deploying');
		assert.equal(await answer, undefined);
	});

	test('has a limit, and then says what is instead', async () => {
		const { answer, limit } = waits('A_IN_1', [{ A_IN_0: 'ReadyRole', A_IN_1: 'BusyRole' }]);
		limit();
		assert.equal(await answer, 'A_IN_1 was not Ready within 60 s: A_IN_1 is BusyRole (in words).');
	});

	test('for nobody is in vain', async () => {
		const { answer } = waits('C', [{ A_IN_0: 'ReadyRole' }]);
		assert.equal(await answer, "There is no instance or role 'C' to wait for; the instances are A_IN_0.");
	});

	test('ends with the service', async () => {
		const { answer, tell } = waits('all', [{ A_IN_0: 'BusyRole' }]);
		tell({ A_IN_0: 'StoppedVM' }, 'Stopped');
		assert.equal(await answer, 'The service ended before all was Ready.');
	});
});

type States = Readonly<Record<string, InstanceStatus>>;

function waits(target: string, [first]: readonly [States]) {
	const snapshots = new Emitter<DeploymentSnapshot>();
	let snapshot = snapshotOf(first, 'Running');
	let listening = 0;
	let timer: (() => void) | undefined;
	const clock: Clock = {
		now: () => 0,
		after: (_, run) => {
			timer = run;
			return { dispose: () => (timer = undefined) };
		},
	};
	const wait: Wait = { command: 'wait', target, state: 'Ready', states: ['ReadyRole'], limit: 60_000 };
	const answer = waitFor(
		wait,
		{
			get snapshot() {
				return snapshot;
			},
			onSnapshot: listener => {
				listening++;
				const subscription = snapshots.event(listener);
				return {
					dispose: () => {
						listening--;
						subscription.dispose();
					},
				};
			},
		},
		clock,
	);
	return {
		answer,
		tell: (states: States, status: DeploymentSnapshot['status'] = 'Running') => {
			snapshot = snapshotOf(states, status);
			snapshots.fire(snapshot);
		},
		limit: () => timer?.(),
		listeners: () => ({ snapshots: listening, timers: timer ? 1 : 0 }),
	};
}

function snapshotOf(states: States, status: DeploymentSnapshot['status']): DeploymentSnapshot {
	const instances = Object.entries(states).map(
		([instance, state]): InstanceSnapshot => ({
			instance,
			role: instance.slice(0, instance.indexOf('_IN_')),
			index: Number(instance.slice(-1)),
			state,
			text: 'in words',
			life: 1,
			endpoints: [],
			upgradeDomain: 0,
			faultDomain: 0,
			inRotation: false,
			since: '',
			debugger: 'none',
			lastRestart: undefined,
			can: { start: false, stop: false, recycle: false },
		}),
	);
	return { service: 'S', deploymentId: 'd', status, instances };
}

async function now(answer: Promise<string | undefined>): Promise<string | undefined> {
	return Promise.race([answer, new Promise<string>(resolve => setImmediate(() => resolve('waiting')))]);
}
