import assert from 'node:assert/strict';
import { LineMap } from '../../src/base/lines';
import { readScenario } from '../../src/scenario/readScenario';
import { scenarioText } from './scenarios';

suite('Reading a scenario', () => {
	test('what is left out has its default, and every time is in milliseconds', () => {
		const { scenario, problems } = readScenario('{ "name": "Nothing", "service": "..", "steps": [] }');
		assert.deepEqual(problems, []);
		assert.deepEqual(scenario, {
			name: 'Nothing',
			service: { start: 32, end: 36, text: '..' },
			configuration: undefined,
			roles: undefined,
			counts: [],
			build: 'auto',
			timeFactor: 1,
			onStopLimit: 300_000,
			steps: [],
			expect: [],
			exit: undefined,
		});
	});

	const steps: readonly (readonly [step: string, text: string, action: object])[] = [
		['{ "recycle": "A_IN_0" }', 'recycle A_IN_0', { command: 'recycle', instance: 'A_IN_0' }],
		['{ "suspend": true }', 'suspend', { command: 'suspend' }],
		['{ "scale": "A", "count": 3 }', 'scale A 3', { command: 'scale', role: 'A', count: 3 }],
		[
			'{ "set": "A", "setting": "S", "value": " two  words " }',
			'set A S " two  words "',
			{ command: 'set', role: 'A', setting: 'S', value: ' two  words ' },
		],
		[
			'{ "set": "A", "setting": "S", "value": "" }',
			'set A S ""',
			{ command: 'set', role: 'A', setting: 'S', value: '' },
		],
		[
			'{ "configure": "../my files/a.cscfg" }',
			'configure "../my files/a.cscfg"',
			{ command: 'configure', file: '../my files/a.cscfg' },
		],
		[
			'{ "wait": "all", "state": "Ready", "within": "90s" }',
			'wait all Ready 90s',
			{ command: 'wait', target: 'all', state: 'Ready', states: ['ReadyRole'], limit: 90_000 },
		],
		['{ "sleep": "1.5m" }', 'sleep 1.5m', { command: 'sleep', milliseconds: 90_000 }],
		[
			'{ "write": "A_IN_0", "resource": "R", "file": "a/b.txt", "text": "" }',
			'write A_IN_0 R a/b.txt',
			{ command: 'write', instance: 'A_IN_0', resource: 'R', file: 'a/b.txt', text: '' },
		],
		['{ "expect": { "states": { "all": "Ready" } } }', 'check', { command: 'check' }],
		[
			'{ "chaos": { "seed": 7, "for": "2m", "rate": "6/min", "events": { "crash": 2 }, "within": "30s" } }',
			'chaos with seed 7',
			{
				command: 'chaos',
				chaos: {
					...{ seed: 7, length: 120_000, rate: 0.0001, events: [{ event: 'crash', weight: 2 }] },
					...{ roles: undefined, within: 30_000 },
				},
			},
		],
	];
	for (const [step, text, action] of steps) {
		test(`reads ${step}`, () => {
			const { scenario, problems } = readScenario(scenarioText(step));
			assert.deepEqual(problems, []);
			assert.deepEqual([scenario?.steps[0]?.text, scenario?.steps[0]?.action], [text, action]);
		});
	}

	test('a wait without a limit has a minute of wall time, whatever the time factor', () => {
		const { scenario } = readScenario(scenarioText('{ "wait": "all", "state": "Ready" }', '"timeFactor": 60'));
		assert.deepEqual(
			scenario?.steps.map(({ action }) => action.command === 'wait' && action.limit),
			[3_600_000],
		);
	});

	const wrong: readonly (readonly [text: string, ...problems: string[]])[] = [
		['[]', '1:1 A scenario is an object in braces.'],
		['{ "name": "x" }', '1:1 A scenario needs "service".', '1:1 A scenario needs "steps".'],
		[
			'{ "name": "x", "service": 1, "steps": {}, "wrong": 1 }',
			'1:27 "service" is a text.',
			'1:39 "steps" is a list in square brackets.',
			'1:43 A scenario has no property "wrong"; its properties are $schema, name, service, configuration, roles, counts, build, timeFactor, onStopLimit, steps, expect, exit.',
		],
		[scenarioText('', '"name": "again"'), '3:1 "name" is written twice: leave one out.'],
		[scenarioText('', '"timeFactor": 0'), '3:15 "timeFactor" is a number from 0.01 to 10000.'],
		[scenarioText('', '"exit": 2'), '3:9 "exit" is one of 0, 1.'],
		[
			scenarioText('', '"onStopLimit": "5 minutes"'),
			'3:16 "onStopLimit" is a time, for example "500ms", "30s" or "5m".',
		],
		[scenarioText('', '"counts": { "A": -1 }'), '3:18 The count of "A" is a whole number from 0 to 1000.'],
		[scenarioText('7'), '4:1 A step is an object in braces.'],
		[scenarioText('{}'), '4:1 Say what is to be done, for example { "recycle": "Worker_IN_0" }.'],
		[
			scenarioText('{ "suspend": "A" }'),
			'4:1 This step cannot be read as "suspend A". Write this command as "suspend [staging]".',
		],
		[
			scenarioText('{ "recycle": "A_IN_0", "crash": "A_IN_0" }'),
			'4:1 A step does one thing: write "recycle" and "crash" as two steps.',
		],
		[scenarioText('{ "set": "A", "value": "x" }'), '4:1 A step "set" needs "setting".'],
		[
			scenarioText('{ "recycle": "A_IN_0", "within": "5s" }'),
			'4:24 A step "recycle" has no property "within"; its properties are recycle, expect.',
		],
		[
			scenarioText('{ "sleep": "long" }'),
			'4:1 This step cannot be read as "sleep long". Write this command as "sleep TIME", for example sleep 2s.',
		],
		[
			scenarioText('{ "recycle": "two words" }'),
			'4:1 This step cannot be read as "recycle "two words"". Write this command as "recycle INSTANCE".',
		],
		[
			scenarioText('{ "write": "A_IN_0", "resource": "R", "file": "../x", "text": "" }'),
			'4:47 "../x" has to be a path inside the local resource, such as "visitors.txt".',
		],
		[scenarioText('{ "chaos": { "seed": 1, "for": "1m" } }'), '4:12 "chaos" needs "rate".'],
		[
			scenarioText('{ "chaos": { "seed": 1, "for": "1m", "rate": "often", "events": { "crahs": 1 } } }'),
			'4:46 "rate" is a number of events in a time, for example "6/min", "1/s" or "20/h".',
			'4:67 Chance cannot choose "crahs": "crash" may be meant.',
		],
		[
			scenarioText('{ "expect": { "events": [{ "call": "OnStop" }] } }'),
			'4:26 Say which "event" is meant: one of state, step, process, call, output, command, restart, disk, endpoint, rotation, configuration, debugger, status, error, note.',
		],
		[
			scenarioText('{ "expect": { "events": [{ "event": "restart", "call": "OnStop" }] } }'),
			'4:48 An entry "restart" has no property "call"; its properties are event, instance, slot, deploymentId, cause, delay, within.',
		],
		[
			scenarioText('{ "expect": { "never": [{ "event": "error" }] } }'),
			'4:13 Say how long nothing of this may come: add "within".',
		],
		[
			scenarioText('{ "expect": { "output": [{ "stream": "stdout" }] } }'),
			'4:26 Say what the line contains with "text", or "matches" for a regular expression.',
		],
		[
			scenarioText('{ "expect": { "output": [{ "matches": "(" }] } }'),
			'4:39 This is no regular expression: /(/u: Unterminated group.',
		],
		[
			scenarioText('{ "expect": { "files": [{ "instance": "A_IN_0", "file": "x" }] } }'),
			'4:25 Name the "instance", the local "resource" and the "file" in it.',
		],
		[
			scenarioText('{ "expect": { "files": [{ "instance": "A_IN_0", "resource": "R", "file": "C:\\\\x" }] } }'),
			'4:74 "C:\\x" has to be a path inside the local resource, such as "visitors.txt".',
		],
	];
	for (const [text, ...sentences] of wrong) {
		test(`says ${sentences[0]}`, () => {
			const { scenario, problems } = readScenario(text);
			const lines = new LineMap(text);
			const said = problems.map(({ span, message }) => {
				const { line, column } = lines.placeAt(span.start);
				return `${line}:${column} ${message}`;
			});
			assert.deepEqual(said, sentences);
			assert.equal(scenario, undefined);
		});
	}

	test('a state or a step that is nearly right is named', () => {
		const { problems } = readScenario(scenarioText('{ "recyle": "A_IN_0" }, { "wait": "all", "state": "Redy" }'));
		assert.match(
			problems[0]?.message ?? '',
			/^There is no step "recyle": "recycle" may be meant\. The steps are wait, /,
		);
		assert.match(problems[1]?.message ?? '', /There is no state 'Redy'; the states are Ready, /);
	});

	test('every prefix of a scenario is read', () => {
		const text = scenarioText('{ "recycle": "A_IN_0", "expect": { "events": [{ "event": "call" }] } }');
		for (let end = 0; end < text.length - 1; end++) {
			assert.ok(readScenario(text.slice(0, end)).problems.length > 0, text.slice(0, end));
		}
	});
});
