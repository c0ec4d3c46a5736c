import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { readScenario } from '../../src/scenario/readScenario';
import { bundleCommandLine, call, leavesNothing } from './commandLine';
import { type WrittenService, writeService } from './runFixture';

const samples = path.resolve(__dirname, '../../samples');

suite('rolewright test with real processes', () => {
	let product: Awaited<ReturnType<typeof bundleCommandLine>>;
	let service: WrittenService;
	let saved: string;
	suiteSetup(async () => {
		product = await bundleCommandLine();
	});
	suiteTeardown(() => product.remove());
	setup(() => {
		service = writeService();
		saved = mkdtempSync(path.join(tmpdir(), 'rolewright-saved-'));
	});
	teardown(() => {
		service.remove();
		rmSync(saved, { recursive: true, force: true });
	});

	function scenario(file: string, steps: string, more = '"build": "auto"'): void {
		service.write(file, `{ "name": "${file}", "service": ".", ${more}, "steps": [${steps}] }`);
	}

	const ready = '{ "wait": "all", "state": "ReadyRole" }';

	test('every sample passes', async () => {
		const run = call(product.cli, ['test', '--format', 'json', '--save', saved, samples]);
		assert.equal(await run.ended, 0, run.output.stdout + run.output.stderr);
		const { passed, scenarios } = JSON.parse(run.output.stdout);
		assert.ok(passed >= 6 && passed === scenarios.length, run.output.stdout);
		assert.deepEqual(readdirSync(saved), []);
	});

	test('what fails is said with its place and the journal around it, and nothing is left behind', async () => {
		scenario(
			'a.lifecycle.json',
			`${ready}, { "crash": "Worker_IN_0", "expect": { "never": [{ "event": "restart" }], "within": "5s" } }`,
		);
		scenario(
			'b.lifecycle.json',
			`${ready}, { "set": "Worker", "setting": "Greeting", "value": "Moin", "expect": { "output": ["greeting Moin"] } }`,
		);
		const run = call(product.cli, ['test', '--save', saved, service.folder]);
		assert.equal(await run.ended, 1);
		assert.match(
			run.output.stdout,
			/^✗ a\.lifecycle\.json {2}[\d.]+ s\n {4}.*a\.lifecycle\.json:1:\d+\n {6}step: crash Worker_IN_0\n {6}expected: nothing like \{ "event": "restart" \}\n {6}instead: it came: [\d:.]+ Worker_IN_0 restarts now: .*\n {6}journal:\n(?: {8}.*\n)+✓ b\.lifecycle\.json {2}[\d.]+ s\n2 scenarios: 1 passed, 1 failed\.\n$/,
		);
		assert.deepEqual(readdirSync(saved), ['a.journal.jsonl']);
		leavesNothing(journal('a'));
	});

	test('where a journal cannot be kept, the results are told all the same', async () => {
		scenario('b.lifecycle.json', `${ready}, { "expect": { "output": ["never"], "within": "1s" } }`);
		const file = path.join(service.folder, 'b.lifecycle.json');
		const run = call(product.cli, ['test', '--save', file, service.folder]);
		assert.equal(await run.ended, 1);
		assert.match(run.output.stdout, /^✗ b\.lifecycle\.json(?:.*\n)+1 scenario: 0 passed, 1 failed\.\n$/);
		assert.match(run.output.stderr, /^The journal of 'b\.lifecycle\.json' cannot be kept in '.*' \(EEXIST.*--save\.$/m);
	});

	test('a service that cannot be run is an error of the scenario, in every format', async () => {
		service.write('Worker/worker.js', '');
		service.write('ServiceConfiguration.Local.cscfg', '<ServiceConfiguration');
		scenario('a.lifecycle.json', ready);
		const run = call(product.cli, ['test', '--format', 'junit', service.folder]);
		assert.equal(await run.ended, 1);
		assert.equal(XMLValidator.validate(run.output.stdout), true);
		assert.match(
			run.output.stdout,
			/errors="1".*\n.*<error type="broken" message="expected (?:the service runs|a scenario that can be played), instead /,
		);
	});

	test('fabric time runs faster where the scenario says so', async () => {
		const began = Date.now();
		scenario(
			'a.lifecycle.json',
			`${ready}, { "sleep": "10m" }, { "recycle": "Worker_IN_0", "expect": { "events": [{ "event": "command", "within": "5s" }, { "event": "state", "state": "ReadyRole" }] } }`,
			'"timeFactor": 600',
		);
		const run = call(product.cli, ['test', service.folder]);
		assert.equal(await run.ended, 0, run.output.stdout + run.output.stderr);
		assert.ok(Date.now() - began < 60_000);
	});

	test('a night that fails is kept as a scenario that plays the same events and fails in the same way', async () => {
		const chaos = '{ "chaos": { "seed": 3, "for": "20s", "rate": "12/min", "events": { "recycle": 1, "crash": 1 } } }';
		const more = '"timeFactor": 10, "expect": { "never": [{ "event": "restart" }], "within": "1s" }';
		scenario('storm.lifecycle.json', `${ready}, ${chaos}`, more);
		const run = call(product.cli, ['test', '--save', saved, service.folder]);
		assert.equal(await run.ended, 1, run.output.stdout + run.output.stderr);
		assert.deepEqual(readdirSync(saved).sort(), ['storm.journal.jsonl', 'storm.night.lifecycle.json']);
		const night = readScenario(readFileSync(path.join(saved, 'storm.night.lifecycle.json'), 'utf8'));
		assert.deepEqual(night.problems, []);
		const asked = journal('storm').flatMap(entry => (entry.event === 'command' ? [entry.command] : []));
		const steps = night.scenario?.steps.flatMap(({ action, text }) => ('instance' in action ? [text] : []));
		assert.ok(asked.length > 0);
		assert.deepEqual(steps, asked);
		const again = call(product.cli, ['test', saved]);
		assert.equal(await again.ended, 1, again.output.stdout + again.output.stderr);
		assert.match(again.output.stdout, /expected: nothing like \{ "event": "restart" \}/);
	});

	test('Ctrl+C stops the service in good order and leaves out the rest', async () => {
		const role = await callingRole();
		service.write('Worker/worker.js', role.code);
		scenario('a.lifecycle.json', `${ready}, { "sleep": "1h" }`);
		scenario('b.lifecycle.json', ready);
		const run = call(product.cli, ['test', service.folder]);
		await role.isRunning;
		run.signal('SIGINT');
		assert.equal(await run.ended, 130, run.output.stdout + run.output.stderr);
		assert.equal(run.output.stdout, '- a.lifecycle.json\n- b.lifecycle.json\n2 scenarios: 0 passed, 2 skipped.\n');
		assert.match(run.output.stderr, /Stopping; Ctrl\+C again ends everything at once\./);
		assert.equal(await role.lastWords, 'goodbye');
	});

	function journal(name: string) {
		return readFileSync(path.join(saved, `${name}.journal.jsonl`), 'utf8')
			.trim()
			.split('\n')
			.map(line => JSON.parse(line));
	}
});

/** A role that calls the test when it runs, and again from its OnStop; the connection lasts as long as its process. */
async function callingRole() {
	const server = createServer();
	const connected = new Promise<Socket>(resolve => server.once('connection', resolve));
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' ? address?.port : undefined;
	const code = `let stopping, socket;
exports.onStart = () => new Promise(resolve => { socket = require('node:net').connect(${port}, '127.0.0.1', () => resolve(true)); });
exports.run = () => new Promise(resolve => { stopping = resolve; });
exports.onStop = () => new Promise(resolve => socket.end('goodbye', resolve)).then(() => stopping());
`;
	const lastWords = connected.then(async socket => {
		let text = '';
		for await (const part of socket.setEncoding('utf8')) {
			text += part;
		}
		server.close();
		return text;
	});
	return { code, isRunning: connected, lastWords };
}
