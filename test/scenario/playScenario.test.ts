import assert from 'node:assert/strict';
import { Failure } from '../../src/base/failure';
import { playScenario } from '../../src/scenario/playScenario';
import { rolePlan } from '../support/fakeService';
import type { RoleBehaviour } from '../support/fakeWorld';
import { fakeStage, misses } from './fakeStage';
import { scenarioOf } from './scenarios';

const ready = '{ "wait": "all", "state": "ReadyRole" }';

suite('Playing a scenario', () => {
	const plays: readonly (readonly [what: string, steps: string, more: string, ...failures: string[]])[] = [
		['nothing to do', '', '"exit": 0'],
		['waits and states', `${ready}, { "expect": { "states": { "Worker": "Ready" } } }`, '"build": "auto"'],
		[
			'a recycle in order',
			`${ready}, { "recycle": "Worker_IN_0", "expect": { "events": [
				{ "event": "call", "call": "OnStop", "phase": "end" },
				{ "event": "call", "call": "OnStart", "phase": "end", "result": true },
				{ "event": "state", "state": "ReadyRole" } ] } }`,
			'"expect": { "states": { "all": "Ready" } }',
		],
		[
			'a crash, which calls nothing',
			`${ready}, { "crash": "Worker_IN_0", "expect": { "events": [{ "event": "restart" }, { "event": "state", "state": "ReadyRole" }], "never": [{ "event": "call", "call": "OnStop" }] } }`,
			'"build": "auto"',
		],
		[
			'an expectation that does not come',
			`${ready}, { "crash": "Worker_IN_0", "expect": { "events": [{ "event": "call", "call": "OnStop" }], "within": "5s" } }, { "sleep": "1h" }`,
			'"build": "auto"',
			'crash Worker_IN_0: { "event": "call", "call": "OnStop" }, instead nothing of the sort came',
		],
		[
			'something that may never come, and comes later',
			`${ready}, { "crash": "Worker_IN_0" }, ${ready}, { "crash": "Worker_IN_0" }, { "expect": { "never": [{ "event": "call", "call": "OnStart" }], "within": "1m" } }`,
			'"build": "auto"',
			'check: nothing like { "event": "call", "call": "OnStart" }, instead it came: 10:00:01.000 Worker_IN_0 OnStart begins',
		],
		[
			'a state that is not reached in time',
			`${ready}, { "stop": "Worker_IN_0" }, { "wait": "Worker", "state": "Ready", "within": "30s" }`,
			'"build": "auto"',
			'wait Worker Ready 30s: Worker is Ready, instead Worker_IN_0 is StoppedVM (Stopped)',
		],
		[
			'a command that is refused',
			`${ready}, { "recycle": "Worker_IN_7" }`,
			'"build": "auto"',
			"recycle Worker_IN_7: the step can be carried out, instead 10:00:00.000 - There is no instance 'Worker_IN_7'; the instances are Worker_IN_0.",
		],
		[
			'a refusal that is expected',
			`${ready}, { "recycle": "Worker_IN_7", "expect": { "events": [{ "event": "error", "text": { "contains": "no instance" } }] } }`,
			'"build": "auto"',
		],
		[
			'instances that come and go',
			`${ready}, { "scale": "Worker", "count": 2, "expect": { "states": { "Worker_IN_1": "Ready" } } }, ${ready},
			{ "scale": "Worker", "count": 1, "expect": { "events": [{ "event": "call", "instance": "Worker_IN_1", "call": "OnStop", "phase": "end" }] } }, ${ready}`,
			'"expect": { "never": [{ "event": "call", "instance": "Worker_IN_0", "call": "OnStop" }], "within": "1s" }',
		],
		[
			'time that passes',
			`${ready}, { "crash": "Worker_IN_0" }, { "sleep": "10m" }, { "recycle": "Worker_IN_0", "expect": { "events": [{ "event": "call", "call": "OnStop", "within": "1s" }] } }`,
			'"expect": { "events": [{ "event": "restart" }, { "event": "command", "command": "recycle Worker_IN_0", "within": "9m" }], "within": "0s" }',
			'at the end: { "event": "command", "command": "recycle Worker_IN_0", "within": "9m" } after 10:00:00.000 Worker_IN_0 restarts now: command (crash Worker_IN_0 (scenario)), so the host process ended (ended by signal SIGKILL), instead it came 10 min later, which is too late',
		],
		[
			'the orderly stop',
			`${ready}, { "quit": true, "expect": { "events": [{ "event": "call", "call": "OnStop", "phase": "end" }] } }`,
			'"exit": 0',
		],
		[
			'a file that is written and read',
			`{ "write": "Worker_IN_0", "resource": "Store", "file": "a", "text": "42", "expect": { "files": [{ "instance": "Worker_IN_0", "resource": "Store", "file": "a", "matches": "^42$" }] } }`,
			'"build": "auto"',
		],
		[
			'a file that cannot be written',
			`{ "write": "Worker_IN_0", "resource": "Missing", "file": "a", "text": "42" }`,
			'"build": "auto"',
			'write Worker_IN_0 Missing a: the step can be carried out, instead There is no such resource.',
		],
	];
	for (const [what, steps, more, ...failures] of plays) {
		test(what, async () => {
			const stage = fakeStage();
			const played = await stage.play(scenarioOf(steps, more));
			assert.deepEqual(misses(played), failures);
			assert.equal(played.outcome, failures.length > 0 ? 'failed' : 'passed');
			assert.equal(stage.deployment.snapshot.status, 'Stopped');
			assert.deepEqual(stage.world.violations, []);
		});
	}

	const exits: readonly (readonly [behaviour: RoleBehaviour, exit: 0 | 1, ...failures: string[]])[] = [
		[{}, 0],
		[{}, 1, 'at the end: the exit code 1, instead it is 0'],
		[{ onStart: 'false' }, 1],
		[
			{ onStart: 'false' },
			0,
			'at the end: the exit code 0, instead it is 1: an instance failed to start and never got ready',
		],
	];
	for (const [behaviour, exit, ...failures] of exits) {
		test(`the exit code ${exit} of a role whose OnStart returns ${behaviour.onStart ?? 'true'}`, async () => {
			const stage = fakeStage([rolePlan()], { '*': behaviour });
			const played = await stage.play(scenarioOf('{ "sleep": "10s" }', `"exit": ${exit}`));
			assert.deepEqual(misses(played), failures);
		});
	}

	test('all are ready only when no change is under way any more', async () => {
		const stage = fakeStage([rolePlan()], { '*': { changing: 'hangs' } });
		const set = '{ "set": "Worker", "setting": "Greeting", "value": "Moin" }';
		const wait = '{ "wait": "all", "state": "Ready", "within": "5s" }';
		const played = await stage.play(scenarioOf(`${ready}, ${set}, ${wait}`, '"onStopLimit": "1s"'));
		assert.deepEqual(misses(played), [
			'wait all Ready 5s: all is ReadyRole and no change is under way, instead the deployment is RunningTransitioning',
		]);
	});

	const endless = [
		'{ "wait": "all", "state": "Stopped", "within": "1h" }',
		'{ "sleep": "1h" }',
		'{ "expect": { "output": ["never"] } }',
	];
	for (const step of endless) {
		test(`the service is stopped in good order when the play is ended in ${step}`, async () => {
			const stage = fakeStage();
			stage.world.clock.after(5_000, stage.end);
			const played = await stage.play(scenarioOf(`${ready}, ${step}, { "crash": "Worker_IN_0" }`));
			assert.deepEqual([played.outcome, played.failures], ['ended', []]);
			assert.deepEqual(stage.world.aliveProcesses, []);
			assert.ok(played.entries.some(entry => entry.event === 'call' && entry.call === 'OnStop'));
			assert.deepEqual(
				played.entries.filter(entry => entry.event === 'command'),
				[],
			);
			assert.equal(stage.world.clock.pending, 0);
		});
	}

	test('a service that cannot be started is said at the name of it', async () => {
		const start = async () => {
			throw new Failure("There is no file or folder 'x'.");
		};
		const scenario = scenarioOf('');
		const played = await playScenario(scenario, { start, ended: new AbortController().signal });
		assert.equal(played.outcome, 'broken');
		assert.deepEqual(misses(played), ["at the end: the service runs, instead There is no file or folder 'x'."]);
		assert.equal(played.failures[0]?.span.start, scenario.service.start);
	});
});
