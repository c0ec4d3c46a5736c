import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RoleEnvironment } from '../../src/lifecycle/roleEnvironment';
import type { InstanceFolders, RoleProcess } from '../../src/lifecycle/roleHost';
import { startProgramHost } from '../../src/node/hosts/programHost';
import { outputOf } from '../../src/node/hosts/programOutput';
import { childEnvironment } from '../../src/node/processes/childEnvironment';
import { findProgram } from '../../src/node/processes/programs';
import { HeardMessages } from './heardMessages';
import { environment, instanceFolders, roleLife } from './roleLives';

/** The class path of the unmodified library `com.microsoft.azure:azure-serviceruntime:0.9.x` and of JAXB, which JDKs lack since 11. */
const library = process.env.ROLEWRIGHT_JAVA_LIBRARY;

suite('A program that uses the Java library azure-serviceruntime', () => {
	let folders: InstanceFolders & { remove(): void };
	let program: RoleProcess;
	let heard: HeardMessages;

	const classes = path.join(tmpdir(), `rolewright-java-${process.pid}`);

	suiteSetup(async function () {
		const javac = findProgram('javac');
		if (!library || !javac) {
			console.log(
				'      Left out: name the class path of the library as ROLEWRIGHT_JAVA_LIBRARY, and have a JDK on the path (docs/program-roles.md).',
			);
			this.skip();
		}
		const worker = path.resolve(__dirname, '../fixtures/roles/AzureWorker.java');
		const compiled = await outputOf(javac, ['-d', classes, '-cp', library, worker], {
			env: childEnvironment(),
			limit: 100_000,
		});
		assert.equal(compiled.exitCode, 0, compiled.stderr);
	});

	suiteTeardown(() => rmSync(classes, { recursive: true, force: true }));

	teardown(async () => {
		program.kill();
		await heard.until(/^exited/);
		folders.remove();
	});

	async function up(settings: Readonly<Record<string, string>> = { Greeting: 'hello' }): Promise<void> {
		folders = instanceFolders();
		heard = new HeardMessages();
		const commandLine = 'java -cp "$JAVA_CLASSES" AzureWorker';
		const entry = { kind: 'program', commandLine, readyOnStart: true } as const;
		const life = roleLife(folders, entry, { settings });
		const variables = { ...life.variables, JAVA_CLASSES: [classes, library].join(path.delimiter) };
		program = startProgramHost({ incarnations: new Map() }, { ...life, variables }, entry, heard.hear);
		await heard.until('stdout: up', 60_000);
	}

	/** A change of the configuration, as the fabric makes one; gives how the program answered. */
	async function change(next: RoleEnvironment): Promise<string | undefined> {
		const ends = (): readonly string[] => heard.calls().filter(word => word.startsWith('Changing end'));
		const before = ends().length;
		const changes = [{ kind: 'setting', name: 'Greeting' }] as const;
		program.send({ type: 'changing', changes, environment: next });
		while (ends().length === before) {
			await heard.next();
		}
		const answer = ends().at(-1);
		if (answer === 'Changing end {"cancel":false}') {
			program.send({ type: 'changed', changes, environment: next });
		}
		return answer;
	}

	const greet = (Greeting: string): Promise<string | undefined> => change(environment(folders, { Greeting }));

	test('sees its environment and says that it is busy', async () => {
		await up({ Greeting: 'grüße & <küsse>', Empty: '' });
		await heard.until('status Busy');
		assert.deepEqual(heard.output(), [
			'available true',
			'emulated true',
			'deployment deployment1(3)',
			'settings {Empty=, Greeting=grüße & <küsse>}',
			`resource Scratch ${folders.resources}${path.sep} 64`,
			'instance Worker_IN_0 of Worker, domains 0 0',
			'endpoint HTTP 8080',
			'roles [Worker]',
			'up',
		]);
		assert.deepEqual(heard.calls(), ['hello program', 'status Busy']);
	});

	test('follows changes of settings and of the topology, one after the other', async () => {
		await up();
		assert.equal(await greet('be ready'), 'Changing end {"cancel":false}');
		await heard.until('status Ready');
		await greet('say ready');
		await heard.until('stdout: cannot say Ready');
		const scaled = environment(folders, { Greeting: 'hello' });
		const [worker] = scaled.roles;
		assert.ok(worker);
		const more = worker.instances.map(each => ({ ...each, id: 'Worker_IN_1' }));
		await change({ ...scaled, roles: [{ ...worker, instances: [...worker.instances, ...more] }] });
		await heard.until(/^stdout: changed .*role Worker/);
		assert.deepEqual(
			heard.output().filter(line => line.startsWith('chang')),
			[
				'changing Greeting, still be ready',
				'changed Greeting to be ready',
				'changing Greeting, still say ready',
				'changed Greeting to say ready',
				'changing Greeting, role Worker, still hello',
				'changed Greeting, role Worker to hello',
			],
		);
	});

	test('is busy for as long as it has said', async () => {
		await up();
		await greet('be ready');
		await heard.until('status Ready');
		await greet('be busy for a moment');
		const statuses = (): string[] => heard.words().filter(word => word.startsWith('status'));
		while (statuses().length < 4) {
			await heard.next();
		}
		assert.deepEqual(statuses(), ['status Busy', 'status Ready', 'status Busy', 'status Ready']);
	});

	test('refuses a change', async () => {
		await up({ Greeting: 'hello', Refuse: 'yes' });
		assert.equal(
			await change(environment(folders, { Greeting: 'other', Refuse: 'yes' })),
			'Changing end {"cancel":true}',
		);
		assert.ok(!heard.words().includes('requestRecycle'));
		assert.ok(!heard.output().some(line => line.startsWith('changed')));
	});

	test('asks to be recycled', async () => {
		await up();
		await greet('recycle');
		await heard.until('requestRecycle');
	});

	test('accepts a change without a word where it never set a status', async () => {
		await up({ Greeting: 'hello', Silent: 'yes' });
		assert.equal(await change(environment(folders, { Greeting: 'other' })), 'Changing end {"cancel":false}');
		await heard.until('stdout: changed Greeting, Silent to other');
		assert.deepEqual(
			heard.calls().filter(word => word.startsWith('status')),
			[],
		);
	});

	test('is told to stop, and ends by itself', async () => {
		await up({ Greeting: 'hello', Stop: 'ends' });
		await heard.until('status Busy');
		program.send({ type: 'stop', raiseStopping: true });
		await heard.until(/^exited/);
		assert.equal(heard.output().at(-1), 'stopping');
		// Its handler ends it from another thread, so the client may or may not have said that it was told.
		assert.deepEqual(
			heard.calls().filter(word => word !== 'Stopping end'),
			['hello program', 'status Busy', 'Stopping begin', 'exited 0'],
		);
	});

	test('is asked to end where it only says that it was told', async () => {
		await up();
		program.send({ type: 'stop', raiseStopping: true });
		await heard.until('Stopping end');
		await heard.until('exited SIGTERM', 20_000);
	});
});
