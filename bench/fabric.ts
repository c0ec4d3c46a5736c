import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Deployment } from '../src/lifecycle/deployment/deployment';
import type { JournalEntry } from '../src/lifecycle/journal/journal';
import { createWorld } from '../src/node/world';
import { rolePlan, servicePlan, startService } from '../test/support/fakeService';
import { type Measured, median } from './measure';

/**
 * The recycle of a JavaScript role in the real world, from the order to its `onStart`, beside a bare start of `node` that
 * writes one line: the peer that nothing can beat. And the fabric's own share of it: the same in a world that costs nothing.
 * `distFolder` holds the built `role-host.js`.
 */
export async function measureFabric(distFolder: string, turns = 15): Promise<readonly Measured[]> {
	const { recycles, starts } = await recyclesBesideStarts(distFolder, turns);
	return [
		{
			what: 'recycle a JavaScript role: from the order to onStart',
			milliseconds: median(recycles),
			fastest: Math.min(...recycles),
		},
		{
			what: '  peer: a bare start of the same file, from its spawn to its first line',
			milliseconds: median(starts),
			fastest: Math.min(...starts),
		},
		{
			what: '  the recycle above its peer, of the pairs that ran one after the other',
			milliseconds: median(recycles.map((time, turn) => time - (starts[turn] ?? 0))),
			bound: 60,
		},
		{
			what: "  of this: the fabric's own share of a whole recycle, among 20 instances",
			milliseconds: median(await ownShares(turns)),
			bound: 5,
		},
	];
}

/** In turn, so that whatever else the machine does falls on both. */
async function recyclesBesideStarts(distFolder: string, turns: number) {
	const root = mkdtempSync(path.join(tmpdir(), 'rolewright-bench-'));
	const code = path.join(root, 'code');
	const stateFolder = path.join(root, 'state');
	mkdirSync(code);
	mkdirSync(stateFolder);
	const file = path.join(code, 'worker.js');
	writeFileSync(file, `exports.onStart = () => {};\nif (require.main === module) console.log(1);\n`);
	const world = createWorld({ timeFactor: 1, distFolder, stateFolder });
	const role = rolePlan({ entry: { kind: 'module', module: 'worker.js' }, code });
	const deployment = new Deployment(servicePlan([role], { stateFolder }), world, {
		onStopLimit: 60_000,
		debug: new Set(),
	});
	const runs = heard(deployment, 'Run');
	deployment.start();
	await runs;
	const recycles: number[] = [];
	const starts: number[] = [];
	for (let turn = 0; turn < turns; turn++) {
		const started = heard(deployment, 'OnStart');
		const running = heard(deployment, 'Run');
		const began = performance.now();
		deployment.submit({ command: 'recycle', instance: 'Worker_IN_0' }, 'stdin');
		await started;
		recycles.push(performance.now() - began);
		await running;
		starts.push(await bareStart(file));
	}
	await deployment.stop();
	await world.dispose();
	rmSync(root, { recursive: true, force: true });
	return { recycles, starts };
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

function bareStart(file: string): Promise<number> {
	const began = performance.now();
	let time = 0;
	return new Promise((resolve, reject) => {
		const child = spawn('node', [file], { stdio: ['ignore', 'pipe', 'ignore'] });
		child.once('error', reject);
		child.stdout.once('data', () => {
			time = performance.now() - began;
		});
		child.once('exit', () => resolve(time));
	});
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
