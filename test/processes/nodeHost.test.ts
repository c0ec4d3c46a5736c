import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';
import type { FromHost, ToHost } from '../../src/lifecycle/hostVocabulary';
import type { InstanceFolders, RoleProcess } from '../../src/lifecycle/roleHost';
import { hostChannel } from '../../src/node/hosts/hostChannel';
import { startNodeHost } from '../../src/node/hosts/nodeHost';
import { HeardMessages } from './heardMessages';
import { bundleRoleHost } from './roleHostBundle';
import { environment, instanceFolders, roleLife } from './roleLives';

suite('JavaScript roles in their host', () => {
	const channel = hostChannel();
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

	/** Starts a fixture as a role; `start` is sent as soon as it has said hello. */
	function run(
		module: string,
		options: { settings?: Record<string, string>; waitForDebugger?: boolean; prepare?: () => void } = {},
	): { heard: HeardMessages; send(message: ToHost): void } {
		folders = instanceFolders(...(module.includes('/') ? [] : [module]));
		options.prepare?.();
		const heard = new HeardMessages();
		const started = startNodeHost(
			{ channel, distFolder: dist.folder },
			roleLife(folders, { kind: 'module', module }, options),
			message => {
				heard.hear(message);
				if (message.type === 'hello') {
					started.send({ type: 'start' });
				}
			},
		);
		role = started;
		return { heard, send: started.send };
	}

	test('a role that runs for ever sees its environment, and stops in order', async () => {
		const { heard, send } = run('forever.js');
		await heard.until('Run begin');
		send({ type: 'stop', raiseStopping: true });
		await heard.until('exited 0');
		assert.deepEqual(heard.calls(), [
			'hello host',
			'OnStart begin',
			'OnStart end true',
			'Run begin',
			'Stopping begin',
			'Stopping end',
			'OnStop begin',
			'OnStop end',
			'exited 0',
		]);
		assert.deepEqual(heard.output(), [
			'started Worker_IN_0 with Greeting=hello',
			`endpoint 8080 resource ${folders.resources}${path.sep}`,
			'in approot, token undefined',
			'stopping',
			'stopped',
		]);
	});

	test('a change is announced with the old values and then in force', async () => {
		const { heard, send } = run('forever.js');
		await heard.until('Run begin');
		const changes = [{ kind: 'setting', name: 'Greeting' }] as const;
		send({ type: 'changing', changes });
		await heard.until('Changing end {"cancel":false}');
		send({ type: 'changed', changes, environment: environment(folders, { Greeting: 'bonjour' }) });
		await heard.until('Changed end');
		await heard.until(/^stdout: changed to/);
		assert.deepEqual(heard.output().slice(3), [
			'changing [{"kind":"setting","name":"Greeting"}], still hello',
			'changed to bonjour',
		]);
	});

	test('a role can cancel a change', async () => {
		const { heard, send } = run('forever.js', { settings: { Refuse: 'yes' } });
		await heard.until('Run begin');
		send({ type: 'changing', changes: [{ kind: 'topology', role: 'Worker' }] });
		await heard.until('Changing end {"cancel":true}');
	});

	test('a status check is answered by the handlers', async () => {
		const { heard, send } = run('forever.js', { settings: { Greeting: 'busy' } });
		await heard.until('Run begin');
		send({ type: 'checkStatus' });
		await heard.until('status Busy');
	});

	const endings: Record<string, readonly string[]> = {
		'throws-in-run.js': [
			'OnStart begin',
			'OnStart end true',
			'Run begin',
			'Run end RangeError',
			'fault RangeError: the queue is gone',
			'exited 4',
		],
		'throws-in-start.js': [
			'OnStart begin',
			'OnStart end TypeError',
			'fault TypeError: no connection string',
			'exited 4',
		],
		'throws-later.js': ['OnStart begin', 'OnStart end true', 'Run begin', 'fault Error: out of nowhere', 'exited 4'],
		'rejects-unhandled.js': [
			'OnStart begin',
			'OnStart end true',
			'Run begin',
			'fault Error: nobody awaits me',
			'exited 4',
		],
		'refuses.js': ['OnStart begin', 'OnStart end false', 'exited 3'],
		'exits.js': ['OnStart begin', 'OnStart end true', 'Run begin', 'exited 42'],
		'is-no-role.js': ["failed: The module 'is-no-role.js' exports 'OnStart'; the name must be 'onStart'.", 'exited 5'],
		'not-there.js': [
			"failed: The role's folder has no module 'not-there.js'; build the role, or correct the name of its entry point.",
			'exited 5',
		],
		'../outside.js': [
			"failed: The module '../outside.js' lies outside the role's folder; name a file inside it.",
			'exited 5',
		],
	};
	for (const [module, expected] of Object.entries(endings)) {
		test(`the end of ${module}`, async () => {
			const { heard } = run(module);
			await heard.until(/^exited/);
			assert.deepEqual(heard.calls().slice(1), expected);
		});
	}

	test('Run returns: the host waits for stop, and runs OnStop', async () => {
		const { heard, send } = run('returns.js');
		await heard.until('Run end');
		send({ type: 'stop', raiseStopping: true });
		send({ type: 'stop', raiseStopping: true });
		await heard.until('exited 0');
		assert.deepEqual(heard.output(), ['stopped']);
	});

	test('an exception in OnStop is a fault', async () => {
		const { heard, send } = run('throws-in-stop.js');
		await heard.until('Run begin');
		send({ type: 'stop', raiseStopping: false });
		await heard.until('exited 4');
		assert.deepEqual(heard.calls().slice(4), [
			'OnStop begin',
			'OnStop end Error',
			'fault Error: cannot let go',
			'exited 4',
		]);
	});

	test('a role asks to be recycled', async () => {
		await run('asks-to-recycle.js').heard.until('requestRecycle');
	});

	test('an ECMAScript module is a role', async () => {
		const { heard } = run('modern.mjs');
		await heard.until('stdout: an ECMAScript module in Worker');
		await heard.until('Run begin');
	});

	test('a fault names its place', async () => {
		const fault = await run('throws-in-run.js').heard.until(/^fault/);
		assert.deepEqual(placeOf(fault), { file: path.join(folders.approot, 'throws-in-run.js'), line: 3 });
		const stack = (fault.type === 'fault' && fault.error.stack) || '';
		const frames = stack.split('\n').filter(line => /^\s+at /.test(line) && !line.includes('node:internal'));
		assert.deepEqual(
			frames.filter(line => !line.includes('throws-in-run.js')),
			[],
			'the frames of the host say nothing about the role',
		);
		assert.ok(frames.length > 0);
	});

	test('a fault in compiled code names its place in the source', async () => {
		const fault = await run('compiled.js', {
			prepare: () => {
				const source = 'interface Nothing {}\n\nexport function run(): Nothing {\n\tthrow new Error("typed");\n}\n';
				const options = { loader: 'ts', format: 'cjs', sourcemap: 'inline', sourcefile: 'role.ts' } as const;
				writeFileSync(path.join(folders.approot, 'compiled.js'), transformSync(source, options).code);
			},
		}).heard.until(/^fault/);
		assert.deepEqual(placeOf(fault), { file: path.join(folders.approot, 'role.ts'), line: 4 });
	});

	test('a slip in the code is shown with its place', async () => {
		const failed = await run('has-a-slip.js').heard.until(/^failed/);
		assert.deepEqual(placeOf(failed), { file: path.join(folders.approot, 'has-a-slip.js'), line: 2 });
	});

	test('a package that is missing is named', async () => {
		await run('misses-a-module.js').heard.until(/^failed: .*Cannot find module 'a-package-that-was-not-installed'/);
	});

	test('a link out of approot is refused', async () => {
		const { heard } = run('link.js', {
			prepare: () =>
				symlinkSync(path.resolve(__dirname, '../fixtures/roles/forever.js'), path.join(folders.approot, 'link.js')),
		});
		await heard.until(/^failed: The module 'link.js' is a link out of the role's folder/);
	});

	test('a stop before the start ends at once', async () => {
		folders = instanceFolders('forever.js');
		const heard = new HeardMessages();
		role = startNodeHost(
			{ channel, distFolder: dist.folder },
			roleLife(folders, { kind: 'module', module: 'forever.js' }),
			heard.hear,
		);
		role.send({ type: 'stop', raiseStopping: true });
		await heard.until('exited 0');
		assert.deepEqual(heard.words(), ['hello host', 'exited 0']);
	});

	test('a kill ends it', async () => {
		const { heard } = run('forever.js');
		await heard.until('Run begin');
		role?.kill();
		await heard.until('exited SIGKILL');
	});
});

function placeOf(message: FromHost): object {
	const error = message.type === 'fault' || message.type === 'failed' ? message.error : undefined;
	return { file: error?.file, line: error?.line };
}
