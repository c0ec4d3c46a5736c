import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../src/base/failure';
import type { InstanceFolders } from '../../src/lifecycle/roleHost';
import { createWorld, type RealWorld } from '../../src/node/world';
import { HeardMessages } from './heardMessages';
import { bundleRoleHost } from './roleHostBundle';
import { instanceFolders, roleLife } from './roleLives';
import { isRunning } from './runningProcesses';

suite('the real world of a deployment', () => {
	let dist: Awaited<ReturnType<typeof bundleRoleHost>>;
	let folders: InstanceFolders & { remove(): void };
	let world: RealWorld;

	suiteSetup(async () => {
		dist = await bundleRoleHost();
	});
	suiteTeardown(() => dist.remove());
	setup(() => {
		folders = instanceFolders('forever.js');
		world = createWorld({ timeFactor: 1000, distFolder: dist.folder, stateFolder: folders.root });
	});
	teardown(async () => {
		await world.dispose();
		folders.remove();
	});

	test('starts what the entry point says, and ends it when it is disposed of', async () => {
		const heard = new HeardMessages();
		const role = world.roles.start(roleLife(folders, { kind: 'module', module: 'forever.js' }), message => {
			heard.hear(message);
			if (message.type === 'hello') {
				role.send({ type: 'start' });
			}
		});
		const hello = await heard.until(/^hello/);
		await heard.until('Run begin');
		await world.dispose();
		await heard.until('exited SIGKILL');
		assert.equal(isRunning(hello.type === 'hello' ? hello.pid : 0), false);
	});

	test('a program gets its runtime endpoint', async () => {
		const heard = new HeardMessages();
		const entry = {
			kind: 'program',
			commandLine: 'node -p "process.env.WaRuntimeEndpoint.length > 5"',
			readyOnStart: true,
		} as const;
		world.roles.start(roleLife(folders, entry), heard.hear);
		await heard.until('exited 0');
		assert.deepEqual(heard.words(), ['hello program', 'stdout: true', 'exited 0']);
	});

	test('a C# role without a built host is told in a sentence', async () => {
		const heard = new HeardMessages();
		world.roles.start(roleLife(folders, { kind: 'assembly', assembly: 'Worker.dll' }), heard.hear);
		await heard.until('exited');
		assert.match(heard.words()[0] ?? '', /^failed: .+\.$/);
	});

	test('is the only one in its state folder', async () => {
		const again = (): RealWorld => createWorld({ distFolder: dist.folder, stateFolder: folders.root });
		assert.throws(again, Failure);
		await world.dispose();
		rmSync(path.join(folders.root, '.processes'), { recursive: true });
		world = again();
	});

	test('fabric time runs as fast as it is asked', async () => {
		const began = world.clock.now();
		await new Promise<void>(resolve => world.clock.after(60_000, resolve));
		const took = world.clock.now() - began;
		assert.ok(took >= 59_000 && took < 3_600_000, String(took));
	});
});
