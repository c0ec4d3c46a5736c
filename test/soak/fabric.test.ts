import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { when } from '../../src/lifecycle/waiting';
import { type RunningService, startService } from '../../src/runner/startService';
import { bundleRoleHost } from '../processes/roleHostBundle';
import { program, type WrittenService, writeService } from '../processes/runFixture';

/** What takes a real machine some minutes: a flood of output, and many real instances at once. */

suite('Real roles, many and loud', () => {
	let dist: Awaited<ReturnType<typeof bundleRoleHost>>;
	let state: string;
	let service: WrittenService;

	suiteSetup(async () => {
		dist = await bundleRoleHost();
	});
	suiteTeardown(() => dist.remove());
	setup(() => {
		state = mkdtempSync(path.join(tmpdir(), 'rolewright-state-'));
	});
	teardown(() => {
		service.remove();
		rmSync(state, { recursive: true, force: true });
	});

	const run = (): Promise<RunningService> =>
		startService({
			path: service.folder,
			build: 'never',
			onStopLimit: 60_000,
			timeFactor: 1,
			stateFolder: state,
			distFolder: dist.folder,
			progress: () => {},
		});

	test('1 GB of output: memory stays, and the fabric answers meanwhile', async () => {
		service = writeService({ role: program.replace('node worker.js', 'node flood.js') });
		service.write(
			'Worker/flood.js',
			`const { writeSync } = require('node:fs');
			const lines = ('x'.repeat(1023) + '\\n').repeat(64);
			for (let n = 0; n < 16 * 1024; n++) { for (let at = 0; at < lines.length;) { try { at += writeSync(1, lines.slice(at)); } catch (error) { if (error.code !== 'EAGAIN') throw error; } } }
			console.log('last'); setInterval(() => {}, 1e6);`,
		);
		const running = await run();
		const { journal } = running.deployment;
		let most = 0;
		let longest = 0;
		let last = process.cpuUsage();
		const watching = setInterval(() => {
			// Its own work: on a busy machine time passes that nobody here has used.
			const { user, system } = process.cpuUsage(last);
			longest = Math.max(longest, (user + system) / 1_000);
			last = process.cpuUsage();
			most = Math.max(most, process.memoryUsage().heapUsed);
		}, 10);
		await new Promise<void>(resolve => {
			const listening = journal.onEntry(entry => {
				if (entry.event === 'output' && entry.text === 'last') {
					listening.dispose();
					resolve();
				}
			});
		});
		clearInterval(watching);
		await running.stop();
		console.log(`      most heap ${Math.round(most / 2 ** 20)} MB, longest wait ${Math.round(longest)} ms`);
		assert.ok(longest < 100, `${longest} ms of work without a turn for others`);
		assert.ok(most < 400 * 2 ** 20, `${most} bytes of heap`);
		assert.ok(statSync(running.journalFile).size > 2 ** 30);
	});

	test('50 real Node instances start at once, are recycled, and stop', async () => {
		service = writeService();
		service.configure({ count: 50 });
		const began = performance.now();
		const running = await run();
		const { deployment } = running;
		const ready = (life: number) =>
			when(deployment, ({ instances }) => instances.every(each => each.state === 'ReadyRole' && each.life >= life));
		assert.ok(await ready(1));
		console.log(`      50 instances ready after ${Math.round(performance.now() - began)} ms`);
		for (const { instance } of deployment.snapshot.instances) {
			running.submit({ command: 'recycle', instance }, 'scenario');
		}
		assert.ok(await ready(2));
		await running.stop();
		const pids = deployment.journal.entries.flatMap(entry => (entry.event === 'process' ? [entry.phase] : []));
		assert.equal(pids.filter(phase => phase === 'started').length, pids.filter(phase => phase === 'ended').length);
	});
});
