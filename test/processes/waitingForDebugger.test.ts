import assert from 'node:assert/strict';
import type { FromHost } from '../../src/lifecycle/hostVocabulary';
import type { InstanceFolders, RoleEntry, RoleProcess } from '../../src/lifecycle/roleHost';
import { hostChannel } from '../../src/node/hosts/hostChannel';
import { startNodeHost } from '../../src/node/hosts/nodeHost';
import { startProgramHost } from '../../src/node/hosts/programHost';
import { HeardMessages } from './heardMessages';
import { InspectorClient } from './inspectorClient';
import { bundleRoleHost } from './roleHostBundle';
import { instanceFolders, roleLife } from './roleLives';

suite('waiting for a debugger', () => {
	const channel = hostChannel();
	const incarnations = new Map<string, { last: number }>();
	let dist: Awaited<ReturnType<typeof bundleRoleHost>>;
	let folders: InstanceFolders & { remove(): void };
	let role: RoleProcess | undefined;

	suiteSetup(async () => {
		dist = await bundleRoleHost();
	});
	suiteTeardown(async () => {
		await channel.close();
		await dist.remove();
	});
	teardown(() => {
		role?.kill();
		folders.remove();
	});

	function run(entry: RoleEntry, waitForDebugger = true): { heard: HeardMessages; started: RoleProcess } {
		folders = instanceFolders('forever.js', 'counts.js');
		const heard = new HeardMessages();
		const life = roleLife(folders, entry, { waitForDebugger });
		const hear = (message: FromHost): void => {
			heard.hear(message);
			if (message.type === 'hello') {
				started.send({ type: 'start' });
			}
		};
		const started: RoleProcess =
			entry.kind === 'program'
				? startProgramHost({ incarnations }, life, entry, hear)
				: startNodeHost({ channel, distFolder: dist.folder }, life, hear);
		role = started;
		return { heard, started };
	}

	const module = { kind: 'module', module: 'forever.js' } as const;
	const program = { kind: 'program', commandLine: 'node counts.js', readyOnStart: true } as const;

	async function attach(heard: HeardMessages): Promise<InspectorClient> {
		const hello = await heard.until(/^hello/);
		return InspectorClient.attach(hello.type === 'hello' ? hello.debug : undefined);
	}

	test('a module: a breakpoint in onStart is hit, and the debugger lets go', async () => {
		const { heard } = run(module);
		const client = await attach(heard);
		await client.stopsAt('.*forever\\.js', 3);
		assert.deepEqual(heard.calls(), ['hello host', 'debugger attached', 'OnStart begin']);
		client.detach();
		await heard.until('debugger detached');
		await heard.until('Run begin');
	});

	test('a module: goes on without a debugger', async () => {
		const { heard, started } = run(module);
		await heard.until('hello host');
		started.send({ type: 'go' });
		await heard.until('Run begin');
		assert.ok(!heard.words().some(word => word.includes('Debugger')), heard.words().join('\n'));
	});

	test('a module: stops while it waits', async () => {
		const { heard, started } = run(module);
		await heard.until('hello host');
		started.send({ type: 'stop', raiseStopping: true });
		await heard.until('exited 0');
		assert.deepEqual(heard.calls(), ['hello host', 'exited 0']);
	});

	test('a module that runs: a debugger comes when it is asked for, and goes', async () => {
		const { heard, started } = run(module, false);
		await heard.until('Run begin');
		started.send({ type: 'debug' });
		const reachable = await heard.until(/^reachable/);
		const client = await InspectorClient.attach(reachable.type === 'reachable' ? reachable.target : undefined);
		await heard.until('debugger attached');
		client.detach();
		await heard.until('debugger detached');
		started.send({ type: 'stop', raiseStopping: false });
		await heard.until('exited 0');
	});

	test('a program: a breakpoint in its first line is hit, and its children wait for nobody', async () => {
		const { heard } = run(program);
		const client = await attach(heard);
		await client.stopsAt('.*counts\\.js', 1);
		assert.deepEqual(heard.output(), []);
		client.detach();
		await heard.until('stdout: the child counts');
		assert.deepEqual(heard.calls().slice(0, 2), ['hello program', 'debugger attached']);
	});

	test('a program: goes on without a debugger', async () => {
		const { heard, started } = run(program);
		await heard.until('hello program');
		started.send({ type: 'go' });
		await heard.until('stdout: the child counts');
	});

	test('a program that is not node runs on, and that is said', async () => {
		const { heard } = run({ kind: 'program', commandLine: 'echo here', readyOnStart: true });
		await heard.until('stdout: here');
		await heard.until(
			"note: 'echo here' is not started by 'node' itself, so no debugger can be attached to it from here.",
		);
	});

	test('a debugger that lets go of a dead process says nothing after its end', async () => {
		const { heard, started } = run(module);
		await attach(heard);
		await heard.until('debugger attached');
		started.kill();
		await heard.until('exited SIGKILL');
		await new Promise(setImmediate);
		assert.equal(heard.words().at(-1), 'exited SIGKILL');
	});
});
