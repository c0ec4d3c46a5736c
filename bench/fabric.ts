import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Deployment } from '../src/lifecycle/deployment';
import type { JournalEntry } from '../src/lifecycle/journal';
import { createWorld } from '../src/node/world';
import { rolePlan, servicePlan, startService } from '../test/support/fakeService';
import type { Measured } from './measure';

/**
 * The recycle of a JavaScript role in the real world, from the order to its `onStart`, beside a bare start of `node` that
 * writes one line: the peer that nothing can beat. And the fabric's own share of it: the same in a world that costs nothing.
 * `distFolder` holds the built `role-host.js`.
 */
export async function measureFabric(distFolder: string, turns = 15): Promise<readonly Measured[]> {
	return [
		{
			what: 'recycle a JavaScript role: from the order to onStart',
			milliseconds: middle(await recycles(distFolder, turns)),
			bound: 250,
		},
		{ what: '  peer: a bare node, from its spawn to its first line', milliseconds: middle(await bareStarts(turns)) },
		{
			what: "  of this: the fabric's own share of a whole recycle, among 20 instances",
			milliseconds: middle(await ownShares(turns)),
			bound: 5,
		},
	];
}

function middle(times: readonly number[]): number {
	return [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
}

async function recycles(distFolder: string, turns: number): Promise<readonly number[]> {
	const root = mkdtempSync(path.join(tmpdir(), 'rolewright-bench-'));
	const code = path.join(root, 'code');
	const stateFolder = path.join(root, 'state');
	mkdirSync(code);
	mkdirSync(stateFolder);
	writeFileSync(path.join(code, 'worker.js'), 'exports.onStart = () => {};\n');
	const world = createWorld({ timeFactor: 1, distFolder, stateFolder });
	const role = rolePlan({ entry: { kind: 'module', module: 'worker.js' }, code });
	const deployment = new Deployment(servicePlan([role], { stateFolder }), world, {
		onStopLimit: 60_000,
		debug: new Set(),
	});
	const runs = heard(deployment, 'Run');
	deployment.start();
	await runs;
	const times: number[] = [];
	for (let turn = 0; turn < turns; turn++) {
		const started = heard(deployment, 'OnStart');
		const running = heard(deployment, 'Run');
		const began = performance.now();
		deployment.submit({ command: 'recycle', instance: 'Worker_IN_0' }, 'stdin');
		await started;
		times.push(performance.now() - began);
		await running;
	}
	await deployment.stop();
	await world.dispose();
	rmSync(root, { recursive: true, force: true });
	return times;
}

/** The next begin of this call. */
function heard({ journal }: Deployment, call: 'OnStart' | 'Run'): Promise<void> {
	return new Promise((resolve, reject) => {
		const listening = journal.onEntry((entry: JournalEntry) => {
			if (entry.event === 'error') {
				reject(new Error(entry.text));
			} else if (entry.event === 'call' && entry.call === call && entry.phase === 'begin') {
				listening.dispose();
				resolve();
			}
		});
	});
}

async function bareStarts(turns: number): Promise<readonly number[]> {
	const times: number[] = [];
	for (let turn = 0; turn < turns; turn++) {
		const began = performance.now();
		await new Promise<void>((resolve, reject) => {
			const child = spawn('node', ['-e', 'console.log(1)'], { stdio: ['ignore', 'pipe', 'ignore'] });
			child.once('error', reject);
			child.stdout.once('data', () => times.push(performance.now() - began));
			child.once('exit', () => resolve());
		});
	}
	return times;
}

async function ownShares(turns: number): Promise<readonly number[]> {
	const { world, deployment } = await startService([rolePlan({ count: 20 })]);
	const times: number[] = [];
	for (let turn = 0; turn < turns; turn++) {
		const began = performance.now();
		deployment.submit({ command: 'recycle', instance: 'Worker_IN_7' }, 'stdin');
		await world.settled();
		times.push(performance.now() - began);
	}
	return times;
}
