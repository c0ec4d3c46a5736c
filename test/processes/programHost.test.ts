import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ToHost } from '../../src/lifecycle/hostVocabulary';
import type { InstanceFolders, RoleProcess } from '../../src/lifecycle/roleHost';
import { startProgramHost } from '../../src/node/hosts/programHost';
import { HeardMessages } from './heardMessages';
import { npmPackage } from './npmPackage';
import { environment, instanceFolders, roleLife } from './roleLives';
import { isRunning } from './runningProcesses';

suite('programs', () => {
	const incarnations = new Map<string, { last: number }>();
	let modules: string;
	let folders: InstanceFolders & { remove(): void };
	let program: RoleProcess | undefined;
	let heard: HeardMessages;

	suiteSetup(async function () {
		this.timeout(320_000);
		modules = await npmPackage('azure', '0.10.6');
	});
	teardown(async () => {
		program?.kill();
		await heard.until(/^exited/);
		folders.remove();
	});

	function run(
		commandLine: string,
		options: { settings?: Record<string, string>; readyOnStart?: boolean; roles?: string[] } = {},
	): (message: ToHost) => void {
		folders = instanceFolders(...(options.roles ?? ['azure-worker.js']));
		heard = new HeardMessages();
		const entry = { kind: 'program', commandLine, readyOnStart: options.readyOnStart ?? true } as const;
		const life = roleLife(folders, entry, options);
		const variables = { ...life.variables, NODE_PATH: modules };
		program = startProgramHost({ incarnations }, { ...life, variables }, entry, heard.hear);
		return program.send;
	}

	const node = 'node azure-worker.js';
	const change = [{ kind: 'setting', name: 'Greeting' }] as const;

	function setGreeting(send: (message: ToHost) => void, Greeting: string): void {
		send({ type: 'changing', changes: change, environment: environment(folders, { Greeting }) });
	}

	suite('that use the npm package azure', () => {
		test('see their environment and say that they are busy', async () => {
			run(node, { settings: { Greeting: 'grüße & <küsse>' } });
			await heard.until('stdout: up');
			await heard.until('status Busy');
			assert.deepEqual(heard.output(), [
				'available true',
				'emulated true',
				'deployment deployment1(3)',
				'settings {"Greeting":"grüße & <küsse>"}',
				`resource ${folders.resources}${path.sep}`,
				'endpoint 8080',
				'roles Worker',
				'up',
			]);
			assert.deepEqual(heard.calls(), ['hello program', 'status Busy']);
		});

		test('accept changes one after the other, and follow them with their status', async () => {
			const send = run(node);
			await heard.until('stdout: up');
			setGreeting(send, 'be ready');
			await heard.until('Changing end {"cancel":false}');
			send({ type: 'changed', changes: change, environment: environment(folders, { Greeting: 'be ready' }) });
			await heard.until('status Ready');
			setGreeting(send, 'be busy for a moment');
			await heard.until('stdout: said busy');
			await heard.until(/^status Ready$/, 5_000);
			const statuses = (): string[] => heard.words().filter(word => word.startsWith('status'));
			while (statuses().length < 4) {
				await heard.next();
			}
			assert.deepEqual(statuses(), ['status Busy', 'status Ready', 'status Busy', 'status Ready']);
			setGreeting(send, 'say nothing');
			await heard.until('stdout: said nothing');
			assert.deepEqual(
				heard.output().filter(line => line.startsWith('chang')),
				[
					'changing, still hello',
					'changed to be ready',
					'changing, still be ready',
					'changed to be busy for a moment',
					'changing, still be busy for a moment',
					'changed to say nothing',
				],
			);
		});

		test('cancel a change', async () => {
			const send = run(node, { settings: { Greeting: 'hello', Refuse: 'yes' } });
			await heard.until('stdout: up');
			setGreeting(send, 'other');
			await heard.until('Changing end {"cancel":true}');
			assert.ok(!heard.words().includes('requestRecycle'));
		});

		test('ask to be recycled', async () => {
			const send = run(node);
			await heard.until('stdout: up');
			setGreeting(send, 'recycle');
			await heard.until('requestRecycle');
		});

		test('accept a change without a word where they never set a status', async () => {
			const send = run(node, { settings: { Greeting: 'hello', Silent: 'yes' } });
			await heard.until('stdout: up');
			setGreeting(send, 'other');
			await heard.until('Changing end {"cancel":false}');
			await heard.until('stdout: changed to other');
		});

		test('are told to stop, and end by themselves', async () => {
			const send = run(node, { settings: { Greeting: 'hello', Stop: 'ends' } });
			await heard.until('status Busy');
			send({ type: 'stop', raiseStopping: true });
			send({ type: 'stop', raiseStopping: true });
			await heard.until(/^exited/);
			assert.deepEqual(heard.calls(), ['hello program', 'status Busy', 'Stopping begin', 'Stopping end', 'exited 0']);
			assert.equal(heard.output().at(-1), 'stopping');
		});

		test('are asked to end where they only say that they were told', async () => {
			const send = run(node);
			await heard.until('stdout: up');
			send({ type: 'stop', raiseStopping: true });
			await heard.until('Stopping end');
			await heard.until('exited SIGTERM');
		});

		test('count incarnations on in the next life', () => {
			const last = incarnations.get('Worker_IN_0')?.last ?? 0;
			assert.ok(last > 100_010 && last < 999_999, String(last));
			run('true');
		});
	});

	test('a program that is not heard of is Ready when it runs, and is asked to end at once', async () => {
		const send = run('exec sleep 1000');
		await heard.until('hello program');
		send({ type: 'changing', changes: change, environment: environment(folders, { Greeting: 'other' }) });
		await heard.until('Changing end {"cancel":false}');
		send({ type: 'stop', raiseStopping: true });
		await heard.until('exited SIGTERM');
		assert.deepEqual(heard.calls(), [
			'hello program',
			'Changing begin',
			'Changing end {"cancel":false}',
			'exited SIGTERM',
		]);
	});

	test('the command interpreter sees the line, in approot and with the environment of the life', async () => {
		run(`echo "$RoleName in" $(basename "$PWD") && echo oops >&2; exit 7`);
		await heard.until('exited 7');
		assert.deepEqual(heard.words().sort(), ['exited 7', 'hello program', 'stderr: oops', 'stdout: Worker in approot']);
	});

	test('a program that is not there is named', async () => {
		run('no-such-program --help');
		await heard.until(
			"failed: The command interpreter found no program for 'no-such-program --help': install it, or correct the command line of the entry point.",
		);
	});

	test('a program for Windows is not tried elsewhere', async () => {
		run('bin\\worker.exe');
		await heard.until(
			"failed: 'bin\\worker.exe' needs Windows. Run the service on Windows, or name a command line for this system as 'run' in rolewright.json.",
		);
		assert.deepEqual(heard.calls().at(-1), 'exited');
	});

	test('a kill ends everything that the program started', async () => {
		run('sleep 1001 & echo started $!; exec sleep 1002');
		const { text } = (await heard.until(/^stdout: started/)) as { text: string };
		program?.kill();
		await heard.until('exited SIGKILL');
		assert.equal(isRunning(Number(text.slice('started '.length))), false);
	});

	test('nothing is left of the runtime endpoint', async () => {
		run('echo $WaRuntimeEndpoint');
		await heard.until('exited 0');
		const [address = ''] = heard.output();
		assert.ok(Buffer.byteLength(address) <= 103 && path.isAbsolute(address), address);
		assert.equal(existsSync(path.dirname(address)), false);
	});
});
