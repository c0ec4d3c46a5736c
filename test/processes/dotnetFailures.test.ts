import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FromHost, ToHost } from '../../src/lifecycle/hostVocabulary';
import type { RoleEnvironment } from '../../src/lifecycle/roleEnvironment';
import type { DotnetRuntime, RoleLife } from '../../src/lifecycle/roleHost';
import { findDotnet } from '../../src/node/dotnet/program';
import { outputOf } from '../../src/node/hosts/programOutput';
import { childEnvironment } from '../../src/node/processes/childEnvironment';
import {
	copyFixture,
	files,
	type Life,
	lineOf,
	openWorkshop,
	says,
	type Workshop,
	withoutMono,
	withoutSdk,
} from './dotnetRole';

/** What makes the role fail once it runs; the place in its source is the line with this text. */
interface Failing {
	readonly order?: (life: RoleLife) => ToHost;
	/** The call that fails; left out where it is on a thread of the role's own. */
	readonly call?: string;
	readonly type?: string;
	readonly message?: string;
	readonly line?: string;
}

const changes = [{ kind: 'setting', name: 'Color' }] as const;
const topology = [{ kind: 'topology', role: 'FailingRole' }] as const;
const environment = (life: RoleLife): RoleEnvironment => life.environment;

const failures: Readonly<Record<string, Failing>> = {
	constructor: {},
	OnStart: { call: 'OnStart', line: '// OnStart' },
	Run: { call: 'Run', line: '// Run' },
	OnStop: { call: 'OnStop', line: '// OnStop', order: () => ({ type: 'stop', raiseStopping: true }) },
	Stopping: { call: 'Stopping', order: () => ({ type: 'stop', raiseStopping: true }) },
	Changing: { call: 'Changing', order: () => ({ type: 'changing', changes }) },
	Changed: { call: 'Changed', order: life => ({ type: 'changed', changes, environment: environment(life) }) },
	SimultaneousChanging: {
		call: 'SimultaneousChanging',
		order: () => ({ type: 'simultaneousChanging', changes: topology }),
	},
	SimultaneousChanged: {
		call: 'SimultaneousChanged',
		order: life => ({ type: 'simultaneousChanged', changes: topology, environment: environment(life) }),
	},
	StatusCheck: { order: () => ({ type: 'checkStatus' }) },
	thread: { message: 'on a thread', line: '// thread' },
	pool: { message: 'on the pool', line: '// pool' },
	timer: { message: 'in a timer', line: '// timer' },
	task: { call: 'OnStart', message: 'in a task', line: '// task' },
	tasks: {
		call: 'OnStart',
		type: 'System.AggregateException',
		message: 'One or more errors occurred. (one) (two)',
		line: '// tasks',
	},
	inner: {
		call: 'OnStart',
		message: 'wrapped (caused by System.FormatException: the reason)',
		line: '// inner',
	},
	settings: {
		call: 'OnStart',
		type: 'Microsoft.WindowsAzure.ServiceRuntime.RoleEnvironmentException',
		message:
			"The role 'FailingRole' has no setting 'Nowhere': declare it in the service definition and give it a value in the service configuration.",
		line: '// settings',
	},
};

interface Place {
	readonly name: string;
	readonly runtime: DotnetRuntime;
	readonly lacks: string | undefined;
	readonly failures: readonly string[];
	/** A missing assembly is met when its method is compiled: in its first line, or where it is called. */
	readonly missing: string;
}

const places: readonly Place[] = [
	{
		name: '.NET',
		runtime: { name: 'dotnet' },
		lacks: withoutSdk,
		failures: Object.keys(failures),
		missing: '// compiled',
	},
	{
		// One of each way; Mono starts slowly, and its line of a `throw` that ends a block is the last of the block.
		name: 'Mono',
		runtime: { name: 'mono' },
		lacks: withoutSdk ?? withoutMono,
		failures: ['OnStart', 'Run', 'Changing', 'StatusCheck', 'thread', 'task', 'tasks', 'inner'],
		missing: '// missing',
	},
];

for (const { name, runtime, lacks, missing, ...place } of places) {
	suite(`failures inside role code on ${name}${lacks ? ` (skipped: ${lacks})` : ''}`, () => {
		let workshop: Workshop;

		suiteSetup(async function () {
			if (lacks) {
				this.skip();
			}
			workshop = await openWorkshop();
			await workshop.built('FailingRole');
		});

		suiteTeardown(() => workshop?.close());

		async function start(behaviour: string): Promise<Life> {
			const entry = { kind: 'assembly', assembly: 'FailingRole.dll', runtime } as const;
			return workshop.start('FailingRole', behaviour, { entry });
		}

		for (const behaviour of place.failures) {
			const failing = failures[behaviour] ?? {};
			test(`${behaviour}: type, message, file and line`, async () => {
				const life = await start(behaviour);
				if (failing.order) {
					await life.until(says('Run begins'));
					life.send(failing.order(life.life));
				}
				const lines = await life.ended();
				const { type = 'System.InvalidOperationException', message = behaviour } = failing;
				const line = await lineOf('FailingRole/WorkerRole.cs', failing.line ?? `Exception("${message}")`);
				const error = `${type}: ${message} (${line})`;
				const expected = [`fault ${error}`, 'exited 4'];
				assert.deepEqual(lines.slice(-2), expected, lines.join('\n'));
				if (failing.call !== undefined) {
					assert.equal(lines.at(-3), `${failing.call} fails ${error}`);
				}
			});
		}

		// Built by hand, which takes its time: once is enough.
		if (runtime.name === 'dotnet') {
			test('symbols inside the assembly, as somebody else has built it', async () => {
				const dotnet = findDotnet();
				assert.ok(dotnet);
				const project = await copyFixture(workshop.folder, 'FailingRole', `embedded ${name}`);
				const output = path.join(workshop.folder, `embedded ${name}`);
				const facades = `-p:RolewrightFacades=${files.facades}/`;
				const targets = `-p:CustomAfterMicrosoftCommonTargets=${files.targets}`;
				const args = [
					'build',
					project,
					'-p:DebugType=embedded',
					targets,
					facades,
					'-p:UseSharedCompilation=false',
					'-o',
					output,
				];
				const built = await outputOf(dotnet, args, { limit: 100_000, env: childEnvironment() });
				assert.equal(built.exitCode, 0, built.stdout);
				assert.ok(!existsSync(path.join(output, 'FailingRole.pdb')));
				const usual = await workshop.lifeOf('FailingRole', 'OnStart');
				const life = await workshop.start('FailingRole', 'OnStart', {
					entry: { kind: 'assembly', assembly: 'FailingRole.dll', runtime },
					folders: { ...usual.folders, approot: output },
				});
				assert.equal(placeOf(await faultOf(life)), await lineOf('FailingRole/WorkerRole.cs', '// OnStart'));
			});
		}

		/** The fault of a copy of the role whose symbols were changed. */
		async function faultWithSymbols(change: (folder: string) => Promise<void>) {
			const { folder } = await workshop.built('FailingRole');
			const copy = path.join(workshop.folder, `symbols ${name}`);
			await cp(folder, copy, { recursive: true });
			await change(copy);
			const usual = await workshop.lifeOf('FailingRole', 'OnStart');
			const life = await workshop.start('FailingRole', 'OnStart', {
				entry: { kind: 'assembly', assembly: 'FailingRole.dll', runtime },
				folders: { ...usual.folders, approot: copy },
			});
			return faultOf(life);
		}

		test('symbols in the format of Windows: no line, and why', async function () {
			if (process.platform === 'win32') {
				this.skip();
			}
			const fault = await faultWithSymbols(folder =>
				writeFile(path.join(folder, 'FailingRole.pdb'), 'Microsoft C/C++ MSF 7.00\r\n\u001aDS\0\0\0'),
			);
			assert.equal(
				fault.message,
				"OnStart Its file and line are not known, because FailingRole.pdb is in the format of Windows: build with DebugType 'portable'.",
			);
			assert.equal(fault.file, undefined);
		});

		if (runtime.name === 'dotnet') {
			test('symbols in the format of Mono: no line, and why', async () => {
				const fault = await faultWithSymbols(async folder => {
					await rm(path.join(folder, 'FailingRole.pdb'));
					await writeFile(path.join(folder, 'FailingRole.dll.mdb'), '');
				});
				assert.equal(
					fault.message,
					"OnStart Its file and line are not known, because FailingRole.dll.mdb is in a format that only Mono reads: build with DebugType 'portable'.",
				);
			});
		}

		test('a type initializer: what it threw, where, and the type that is broken', async () => {
			const fault = await faultOf(await start('initializer'));
			assert.equal(fault.type, 'System.FormatException');
			assert.match(
				fault.message,
				/It was thrown by the type initializer of FailingRole\.WorkerRole(\.|\+|\/)Broken\.$|of Broken\.$/,
			);
			assert.equal(placeOf(fault), await lineOf('FailingRole/WorkerRole.cs', '// initializer'));
		});

		test("a missing assembly fails where its method is compiled, past the role's own catch, and is named", async () => {
			const fault = await faultOf(await start('missing'));
			assert.equal(fault.type, 'System.IO.FileNotFoundException');
			assert.match(
				fault.message,
				/System\.Messaging \(asked for by FailingRole\) is message queuing of Windows, which (\.NET|Mono) [\d.]+ does not have\. Run the role on/,
			);
			assert.equal(placeOf(fault), await lineOf('FailingRole/WorkerRole.cs', missing));
		});

		test('a crash leaves a note, and folders to be collected are made', async () => {
			const usual = await workshop.lifeOf('FailingRole', 'crashNote');
			const store = path.join(usual.folders.resources, `DiagnosticStore ${name}`);
			const localResources = [{ name: 'DiagnosticStore', path: `${store}${path.sep}`, sizeInMB: 4096 }];
			const life = await workshop.start('FailingRole', 'crashNote', {
				entry: { kind: 'assembly', assembly: 'FailingRole.dll', runtime },
				environment: { ...usual.environment, localResources },
			});
			const notes = (await life.ended()).filter(line => line.startsWith('note: '));
			const [note, ...others] = await readdir(path.join(store, 'CrashDumps'));
			assert.deepEqual(others, []);
			assert.deepEqual(notes, [
				`note: Diagnostics are not transferred to storage here; their files stay in ${path.join(store, 'own')}.`,
				`note: A note of the crash is in ${path.join(store, 'CrashDumps', note ?? '')}.`,
			]);
			assert.deepEqual(await readdir(path.join(store, 'own')), []);
			const text = await readFile(path.join(store, 'CrashDumps', note ?? ''), 'utf8');
			assert.match(text, /^System\.InvalidOperationException: noted\n.*WorkerRole\.OnStart/);
		});
	});
}

async function faultOf(life: Life) {
	const fault = await life.until(message => message.type === 'fault');
	await life.ended();
	return (fault as Extract<FromHost, { type: 'fault' }>).error;
}

function placeOf({ file, line }: { readonly file?: string; readonly line?: number }): string {
	return `${path.basename(file ?? 'nowhere')}:${line}`;
}
