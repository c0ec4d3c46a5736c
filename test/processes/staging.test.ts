import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';
import { bundleCommandLine, call, leavesNothing } from './commandLine';
import { type WrittenService, writeService } from './runFixture';

/** A deployment in staging beside production, and the swap of their public addresses, with real processes and real ports. */

const role = `<Runtime><EntryPoint><ProgramEntryPoint commandLine="node worker.js" setReadyOnProcessStart="true" /></EntryPoint></Runtime>
    <ConfigurationSettings><Setting name="Greeting" /></ConfigurationSettings>
    <Endpoints><InputEndpoint name="Site" protocol="http" port="28080" /></Endpoints>`;

const worker = (version: string) => `const http = require('node:http');
let server;
exports.onStart = role => new Promise(resolve => {
	const { address, port } = role.instance.endpoints.Site;
	server = http.createServer((_, answer) => answer.end('${version} ' + role.deploymentId)).listen(port, address, () => resolve(true));
});
exports.run = () => new Promise(resolve => server.once('close', resolve));
exports.onStop = () => server.close();
`;

suite('Production and staging', () => {
	let product: Awaited<ReturnType<typeof bundleCommandLine>>;
	let service: WrittenService;
	let state: string;

	suiteSetup(async () => {
		product = await bundleCommandLine();
		service = writeService({ worker: worker('one'), role });
		state = mkdtempSync(path.join(tmpdir(), 'rolewright-state-'));
	});
	suiteTeardown(() => {
		product.remove();
		service.remove();
		rmSync(state, { recursive: true, force: true });
	});

	test('what is built now starts beside what runs; a swap exchanges the addresses, and no process is restarted', async () => {
		const running = call(product.cli, ['run', service.folder, '--state', state, '--format', 'jsonl']);
		const isReady = (slot?: 'staging') => (entry: JournalEntry) =>
			entry.event === 'state' && entry.state === 'ReadyRole' && entry.slot === slot;
		await running.entry(isReady());
		service.write('Worker/worker.js', worker('two'));
		running.write('stage');
		running.write('wait staging:all Ready');
		await running.entry(isReady('staging'));
		const fronts = running.entries.filter(entry => entry.event === 'endpoint' && entry.balanced);
		const [production, staging] = fronts.map(entry => (entry.event === 'endpoint' ? entry.port : 0));
		assert.deepEqual([await answer(production), await answer(staging)], ['one', 'two']);

		running.write('swap');
		await running.entry(entry => entry.event === 'note' && /is now in staging/.test(entry.text));
		assert.deepEqual([await answer(production), await answer(staging)], ['two', 'one']);
		assert.equal(running.entries.filter(entry => entry.event === 'process' && entry.phase === 'started').length, 2);

		running.write('recycle staging:Worker_IN_0');
		await running.entry(
			entry => entry.event === 'restart' && entry.slot === 'staging' && entry.deploymentId === undefined,
		);
		running.write('wait staging:all Ready');
		running.write('unstage');
		await running.entry(entry => entry.event === 'note' && /is removed from staging/.test(entry.text));
		assert.equal(await answer(production), 'two');
		running.write('quit');
		assert.equal(await running.ended, 0, running.output.stderr);
		leavesNothing(running.entries);
	});

	test('the whole journal is on disk when it has ended', () => {
		const [folder = ''] = readdirSync(state)
			.map(name => path.join(state, name))
			.filter(each => existsSync(path.join(each, 'journal.jsonl')));
		const lines = readFileSync(path.join(folder, 'journal.jsonl'), 'utf8').trimEnd().split('\n');
		const entries = lines.map((line): JournalEntry => JSON.parse(line));
		assert.deepEqual(
			entries.map(({ n }) => n),
			entries.map((_, index) => index + 1),
		);
		assert.ok(entries.some(entry => entry.event === 'command' && entry.command === 'swap'));
	});
});

async function answer(port: number | undefined): Promise<string> {
	const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
	return ((await response.text()).split(' ')[0] ?? '').trim();
}
