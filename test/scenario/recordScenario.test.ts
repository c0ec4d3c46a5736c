import assert from 'node:assert/strict';
import { parseCommand } from '../../src/lifecycle/parseCommand';
import { readScenario } from '../../src/scenario/readScenario';
import { recordScenario } from '../../src/scenario/recordScenario';
import { rolePlan, startService } from '../support/fakeService';
import { fakeStage, misses } from './fakeStage';

const roles = [rolePlan({ count: 2, settings: { Greeting: 'hello', Password: 'secret1' } })];

/** What is recorded of a run in which these commands are given, one every ten minutes. */
async function record(...lines: readonly string[]): Promise<string> {
	const { deployment, world } = await startService(roles);
	await world.pass(600_000);
	for (const line of lines) {
		const command = parseCommand(line);
		assert.ok(!('error' in command), line);
		deployment.submit(command, 'stdin');
		await world.pass(600_000);
	}
	return recordScenario(deployment.journal.entries, { name: 'Recorded', service: '..', configuration: 'Local' });
}

suite('Save as Scenario', () => {
	test('the start and each command become steps with what came of them', async () => {
		assert.equal(
			await record('crash Worker_IN_1'),
			`{
	"name": "Recorded",
	"service": "..",
	"configuration": "Local",
	"steps": [
		{ "expect": [
			{ "events": [
				{"event":"call","instance":"Worker_IN_0","call":"OnStart","phase":"end","result":true},
				{"event":"state","instance":"Worker_IN_0","state":"ReadyRole"}
			] },
			{ "events": [
				{"event":"call","instance":"Worker_IN_1","call":"OnStart","phase":"end","result":true},
				{"event":"state","instance":"Worker_IN_1","state":"ReadyRole"}
			] },
		] },
		{ "wait": "all", "state": "ReadyRole" },
		{ "crash": "Worker_IN_1", "expect": [
			{ "events": [
				{"event":"restart","instance":"Worker_IN_1"},
				{"event":"call","instance":"Worker_IN_1","call":"OnStart","phase":"end","result":true},
				{"event":"state","instance":"Worker_IN_1","state":"ReadyRole"}
			] },
		] },
		{ "wait": "all", "state": "ReadyRole" },
	],
}
`,
		);
	});

	const runs: readonly (readonly string[])[] = [
		[],
		['recycle Worker_IN_0', 'crash Worker_IN_1', 'status', 'crash Worker_IN_1'],
		['set Worker Greeting "  two\\nlines "', 'scale Worker 3', 'scale Worker 1'],
		['stop Worker_IN_0', 'start Worker_IN_0', 'suspend', 'resume'],
		['recycle Worker_IN_0', 'quit'],
	];
	for (const lines of runs) {
		test(`what is recorded of ${lines.join(', ') || 'a mere start'} passes when it is played`, async () => {
			const text = await record(...lines);
			const { scenario, problems } = readScenario(text);
			assert.deepEqual(problems, [], text);
			const played = scenario && (await fakeStage(roles).play(scenario));
			assert.deepEqual(played && misses(played), [], text);
			const said = played?.entries.flatMap(entry => (entry.event === 'command' ? [entry.command] : []));
			assert.deepEqual(
				said,
				lines.filter(line => line !== 'status'),
			);
		});
	}

	test('what is recorded fails where the run was another one', async () => {
		const { scenario } = readScenario(await record('recycle Worker_IN_0'));
		const stage = fakeStage(roles, { 'Worker_IN_0#2': { onStart: 'hangs' } });
		const played = scenario && (await stage.play(scenario));
		assert.equal(played?.outcome, 'failed');
	});

	test('a person who does not wait is waited for as long', async () => {
		const { deployment, world } = await startService(roles, { '*#2': { onStart: 'hangs' } });
		deployment.submit({ command: 'crash', instance: 'Worker_IN_0' }, 'editor');
		await world.pass(90_000);
		deployment.submit({ command: 'crash', instance: 'Worker_IN_1' }, 'editor');
		await world.pass(1_000);
		const text = recordScenario(deployment.journal.entries, { name: 'Recorded', service: '..' });
		assert.deepEqual(
			[...text.matchAll(/^\t\t\{ "(\w+)": "([^"]*)"/gm)].map(([, word, first]) => `${word} ${first}`),
			['wait all', 'crash Worker_IN_0', 'sleep 90000ms', 'crash Worker_IN_1'],
		);
	});

	test('an instance that is gone is not waited for, and one that stands still is waited for as it is', async () => {
		const steps = (await record('scale Worker 1', 'stop Worker_IN_0')).matchAll(
			/^\t\t\{ "(?:wait|sleep|expect)": .*\},$/gm,
		);
		assert.deepEqual(
			[...steps].map(([line]) => line.trim()),
			[
				'{ "wait": "all", "state": "ReadyRole" },',
				'{ "wait": "all", "state": "ReadyRole" },',
				'{ "expect": { "states": {"Worker_IN_0":"StoppedVM"} } },',
			],
		);
	});

	test('expectations that are given take the place of what happened', async () => {
		const { deployment, world } = await startService(roles);
		deployment.submit({ command: 'crash', instance: 'Worker_IN_0' }, 'scenario');
		await world.pass(1_000);
		const expect = ['{ "never": [{ "event": "restart" }], "within": "1s" }'];
		const { scenario, problems } = readScenario(
			recordScenario(deployment.journal.entries, { name: 'Night', service: '.', expect }),
		);
		assert.deepEqual(problems, []);
		assert.deepEqual(
			scenario?.steps.map(({ text, expect }) => [text, expect.length]),
			[
				['wait all ReadyRole', 0],
				['crash Worker_IN_0', 0],
				['wait all ReadyRole', 0],
				['wait all ReadyRole', 0],
			],
		);
		const played = scenario && (await fakeStage(roles).play(scenario));
		assert.match(
			(played && misses(played))?.join() ?? '',
			/^at the end: nothing like \{ "event": "restart" \}, instead /,
		);
	});

	test('a hidden value is named, so that it can be written', async () => {
		const text = await record('set Worker Password hunter22');
		assert.match(
			text,
			/\/\/ A secret is not in the journal: write its value\.\n\t\t\{ "set": "Worker", "setting": "Password", "value": "•••"/,
		);
		assert.doesNotMatch(text, /hunter22/);
	});
});
