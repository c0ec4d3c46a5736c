import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RoleLife } from '../src/lifecycle/host';
import { hostChannel } from '../src/node/hostChannel';
import { startNodeHost } from '../src/node/nodeHost';
import type { Measured } from './measure';

/**
 * From the start of a life of a JavaScript role to its `onStart`, as a recycle does it, beside a bare start of `node` that
 * writes one line: the peer that nothing can beat. `distFolder` holds the built `role-host.js`.
 */
export async function measureFabric(distFolder: string, turns = 15): Promise<readonly Measured[]> {
	const root = mkdtempSync(path.join(tmpdir(), 'rolewright-bench-'));
	const approot = path.join(root, 'approot');
	mkdirSync(approot);
	writeFileSync(path.join(approot, 'worker.js'), 'exports.onStart = () => {};\n');
	const channel = hostChannel();
	const role: number[] = [];
	const bare: number[] = [];
	for (let turn = 0; turn < turns; turn++) {
		role.push(await timed(done => runRole(channel, distFolder, lifeIn(root, approot), done)));
		bare.push(await timed(runBare));
	}
	await channel.close();
	rmSync(root, { recursive: true, force: true });
	return [
		{ what: 'a JavaScript role, from the start of its next life to onStart', milliseconds: middle(role), bound: 250 },
		{ what: '  peer: a bare node, from its spawn to its first line', milliseconds: middle(bare) },
	];
}

function middle(times: readonly number[]): number {
	return [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
}

/** The time until `done` is called; the next turn begins when the process has gone. */
async function timed(run: (done: () => void) => Promise<void>): Promise<number> {
	const began = performance.now();
	let took = 0;
	await run(() => {
		took = performance.now() - began;
	});
	return took;
}

function runRole(
	channel: ReturnType<typeof hostChannel>,
	distFolder: string,
	life: RoleLife,
	done: () => void,
): Promise<void> {
	return new Promise((resolve, reject) => {
		const role = startNodeHost({ channel, distFolder }, life, message => {
			if (message.type === 'hello') {
				role.send({ type: 'start' });
			} else if (message.type === 'call' && message.call === 'OnStart' && message.phase === 'begin') {
				done();
				role.kill();
			} else if (message.type === 'failed') {
				reject(new Error(message.text));
			} else if (message.type === 'exited') {
				resolve();
			}
		});
	});
}

function runBare(done: () => void): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = spawn('node', ['-e', 'console.log(1)'], { stdio: ['ignore', 'pipe', 'ignore'] });
		child.once('error', reject);
		child.stdout.once('data', done);
		child.once('exit', () => resolve());
	});
}

function lifeIn(root: string, approot: string): RoleLife {
	return {
		instance: 'Worker_IN_0',
		life: 1,
		entry: { kind: 'module', module: 'worker.js' },
		folders: { root, approot, resources: root, windows: root, temp: root, logs: root },
		variables: {},
		environment: {
			deploymentId: 'bench',
			emulated: true,
			instanceId: 'Worker_IN_0',
			roleName: 'Worker',
			faultDomain: 0,
			updateDomain: 0,
			settings: {},
			localResources: [],
			roles: [],
		},
		waitForDebugger: false,
	};
}
