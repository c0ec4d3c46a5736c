import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ChildSession } from '../../src/debug/childSession';
import { driveDebugger } from '../../src/debug/debuggerProgram';
import type { DebugWorld } from '../../src/debug/debugWorld';
import { createDebugSession } from '../../src/debug/session';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';
import { wallClock } from '../../src/node/clock';
import { findDotnet } from '../../src/node/dotnet/program';
import { startProcess } from '../../src/node/processes/processes';
import { type RunningService, startService } from '../../src/runner/startService';
import { type DebugAdapterClient, debugAdapterClient } from '../support/debugAdapterClient';

const project = path.resolve(import.meta.dirname, '../..');
const adapter = path.join(project, 'test/support/debugAdapter.mjs');
/** What tells of a life and its debugger; everything else is another test's. */
const telling = /^(debugger waiting|attach .*|call OnStart begin|state ReadyRole)$/;

suite('debugging the C# role of the sample, without an editor', function () {
	// The first build of the role is part of it.
	this.timeout(180_000);
	let folder: string;
	let opened: ReturnType<typeof openSession>;

	suiteSetup(function () {
		if (!findDotnet()) {
			this.skip();
		}
		folder = mkdtempSync(path.join(tmpdir(), 'rolewright-debug-'));
		const source = path.join(project, 'samples/Greetings');
		cpSync(source, path.join(folder, 'service'), { recursive: true, filter: file => !/[\\/](bin|obj)$/.test(file) });
	});
	teardown(() => opened.client.request('disconnect'));
	suiteTeardown(() => folder && rmSync(folder, { recursive: true, force: true }));

	test('it waits, is attached to and goes on, in the first life and in the next', async () => {
		opened = openSession(folder, {});
		await opened.launch();
		await opened.until('state ReadyRole');
		opened.recycle();
		await opened.until('state ReadyRole', 2);
		assert.deepEqual(
			opened.seen.filter(word => telling.test(word)),
			[
				...['debugger waiting', 'attach Ledger_IN_0', 'call OnStart begin', 'state ReadyRole'],
				...['debugger waiting', 'attach Ledger_IN_0 (life 2)', 'call OnStart begin', 'state ReadyRole'],
			],
		);
	});

	test('it runs on when its debugger dies', async () => {
		opened = openSession(folder, { ROLEWRIGHT_TEST_DEBUGGER: 'lost' });
		await opened.launch();
		await opened.until('state ReadyRole');
		await opened.until('program ended');
		const [ledger] = opened.service().deployment.snapshot.instances;
		assert.equal(ledger?.state, 'ReadyRole');
		assert.ok(process.kill(ledger?.pid ?? 0, 0));
	});
});

/** A debug session of ours, whose editor is this test and whose debugger is the tests' own. */
function openSession(folder: string, variables: Readonly<Record<string, string>>) {
	const seen: string[] = [];
	let heard = (): void => {};
	let running: RunningService | undefined;
	const see = (word: string): void => {
		seen.push(word);
		heard();
	};

	async function attach({ name, target }: ChildSession): Promise<void> {
		const child = startDebugger(variables, () => see('program ended'));
		await child.request('initialize');
		await child.request('attach', target.kind === 'dotnet' ? { processId: target.processId } : {});
		see(`attach ${name}`);
		await child.event('initialized');
		await child.request('configurationDone');
	}

	const world: DebugWorld = {
		clock: wallClock,
		running: () => assert.fail('nothing runs already'),
		async start({ service, instances }) {
			running = await startService({
				...{ path: service, roles: ['Ledger'], debug: instances, build: 'auto', onStopLimit: 30_000, timeFactor: 1 },
				...{ distFolder: path.join(project, 'dist'), stateFolder: path.join(folder, 'state'), progress: () => {} },
				onEntry: entry => see(wordOf(entry)),
			});
			return running;
		},
		outputOf: service => ({ url: service, urlLabel: 'Show Output' }),
		debuggers: { attach, detach: async () => {}, over: async () => {} },
	};
	const client: DebugAdapterClient = debugAdapterClient(request => void session.handle(request));
	const session = createDebugSession(world, client.receive);

	return {
		client,
		seen,
		launch: async () => {
			const launched = client.request('launch', { service: path.join(folder, 'service') });
			await client.request('configurationDone');
			await launched;
		},
		service: () => running ?? assert.fail('the service does not run'),
		recycle: () => running?.submit({ command: 'recycle', instance: 'Ledger_IN_0' }, 'editor'),
		/** Resolves when this was seen so many times. */
		async until(word: string, times = 1): Promise<void> {
			while (seen.filter(other => other === word).length < times) {
				await new Promise<void>(resolve => {
					heard = resolve;
				});
			}
		},
	};
}

function startDebugger(variables: Readonly<Record<string, string>>, ended: () => void): DebugAdapterClient {
	const running = startProcess({
		run: { command: adapter, args: ['--interpreter=vscode'] },
		...{ cwd: path.dirname(adapter), env: { ...process.env, ...variables }, stdin: 'pipe' },
	});
	const client = debugAdapterClient(request => driven.handle(request));
	const program = {
		write: (bytes: Buffer) => void running.stdin?.write(bytes),
		onData: (take: (chunk: Buffer) => void) => void running.stdout?.on('data', take),
		ended: running.exited.then(() => 'it ended'),
		close: () => void running.stdin?.end(),
		kill: () => running.kill(),
	};
	const driven = driveDebugger(program, wallClock, client.receive);
	void running.exited.then(ended);
	return client;
}

function wordOf(entry: JournalEntry): string {
	switch (entry.event) {
		case 'debugger':
			return `debugger ${entry.phase}`;
		case 'call':
			return `call ${entry.call} ${entry.phase}`;
		case 'state':
			return `state ${entry.state}`;
		default:
			return entry.event;
	}
}
