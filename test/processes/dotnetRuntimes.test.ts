import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DotnetRuntime } from '../../src/lifecycle/roleHost';
import { type Preflight, preflight } from '../../src/node/dotnet/preflight';
import { openService } from '../../src/runner/openService';
import { prepareRoles } from '../../src/runner/prepareRoles';
import { files, openWorkshop, says, type Workshop, withoutMono, withoutSdk } from './dotnetRole';

const parts = files.frameworkParts;
const stop = { type: 'stop', raiseStopping: true } as const;

/** Mono with everything, or without one library. */
function mono(without?: string) {
	return { command: '/usr/bin/mono', has: (name: string) => name !== without };
}

suite('what runs a C# role', () => {
	let workshop: Workshop;

	suiteSetup(async function () {
		if (withoutSdk) {
			this.skip();
		}
		workshop = await openWorkshop();
		await workshop.built('Net472Role');
	});

	suiteTeardown(() => workshop?.close());

	async function chosen(role: string, where: Omit<Preflight, 'assembly' | 'table'>): Promise<readonly string[]> {
		const { assembly } = await workshop.built(role);
		const { runtime, notes } = await preflight({ assembly, table: parts, platform: 'linux', ...where });
		return [`${runtime.name}${runtime.said ? ', said' : ''}`, ...notes.map(packageOut)];
	}

	const wcf = 'Net472Role uses WCF (System.ServiceModel), which .NET does not have, so';
	const choices: readonly [string, string, Omit<Preflight, 'assembly' | 'table'>, readonly string[]][] = [
		['made for .NET', 'Net8Role', { mono: mono() }, ['dotnet']],
		['made for .NET, on Windows', 'Net8Role', { platform: 'win32', mono: null }, ['dotnet']],
		[
			'made for .NET, said to run on Mono',
			'Net8Role',
			{ wish: 'mono', mono: mono() },
			['dotnet, said', 'Net8Role was to run on Mono, but it is made for .NET, and runs there.'],
		],
		['made for .NET Framework, and all of it is in .NET', 'ClassicRole', { mono: mono() }, ['dotnet']],
		[
			'what only Mono has, and Mono is there',
			'Net472Role',
			{ mono: mono() },
			['mono', `${wcf} the role runs on Mono; 'runtime' in rolewright.json can say otherwise.`],
		],
		[
			'what only Mono has, and Mono is not there',
			'Net472Role',
			{ mono: null },
			['dotnet', `${wcf} that code fails here: install the package ..., and the role runs on Mono.`],
		],
		[
			'what only Mono has, and this Mono lacks it',
			'Net472Role',
			{ mono: mono('System.ServiceModel') },
			['dotnet', `${wcf} that code fails here: install the package ..., and the role runs on Mono.`],
		],
		[
			'said to run on .NET',
			'Net472Role',
			{ wish: 'dotnet', mono: mono() },
			[
				'dotnet, said',
				`${wcf} that code fails here: leave 'runtime' out for the role in rolewright.json, and it runs on Mono.`,
			],
		],
		['said to run on Mono', 'ClassicRole', { wish: 'mono', mono: mono() }, ['mono, said']],
		[
			'said to run on Mono, which lacks a part of it',
			'Net472Role',
			{ wish: 'mono', mono: mono('System.ServiceModel') },
			[
				'mono, said',
				'Net472Role uses WCF (System.ServiceModel), which this Mono does not bring: install the package ..., or that code fails.',
			],
		],
		[
			'what nobody has off Windows',
			'FailingRole',
			{ mono: mono() },
			[
				'dotnet',
				'FailingRole uses message queuing of Windows (System.Messaging), which only Windows has, so that code fails here: run the role on Windows, or do without it where it is not there.',
			],
		],
		[
			'said to run on .NET Framework, off Windows',
			'ClassicRole',
			{ wish: 'framework', mono: mono() },
			[
				'dotnet',
				'ClassicRole was to run on .NET Framework, which is a part of Windows, so it runs on what there is here.',
			],
		],
		[
			'made for .NET Framework, on Windows',
			'Net472Role',
			{ platform: 'win32', mono: null },
			[
				'framework',
				"Net472Role runs on .NET Framework, in a host that was tried on Mono and not yet on Windows: if it does not start, set 'runtime' to 'dotnet' for the role in rolewright.json.",
			],
		],
		[
			'said to run on .NET, on Windows',
			'Net472Role',
			{ platform: 'win32', wish: 'dotnet', mono: null },
			[
				'dotnet, said',
				`${wcf} that code fails here: leave 'runtime' out for the role in rolewright.json, and it runs on .NET Framework.`,
			],
		],
	];

	for (const [name, role, where, expected] of choices) {
		test(name, async () => {
			assert.deepEqual(await chosen(role, where), expected);
		});
	}

	test('a folder without the assembly, or without the table, is no obstacle', async () => {
		const nowhere = { assembly: path.join(workshop.folder, 'Nothing.dll'), table: parts };
		assert.deepEqual(await preflight(nowhere), { runtime: { name: 'dotnet' }, notes: [] });
		const { assembly } = await workshop.built('Net472Role');
		const without = await preflight({
			assembly,
			table: path.join(workshop.folder, 'none.json'),
			mono: null,
			platform: 'linux',
		});
		assert.deepEqual(without, { runtime: { name: 'dotnet' }, notes: [] });
	});

	test('a folder that somebody else has built is looked through too, and rolewright.json has its say', async () => {
		const { folder } = await workshop.built('Net472Role');
		const service = path.join(workshop.folder, 'prebuilt');
		const schema = 'http://schemas.microsoft.com/ServiceHosting/2008/10';
		const prepare = async (runtime: string | undefined) => {
			await mkdir(service, { recursive: true });
			await writeFile(
				path.join(service, 'ServiceDefinition.csdef'),
				`<ServiceDefinition name="Pre" xmlns="${schema}/ServiceDefinition"><WorkerRole name="Worker"><Runtime><EntryPoint>
				<NetFxEntryPoint assemblyName="Net472Role.dll" targetFrameworkVersion="v4.0" /></EntryPoint></Runtime></WorkerRole></ServiceDefinition>`,
			);
			await writeFile(
				path.join(service, 'rolewright.json'),
				JSON.stringify({ roles: { Worker: { code: folder, runtime } } }),
			);
			const said: string[] = [];
			const places = await prepareRoles(openService(service), {
				build: 'never',
				distFolder: path.dirname(path.dirname(files.targets)),
				cache: path.join(workshop.folder, 'cache'),
				stopped: new AbortController().signal,
				progress: text => said.push(text),
			});
			return { runtime: places.Worker?.runtime, said };
		};
		const free = await prepare(undefined);
		assert.match(free.said.join('\n'), /Net472Role uses WCF \(System\.ServiceModel\)|in a host that was tried on Mono/);
		assert.equal(free.runtime?.said, undefined);
		assert.deepEqual((await prepare('dotnet')).runtime, { name: 'dotnet', said: true });
	});

	test('a role that waits for a debugger runs on .NET, unless a person has said where it runs', async () => {
		const life = (runtime: DotnetRuntime) =>
			workshop.start('ClassicRole', '', {
				entry: { kind: 'assembly', assembly: 'ClassicRole.dll', runtime },
				waitForDebugger: true,
			});
		const attached = await life({ name: 'mono' });
		const hello = await attached.until(message => message.type === 'hello');
		assert.match(hello.type === 'hello' ? hello.runtime : '', /^\.NET \d/);
		attached.send(stop);
		assert.deepEqual(await attached.ended(), [
			"note: To be debugged, the role runs on .NET and not on Mono, where debuggers cannot attach to it; 'runtime' in rolewright.json can say otherwise.",
			'exited 0',
		]);
		if (!withoutMono) {
			const without = await life({ name: 'mono', said: true });
			await without.until(says('Run begins'));
			without.send({ type: 'debug' });
			await without.until(message => message.type === 'note' && /debug it from its next start/.test(message.text));
			without.send(stop);
			const lines = await without.ended();
			assert.equal(
				lines[0],
				"note: No debugger can be attached to a role on Mono from here, so it runs without: set 'runtime' to 'dotnet' for the role in rolewright.json to debug it.",
			);
			assert.equal(lines.at(-1), 'exited 0');
		}
	});
});

suite(`C# host on Mono${withoutMono ? ` (skipped: ${withoutMono})` : ''}`, () => {
	let workshop: Workshop;

	suiteSetup(async function () {
		if (withoutSdk ?? withoutMono) {
			this.skip();
		}
		workshop = await openWorkshop();
		await workshop.built('Net472Role');
		await workshop.built('ClassicRole');
	});

	suiteTeardown(() => workshop?.close());

	const start = (role: string, behaviour: string, assembly = `${role}.dll`) =>
		workshop.start(role, behaviour, { entry: { kind: 'assembly', assembly, runtime: { name: 'mono', said: true } } });

	test('the same life as on .NET, with its own app.config', async () => {
		const life = await start('Net472Role', '');
		const hello = await life.until(message => message.type === 'hello');
		assert.match(hello.type === 'hello' ? hello.runtime : '', /^Mono \d[\d.]*$/);
		await life.until(says('Run begins'));
		life.send({ type: 'checkStatus' });
		await life.until(says('status Ready'));
		life.send({ type: 'changing', changes: [{ kind: 'setting', name: 'Color' }] });
		await life.until(says('Changing ends {"cancel":false}'));
		life.send(stop);
		assert.deepEqual(await life.ended(), [
			'OnStart begins',
			'information: Color: red',
			'information: Fallback: from appSettings',
			'information: Nothing: null',
			'information: appSettings: from appSettings',
			'OnStart ends true',
			'Run begins',
			'status Ready',
			'Changing begins',
			'Changing ends {"cancel":false}',
			'Stopping begins',
			'Stopping ends',
			'OnStop begins',
			'OnStop ends',
			'exited 0',
		]);
	});

	test('trace listeners of app.config, named as Microsoft named them', async () => {
		const life = await start('ClassicRole', '');
		await life.until(says('information: ClassicRole is running'));
		life.send(stop);
		const lines = await life.ended();
		assert.deepEqual(
			lines.filter(line => line.startsWith('information: ClassicRole')),
			['has been started', 'is running', 'is stopping', 'has stopped'].map(text => `information: ClassicRole ${text}`),
		);
	});

	test('a lost connection ends the host', async () => {
		const { hostChannel } = await import('../../src/node/hosts/hostChannel');
		const channel = hostChannel();
		const entry = { kind: 'assembly', assembly: 'ClassicRole.dll', runtime: { name: 'mono', said: true } } as const;
		const life = await workshop.start('ClassicRole', '', { entry }, { channel });
		await life.until(says('Run begins'));
		await channel.close();
		assert.equal((await life.ended()).at(-1), 'exited 6');
	});

	test('what cannot be loaded is one sentence', async () => {
		const life = await start('ClassicRole', '', 'Nothing.dll');
		assert.match((await life.ended()).join('\n'), /^failed: The role's assembly Nothing\.dll is not in .*\nexited 5$/);
		const { dotnetFiles } = await import('../../src/node/dotnet/host');
		const entry = { kind: 'assembly', assembly: 'ClassicRole.dll', runtime: { name: 'mono', said: true } } as const;
		const unbuilt = await workshop.start('ClassicRole', '', { entry }, { files: dotnetFiles(workshop.folder) });
		assert.match((await unbuilt.ended())[0] ?? '', /^failed: This copy of Rolewright has no C# host/);
	});
});

/** Which package it is depends on the system. */
function packageOut(note: string): string {
	return note.replace(/(?<=install )(the package [\w.-]+|Mono \(brew install mono\))/, 'the package ...');
}
