import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { whoHoldsAzuritesPorts } from '../../src/node/azurite';
import { npmPackage } from './npmPackage';
import { isState, type WatchedService, watchService } from './watchedService';

const sample = path.resolve(__dirname, '../../samples/Languages');

suite('The storage emulator', () => {
	let run: WatchedService | undefined;
	let stateFolder: string;

	suiteSetup(async function () {
		this.timeout(320_000);
		const holder = await whoHoldsAzuritesPorts();
		if (holder !== 'none') {
			console.log('      Left out: the ports 10000 to 10002 are in use; end the program that holds them.');
			this.skip();
		}
		stateFolder = mkdtempSync(path.join(tmpdir(), 'rolewright-storage-'));
	});
	suiteTeardown(() => stateFolder && rmSync(stateFolder, { recursive: true, force: true }));
	teardown(() => run?.stop());

	async function start(azurite?: string): Promise<WatchedService> {
		run = await watchService({ path: sample, roles: ['Counter'], stateFolder, ...(azurite && { azurite }) });
		return run;
	}

	/** What the role says of its starts, from an entry on. */
	async function starts({ line }: WatchedService, after = 0): Promise<string[]> {
		const said = [
			await line('Counter_IN_0', /says the local disk$/, after),
			await line('Counter_IN_0', /says Table storage$/, after),
		];
		return said.map(entry => (entry.event === 'output' ? entry.text : ''));
	}

	test('a counter in Table storage outlives a reimage and a restart of the service, one on the local disk does not', async function () {
		this.timeout(320_000);
		const azurite = path.join(await npmPackage('azurite', '3.33.0'), '.bin', 'azurite');
		const first = await start(azurite);
		assert.deepEqual(await starts(first), ['Start 1, says the local disk', 'Start 1, says Table storage']);
		assert.equal(await whoHoldsAzuritesPorts(), 'azurite');
		const { n } = await first.until(isState('Counter_IN_0', 'ReadyRole'));
		first.service.submit({ command: 'reimage', instance: 'Counter_IN_0' }, 'stdin');
		assert.deepEqual(await starts(first, n + 4), ['Start 1, says the local disk', 'Start 2, says Table storage']);
		await first.service.stop();
		assert.equal(await whoHoldsAzuritesPorts(), 'none');
		const second = await start(azurite);
		assert.equal((await starts(second))[1], 'Start 3, says Table storage');
	});

	test('where there is none, the role runs without it and it is said what to install', async () => {
		const { PATH } = process.env;
		process.env.PATH = path.dirname(process.execPath);
		try {
			const { until } = await start();
			const error = await until(entry => entry.event === 'error');
			assert.deepEqual(error.event === 'error' && [error.text, error.offer], [
				"There is no storage emulator for the setting 'Storage' of the role 'Counter': install Azurite (npm install -g azurite), or name its command line as 'azurite' in rolewright.json.",
				{ kind: 'installAzurite' },
			]);
			await until(isState('Counter_IN_0', 'ReadyRole'));
		} finally {
			process.env.PATH = PATH;
		}
	});

	test('one that ends while the service runs is told of', async () => {
		const file = path.join(stateFolder, 'ends.js');
		const server = `require('http').createServer((q, r) => { r.end(); if (q.url === '/end') process.exit(7); })`;
		writeFileSync(file, `for (const port of [10000, 10001, 10002]) ${server}.listen(port, '127.0.0.1');`);
		const { until } = await start(`node '${file}'`);
		await until(isState('Counter_IN_0', 'ReadyRole'));
		await fetch('http://127.0.0.1:10000/end').catch(() => {});
		const error = await until(entry => entry.event === 'error' && entry.text.startsWith('The storage emulator'));
		assert.equal(
			error.event === 'error' && error.text,
			'The storage emulator ended with code 7, and nobody has asked it to: roles that use it fail from now on. Stop the service and start it again.',
		);
	});

	test('one that does not start is named, and the role runs', async () => {
		const { until } = await start('echo no room; exit 3; #');
		const error = await until(entry => entry.event === 'error');
		assert.equal(
			error.event === 'error' && error.text,
			'The storage emulator (echo no room; exit 3; #) did not start: no room',
		);
		await until(isState('Counter_IN_0', 'ReadyRole'));
		assert.ok(existsSync(sample));
	});
});
