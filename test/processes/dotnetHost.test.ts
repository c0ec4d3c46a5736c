import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ToHost } from '../../src/lifecycle/hostVocabulary';
import type { RoleEnvironment } from '../../src/lifecycle/roleEnvironment';
import { findDotnet } from '../../src/node/dotnet/program';
import { outputOf } from '../../src/node/hosts/programOutput';
import { files, fixtures, type Life, lineOf, openWorkshop, says, type Workshop, withoutSdk } from './dotnetRole';

const running = says('Run begins');
const stop = { type: 'stop', raiseStopping: true } as const;

suite('C# host', () => {
	let workshop: Workshop;

	suiteSetup(async function () {
		if (withoutSdk) {
			this.skip();
		}
		workshop = await openWorkshop();
		await workshop.built('Net8Role');
	});

	suiteTeardown(() => workshop?.close());

	/** Runs a role to its end: stopped as soon as it runs, if it gets that far and `end` says so. */
	async function lifeOf(behaviour: string, end: 'stopped' | 'by itself' = 'by itself'): Promise<readonly string[]> {
		const life = await workshop.start('Net8Role', behaviour);
		if (end === 'stopped') {
			await life.until(running);
			life.send(stop);
		}
		return life.ended();
	}

	/** Run and OnStop end at the same moment, so the order of these two says nothing. */
	function withoutEndOfRun(lines: readonly string[]): readonly string[] {
		return lines.filter(line => line !== 'Run ends');
	}

	const began = ['OnStart begins', 'information: OnStart on a thread', 'OnStart ends true', 'Run begins'];
	const stopped = [
		'Stopping begins',
		'information: Stopping',
		'Stopping ends',
		'OnStop begins',
		'information: OnStop',
		'OnStop ends',
		'exited 0',
	];

	test('an ordinary life', async () => {
		assert.deepEqual(withoutEndOfRun(await lifeOf('', 'stopped')), [...began, ...stopped]);
	});

	test('a second stop changes nothing', async () => {
		const life = await workshop.start('Net8Role', '');
		await life.until(running);
		life.send(stop);
		life.send(stop);
		assert.deepEqual(withoutEndOfRun(await life.ended()), [...began, ...stopped]);
	});

	test('a stop without the event', async () => {
		const life = await workshop.start('Net8Role', '');
		await life.until(running);
		life.send({ type: 'stop', raiseStopping: false });
		assert.deepEqual(withoutEndOfRun(await life.ended()), [...began, ...stopped.slice(3)]);
	});

	test('every ending of the role itself', async () => {
		const inStart = `System.InvalidOperationException: not today (${await lineOf('Net8Role/WorkerRole.cs', 'thrown in OnStart')})`;
		const inRun = `System.ApplicationException: boom (${await lineOf('Net8Role/WorkerRole.cs', 'thrown in Run')})`;
		const begins = began.slice(0, 2);
		const endings: Record<string, readonly string[]> = {
			false: [...begins, 'OnStart ends false', 'exited 3'],
			throwInOnStart: [...begins, `OnStart fails ${inStart}`, `fault ${inStart}`, 'exited 4'],
			exit: [...begins, 'exited 42'],
			throwInRun: [...began, `Run fails ${inRun}`, `fault ${inRun}`, 'exited 4'],
			throwOnThread: [...began, `fault ${inRun}`, 'exited 4'],
			throwOnPool: [...began, `fault ${inRun}`, 'exited 4'],
		};
		for (const [behaviour, expected] of Object.entries(endings)) {
			assert.deepEqual(await lifeOf(behaviour), expected, behaviour);
		}
	});

	test('base.Run inside a try neither returns nor throws at the stop', async () => {
		assert.deepEqual(await lifeOf('baseRun', 'stopped'), [...began, ...stopped]);
	});

	test('an OnStop that never returns keeps the process until it is ended', async () => {
		const life = await workshop.start('Net8Role', 'neverStops');
		await life.until(running);
		life.send(stop);
		await life.until(says('OnStop begins'));
		life.send({ type: 'checkStatus' });
		await life.until(says('status Busy'));
		life.kill();
		assert.deepEqual(withoutEndOfRun(await life.ended()).slice(-3), [
			'information: OnStop',
			'status Busy',
			'exited SIGKILL',
		]);
	});

	test('paths with backslashes are explained', async function () {
		if (process.platform === 'win32') {
			this.skip();
		}
		const wrong = await lifeOf('roleRoot');
		const line = await lineOf('Net8Role/WorkerRole.cs', 'found by backslashes');
		assert.match(wrong.find(each => each.startsWith('fault ')) ?? '', /The path is written with backslashes/);
		assert.ok(wrong.some(each => each.endsWith(`(${line})`)));
		const role = await workshop.built('Net8Role');
		const written = await lifeOf('backslashes', 'stopped');
		await rm(path.join(role.folder, 'C:\\temp\\role.log'));
		assert.deepEqual(
			written.filter(each => each.startsWith('note: ')),
			[
				"note: The role wrote 'C:\\temp\\role.log' into its own folder: a backslash is part of a name on this system. Build such paths with Path.Combine, and write into a local resource.",
			],
		);
	});

	test('a life that is not understood is one sentence', async () => {
		const usual = await workshop.lifeOf('Net8Role', '');
		const { roles: _, ...environment } = usual.environment;
		const torn: readonly Record<string, unknown>[] = [
			{ environment },
			{ environment: { ...usual.environment, instanceId: 7 } },
			{ environment: { ...usual.environment, localResources: 3 } },
			{ environment: { ...usual.environment, roles: [{ name: 'A', instances: [{ id: 'x' }] }] } },
		];
		for (const change of torn) {
			const life = await workshop.start('Net8Role', '', change);
			assert.match(
				(await life.ended()).join('\n'),
				/^failed: The host was told of a life that it does not understand: .*install it anew\.\nexited 5$/,
				JSON.stringify(change),
			);
		}
	});

	test('an order that is not understood is left out, and the role runs on', async () => {
		const life = await workshop.start('Net8Role', '');
		await life.until(running);
		const changes = [{ kind: 'setting', name: 'Color' }] as const;
		const { roles: _, ...environment } = life.life.environment;
		life.send(torn({ type: 'changing' }));
		life.send(torn({ type: 'changed', changes, environment }));
		life.send(stop);
		assert.deepEqual(withoutEndOfRun(await life.ended()), [
			...began,
			"note: The host was told 'changing' in a form that it does not understand, and left it out.",
			"note: The host was told 'changed' in a form that it does not understand, and left it out.",
			...stopped,
		]);
	});

	test('Run that returns is told, and the process waits for its stop', async () => {
		const life = await workshop.start('Net8Role', 'return');
		await life.until(says('Run ends'));
		life.send(stop);
		assert.deepEqual(await life.ended(), [...began, 'Run ends', ...stopped]);
	});

	test('an exception in OnStop', async () => {
		const error = `System.NotSupportedException: will not stop (${await lineOf('Net8Role/WorkerRole.cs', 'thrown in OnStop')})`;
		assert.deepEqual(await lifeOf('throwInOnStop', 'stopped'), [
			...began,
			...stopped.slice(0, 5),
			`OnStop fails ${error}`,
			`fault ${error}`,
			'exited 4',
		]);
	});

	test("handlers of the role's own for an unhandled exception run before the end", async () => {
		const lines = await lifeOf('handler');
		assert.deepEqual(lines.slice(-2), ["information: the role's own handler ran", 'exited 4']);
		assert.match(lines.at(-3) ?? '', /^fault System.InvalidOperationException: inside/);
	});

	test('stopped before OnStart has returned', async () => {
		const life = await workshop.start('Net8Role', 'neverStarts');
		await life.until(says('information: OnStart on a thread'));
		life.send(stop);
		assert.deepEqual(await life.ended(), [
			...began.slice(0, 2),
			'note: The instance was stopped while OnStart had not returned; OnStop is not called.',
			'exited 0',
		]);
	});

	test('what a role sees of its service', async () => {
		const life = await workshop.start('Net8Role', 'report');
		await life.until(running);
		life.send(stop);
		const said = (await life.ended())
			.filter(line => line.includes(': '))
			.map(line => line.replace('information: ', ''));
		assert.deepEqual(said.slice(1, -2), [
			'available: True',
			'emulated: True',
			'deployment: deployment1',
			'instance: Net8Role_IN_0 of Net8Role in 0/1',
			'roles: Net8Role:1 Hidden:0',
			'endpoint: Web http 127.0.0.1:8080 public 80',
			'endpoint: Peers tcp 127.0.0.1:9000 public none',
			'resource: Scratch 10 True',
			'missing setting: RoleEnvironmentException',
			'null setting: ArgumentNullException',
			'missing resource: RoleEnvironmentException',
			'changed roles: NotSupportedException',
			'folder: True',
			`temporary: ${life.life.folders.temp}${path.sep}`,
			'token: gone',
			'by name: True',
			'code page: windows-1252',
		]);
	});

	test('trace lines have levels, and the console is left alone', async () => {
		const life = await workshop.start('Net8Role', 'levels');
		await life.until(says('stderr: on stderr'));
		life.send(stop);
		const lines = await life.ended();
		assert.deepEqual(lines.filter(line => /^(error|warning|verbose|information): /.test(line)).slice(1, -2), [
			'error: an error',
			'warning: a warning',
			'information: two parts',
			'verbose: a line',
			'warning: Warning: with category',
			'information: first',
			'information: second',
		]);
		assert.deepEqual(lines.filter(line => line.startsWith('std')).sort(), ['stderr: on stderr', 'stdout: on stdout']);
	});

	test('a listener that the role adds itself does not double the lines', async () => {
		const lines = await lifeOf('lonely', 'stopped');
		assert.deepEqual(
			lines.filter(line => line.endsWith('heard once')),
			['information: heard once'],
		);
	});

	test('RequestRecycle asks, and nothing else', async () => {
		const life = await workshop.start('Net8Role', 'recycle');
		await life.until(says('requestRecycle'));
		life.send(stop);
		assert.deepEqual(withoutEndOfRun(await life.ended()), [...began, 'requestRecycle', ...stopped]);
	});

	/** Sends a changed Color, and the second half of the change unless it was cancelled. */
	async function changeColor(life: Life): Promise<void> {
		const changes = [{ kind: 'setting', name: 'Color' }] as const;
		const environment: RoleEnvironment = {
			...life.life.environment,
			settings: { ...life.life.environment.settings, Color: 'blue' },
		};
		life.send({ type: 'changing', changes });
		const answer = await life.until(
			message => message.type === 'call' && message.call === 'Changing' && message.phase === 'end',
		);
		if (says('Changing ends {"cancel":false}')(answer)) {
			life.send({ type: 'changed', changes, environment });
			await life.until(says('Changed ends'));
		}
		life.send(stop);
	}

	const changes: Record<string, readonly string[]> = {
		'': [
			'Changing begins',
			'information: Changing setting Color, Color is red',
			'Changing ends {"cancel":false}',
			'Changed begins',
			'information: Changed setting Color, Color is blue',
			'Changed ends',
		],
		cancel: ['Changing begins', 'information: Changing setting Color, Color is red', 'Changing ends {"cancel":true}'],
		recycleInChanging: [
			'Changing begins',
			'information: Changing setting Color, Color is red',
			'requestRecycle',
			'Changing ends {"cancel":false}',
			'Changed begins',
			'information: Changed setting Color, Color is blue',
			'Changed ends',
		],
	};

	for (const [behaviour, expected] of Object.entries(changes)) {
		test(`a setting changes: ${behaviour || 'applied in place'}`, async () => {
			const life = await workshop.start('Net8Role', behaviour);
			await life.until(running);
			await changeColor(life);
			assert.deepEqual(withoutEndOfRun(await life.ended()), [...began, ...expected, ...stopped]);
		});
	}

	test('topology and certificates change', async () => {
		const life = await workshop.start('Net8Role', '');
		await life.until(running);
		const { environment } = life.life;
		const role = environment.roles[0];
		assert.ok(role?.instances[0]);
		const more = { ...role, instances: [role.instances[0], { ...role.instances[0], id: 'Net8Role_IN_1' }] };
		const topology = [{ kind: 'topology', role: 'Net8Role' }] as const;
		life.send({ type: 'changing', changes: [...topology, { kind: 'certificate', thumbprint: 'AB12' }] });
		life.send({ type: 'simultaneousChanging', changes: topology });
		life.send({ type: 'simultaneousChanged', changes: topology, environment: { ...environment, roles: [more] } });
		life.send(stop);
		assert.deepEqual((await life.ended()).filter(line => line.startsWith('information: ')).slice(1, -2), [
			'information: Changing topology Net8Role certificate AB12, Color is red',
			'information: SimultaneousChanging Net8Role',
			'information: SimultaneousChanged, instances 2',
		]);
	});

	test('SetBusy lasts one check', async () => {
		const life = await workshop.start('Net8Role', '');
		await life.until(running);
		life.send({ type: 'checkStatus' });
		await life.until(says('status Busy'));
		life.send({ type: 'checkStatus' });
		await life.until(says('status Ready'));
		life.send(stop);
		await life.ended();
	});

	test('waits for a debugger before anything is loaded, and goes on when told', async () => {
		const life = await workshop.start('Net8Role', '', { waitForDebugger: true });
		const hello = await life.until(message => message.type === 'hello');
		assert.ok(hello.type === 'hello' && hello.debug?.kind === 'dotnet' && hello.debug.processId === hello.pid);
		// A message is answered before the role is there: the host waits, and has loaded nothing.
		life.send({ type: 'checkStatus' });
		await life.until(says("note: The host was told 'checkStatus', which it cannot follow now."));
		assert.ok(!(await mappedFiles(hello.pid)).includes('Net8Role.dll'), 'the role was loaded too early');
		life.send({ type: 'go' });
		await life.until(running);
		assert.equal((await mappedFiles(hello.pid)).includes('Net8Role.dll'), existsSync('/proc'));
		life.send(stop);
		assert.deepEqual(withoutEndOfRun(await life.ended()).slice(1), [...began, ...stopped]);
	});

	test('stopped while it waits for a debugger', async () => {
		const life = await workshop.start('Net8Role', '', { waitForDebugger: true });
		await life.until(message => message.type === 'hello');
		life.send(stop);
		assert.deepEqual(await life.ended(), ['exited 0']);
	});

	test('a lost connection ends the host', async () => {
		const { hostChannel } = await import('../../src/node/hosts/hostChannel');
		const channel = hostChannel();
		const life = await workshop.start('Net8Role', '', {}, { channel });
		await life.until(running);
		await channel.close();
		assert.deepEqual((await life.ended()).at(-1), 'exited 6');
	});

	test('what cannot be loaded is one sentence', async () => {
		const role = await workshop.built('Net8Role');
		const entry = (assembly: string) => ({ entry: { kind: 'assembly', assembly } }) as const;
		const lives: readonly [string, string][] = [
			[
				'Nothing.dll',
				`The role's assembly Nothing.dll is not in ${role.folder}: build the role's project, or name the assembly that it makes.`,
			],
			[
				'../Net8Role.dll',
				`The role's assembly must lie in its own folder, and '${path.resolve(role.folder, '../Net8Role.dll')}' does not: name one of the build's output.`,
			],
			[
				'Net8Role.deps.json',
				'Net8Role.deps.json is not an assembly that a 64-bit .NET can load: build the role for Any CPU.',
			],
		];
		for (const [assembly, text] of lives) {
			const life = await workshop.start('Net8Role', '', entry(assembly));
			assert.deepEqual(await life.ended(), [`failed: ${text}`, 'exited 5']);
		}
	});

	test('without a runtime or without the host: one sentence', async () => {
		const noRuntime = await workshop.start('Net8Role', '', {}, { dotnet: path.join(workshop.folder, 'no-dotnet') });
		assert.match((await noRuntime.ended())[0] ?? '', /^failed: .*no-dotnet' could not be started/);
		const { dotnetFiles } = await import('../../src/node/dotnet/host');
		const noHost = await workshop.start('Net8Role', '', {}, { files: dotnetFiles(workshop.folder) });
		assert.match((await noHost.ended())[0] ?? '', /^failed: This copy of Rolewright has no C# host .*npm run build/);
	});

	test('a runtime that is too old: one sentence, and nothing of what it says itself', async function () {
		if (process.platform === 'win32') {
			this.skip();
		}
		const dotnet = path.join(workshop.folder, 'old-dotnet');
		const said = 'You must install or update .NET to run this application.';
		await writeFile(dotnet, `#!/bin/sh\necho '${said}' >&2\necho 'more' >&2\nexit 150\n`, { mode: 0o755 });
		const life = await workshop.start('Net8Role', '', {}, { dotnet });
		assert.deepEqual(await life.ended(), [
			'failed: The installed .NET runtime is older than .NET 8, which the C# host needs: install .NET 8 or later from https://dotnet.microsoft.com/download.',
			'exited 150',
		]);
	});

	test('no entry point: a sentence, and in a web role the base class', async () => {
		const worker = await workshop.start('NoEntryPoint', '');
		assert.deepEqual(await worker.ended(), [
			'failed: NoEntryPoint.dll has no public class deriving from RoleEntryPoint: add one, or name the assembly that has it.',
			'exited 5',
		]);
		const entry = { kind: 'assembly', assembly: 'NoEntryPoint.dll', entryPointOptional: true } as const;
		const web = await workshop.start('NoEntryPoint', '', { entry });
		await web.until(running);
		web.send(stop);
		assert.deepEqual(await web.ended(), [
			'OnStart begins',
			'OnStart ends true',
			'Run begins',
			'Stopping begins',
			'Stopping ends',
			'OnStop begins',
			'OnStop ends',
			'exited 0',
		]);
	});

	test('of several entry points the first public one is used, and that is said', async () => {
		const life = await workshop.start('TwoEntryPoints', '');
		await life.until(running);
		life.send(stop);
		assert.deepEqual((await life.ended()).slice(0, 3), [
			'note: TwoEntryPoints has several entry points: TwoEntryPoints.First, TwoEntryPoints.Second. The first one is used.',
			'OnStart begins',
			'information: the first',
		]);
	});

	test('without a host the role environment is not available, and the rest says so', async () => {
		const program = await workshop.built('Outside');
		for (const name of await readdir(files.facades)) {
			await copyFile(path.join(files.facades, name), path.join(program.folder, name));
		}
		const dotnet = findDotnet();
		assert.ok(dotnet);
		const result = await outputOf(dotnet, [program.assembly]);
		assert.deepEqual(result.stdout.trimEnd().split('\n'), [
			'available: False',
			'trace source: Microsoft.WindowsAzure.ServiceRuntime Information',
			...['emulated', 'instance', 'setting', 'event', 'recycle'].map(name => `${name}: InvalidOperationException`),
			'no name: ArgumentNullException',
			'empty name: ArgumentException',
			'exception of a test double: by reflection',
			'status: Ready Busy',
			'listener: silent',
			'diagnostics: 4096',
			'transfer: NotSupportedException',
			'names: NotSupportedException',
			'no account: ArgumentNullException',
		]);
	});

	test('the surface of the three assemblies', async () => {
		const lines = await lifeOf('surface', 'stopped');
		const written = (await readFile(path.join(fixtures, 'surface.txt'), 'utf8')).trimEnd().split('\n');
		const traced = lines
			.filter(line => line.startsWith('information: '))
			.map(line => line.slice('information: '.length));
		assert.deepEqual(traced.slice(1, -2), written);
	});
});

/** An order as another version might send it. */
function torn(order: object): ToHost {
	return order as ToHost;
}

/** What the system says that a process has opened; empty where it does not say. */
async function mappedFiles(pid: number): Promise<string> {
	const file = `/proc/${pid}/maps`;
	return existsSync(file) ? readFile(file, 'utf8') : '';
}
