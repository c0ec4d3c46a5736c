import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Parts } from '../../src/extension/main';
import { watchSessions } from './debugSessions';
import { debuggerLog, forgetDebuggerLog, ownDebugger, rolewright, useDebugger, withoutDebuggers } from './ownDebugger';
import { breakAt, lives, pressF5, runOf } from './runs';
import { eventually, filesOfSample, shop, withService } from './support';

const service = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const definition = path.join(service, 'ServiceDefinition.csdef');
const worker = path.join(service, 'FrontDesk', 'worker.js');
const ledger = path.join(service, 'Ledger', 'WorkerRole.cs');

suite('debugging in the editor', function () {
	// A machine may have much else to do; a first build of the C# role has a limit of its own.
	this.timeout(240_000);
	/** What tests left standing: the test before tells nothing of it, and those after are not lost by it. */
	const left: string[] = [];
	let parts: Parts;
	let sessions: ReturnType<typeof watchSessions>;
	let run: ReturnType<typeof runOf>;

	suiteSetup(async () => {
		parts = await rolewright().activate();
		await parts.files.searched;
		run = runOf(parts.running, definition);
	});

	setup(() => {
		sessions = watchSessions();
		forgetDebuggerLog();
	});

	teardown(async function () {
		vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
		const names = await sessions.endAll(15_000);
		left.push(...names.map(name => `${name}, after "${this.currentTest?.title}"`));
		sessions.dispose();
		void parts.running.stop(definition);
		await parts.running.stop(definition);
		await useDebugger(undefined);
		delete process.env.ROLEWRIGHT_TEST_DEBUGGER;
	});

	test('breakpoints in OnStart are hit in the first life and, without a gesture, in the next', async function () {
		this.timeout(480_000);
		await useDebugger(ownDebugger());
		const line = breakAt(worker, 'const page =');
		await pressF5(definition);

		const first = await sessions.nextStop();
		assert.deepEqual([first.file, first.line], [worker, line]);
		assert.deepEqual(first.names.slice(-2), ['FrontDesk_IN_0', 'Debug Greetings']);
		assert.equal(await first.evaluate('role.instance.id'), "'FrontDesk_IN_0'");
		await first.goOn();
		await run.becomes('FrontDesk_IN_0', 'ReadyRole');
		await run.becomes('Ledger_IN_0', 'ReadyRole');
		const firstLife = run.pidOf('Ledger_IN_0');

		await run.recycle('FrontDesk_IN_0');
		const second = await sessions.nextStop();
		assert.deepEqual([second.file, second.line], [worker, line]);
		assert.deepEqual(second.names.slice(-2), ['FrontDesk_IN_0 (life 2)', 'Debug Greetings']);
		await second.goOn();
		await run.becomes('FrontDesk_IN_0', 'ReadyRole');

		await run.recycle('Ledger_IN_0');
		await sessions.session('Ledger_IN_0 (life 2)');
		await run.becomes('Ledger_IN_0', 'ReadyRole');
		const secondLife = run.pidOf('Ledger_IN_0');
		await stop();
		assert.deepEqual(debuggerLog(), [
			{ request: 'attach', processId: firstLife, lives: true },
			{ saw: 'end', processId: firstLife },
			{ request: 'attach', processId: secondLife, lives: true },
			{ request: 'disconnect', terminateDebuggee: false },
		]);
		assert.deepEqual([lives(firstLife), lives(secondLife)], [false, false]);
	});

	test('with a real .NET debugger a breakpoint in OnStart is hit in both lives', async function () {
		if (!process.env.ROLEWRIGHT_DOTNET_DEBUGGER) {
			this.skip();
		}
		const line = breakAt(ledger, 'RoleEnvironment.Changing +=');
		await launch(['Ledger_IN_0']);
		for (const name of ['Ledger_IN_0', 'Ledger_IN_0 (life 2)']) {
			const stop = await sessions.nextStop();
			assert.deepEqual([stop.file, stop.line, stop.names.at(-2)], [ledger, line, name]);
			await stop.goOn();
			await run.becomes('Ledger_IN_0', 'ReadyRole');
			if (name === 'Ledger_IN_0') {
				await run.recycle('Ledger_IN_0');
			}
		}
		await stop();
	});

	test('a service is stopped while it stands at a breakpoint', async () => {
		breakAt(worker, 'const page =');
		await launch(['FrontDesk_IN_0']);
		await sessions.nextStop();
		await stop();
	});

	test('an instance whose debugger is lost runs on, and is debugged again in its next life', async () => {
		await useDebugger(ownDebugger());
		process.env.ROLEWRIGHT_TEST_DEBUGGER = 'lost';
		await launch(['Ledger_IN_0']);
		await run.becomes('Ledger_IN_0', 'ReadyRole');
		const life = run.pidOf('Ledger_IN_0');
		await sessions.gone('Ledger_IN_0');
		assert.ok(lives(life));
		delete process.env.ROLEWRIGHT_TEST_DEBUGGER;
		await run.recycle('Ledger_IN_0');
		await sessions.session('Ledger_IN_0 (life 2)');
		await run.becomes('Ledger_IN_0', 'ReadyRole');
		await stop();
	});

	test('an instance whose debugger dies while its process stands starts anew, and is debugged there', async () => {
		await useDebugger(ownDebugger());
		process.env.ROLEWRIGHT_TEST_DEBUGGER = 'lostAtStop';
		await launch(['Ledger_IN_0']);
		await sessions.session('Ledger_IN_0');
		await sessions.gone('Ledger_IN_0');
		delete process.env.ROLEWRIGHT_TEST_DEBUGGER;
		await sessions.session('Ledger_IN_0 (life 2)');
		await run.becomes('Ledger_IN_0', 'ReadyRole');
		await stop();
		assert.deepEqual(sessions.important(), [
			'The debugger of Ledger_IN_0 died, and a process cannot go on without it; the instance starts anew.\n',
		]);
	});

	test('a debugger that never answers is given up after ten seconds, and the instance runs on', async () => {
		await useDebugger(ownDebugger());
		process.env.ROLEWRIGHT_TEST_DEBUGGER = 'silent';
		await launch(['Ledger_IN_0']);
		await run.becomes('Ledger_IN_0', 'ReadyRole');
		await sessions.gone('Ledger_IN_0');
		await stop();
	});

	test('without a .NET debugger the instance runs on, and that is said once', async () => {
		const given = { ...process.env };
		Object.assign(process.env, { ROLEWRIGHT_DOTNET_DEBUGGER: '', PATH: withoutDebuggers(given.PATH ?? '') });
		try {
			await launch(['Ledger_IN_0', 'FrontDesk_IN_0']);
			await run.becomes('Ledger_IN_0', 'ReadyRole');
			await run.recycle('Ledger_IN_0');
			await run.becomes('Ledger_IN_0', 'ReadyRole');
		} finally {
			Object.assign(process.env, given);
		}
		await stop();
		const told = sessions.important().map(text => text.slice(0, 60));
		assert.deepEqual(told, ['No .NET debugger was found, so C# roles run without one. Ins']);
	});

	test('an instance of a running service is debugged from its next life, and leaving lets it run on', async () => {
		await parts.running.start({ service: definition, debug: [] });
		await run.becomes('FrontDesk_IN_0', 'ReadyRole');
		const line = breakAt(worker, 'const page =');
		await vscode.commands.executeCommand('rolewright.debugInstance', run.nodeOf('FrontDesk_IN_0'));
		const stop = await sessions.nextStop();
		assert.deepEqual([stop.line, stop.names.at(-2)], [line, 'FrontDesk_IN_0 (life 2)']);
		await press('disconnect', 'Debug Greetings');
		await sessions.allOver();
		await run.becomes('FrontDesk_IN_0', 'ReadyRole');
		await parts.running.stop(definition);
	});

	test('a debugger comes to an instance that runs, and leaves it running', async () => {
		await parts.running.start({ service: definition, debug: [] });
		await run.becomes('FrontDesk_IN_0', 'ReadyRole');
		const pid = run.pidOf('FrontDesk_IN_0');
		await vscode.commands.executeCommand('rolewright.attachInstance', run.nodeOf('FrontDesk_IN_0'));
		await run.until(() => run.snapshotOf('FrontDesk_IN_0')?.debugger === 'attached');
		await vscode.commands.executeCommand('rolewright.detachInstance', run.nodeOf('FrontDesk_IN_0'));
		await run.until(() => run.snapshotOf('FrontDesk_IN_0')?.debugger === 'none');
		assert.equal(run.pidOf('FrontDesk_IN_0'), pid);
		await press('stop', 'Debug Greetings');
		await sessions.allOver();
		await run.until(() => parts.running.runOf(definition) === undefined);
	});

	test('Restart, Stop and Disconnect of an instance mean that instance alone, and those of the service all', async () => {
		await withService(shop(), async at => {
			const here = at('ServiceDefinition.csdef').fsPath;
			const stall = runOf(parts.running, here);
			breakAt(at('Clerk/clerk.js').fsPath, 'the shop opens');
			const configuration = { type: 'rolewright', request: 'launch', name: 'Debug Shop', service: here };
			await vscode.debug.startDebugging(undefined, { ...configuration, instances: ['Clerk_IN_0'] });
			const standsIn = async (name: string) => {
				const stop = await sessions.nextStop();
				assert.equal(stop.names.at(-2), name);
				await eventually(
					vscode.debug.onDidChangeActiveDebugSession,
					() => vscode.debug.activeDebugSession?.id,
					stop.session.id,
				);
				return stop;
			};
			const pressInFocus = (button: string) => vscode.commands.executeCommand(`workbench.action.debug.${button}`);

			await standsIn('Clerk_IN_0');
			await stall.becomes('Clerk_IN_1', 'ReadyRole');
			const other = stall.pidOf('Clerk_IN_1');
			await pressInFocus('restart');
			await standsIn('Clerk_IN_0 (life 2)');
			await pressInFocus('stop');
			await stall.becomes('Clerk_IN_0', 'StoppedVM');
			await sessions.gone('Clerk_IN_0 (life 2)');
			await vscode.commands.executeCommand('rolewright.startInstance', stall.nodeOf('Clerk_IN_0'));
			await standsIn('Clerk_IN_0 (life 3)');
			await pressInFocus('disconnect');
			await stall.becomes('Clerk_IN_0', 'ReadyRole');
			await sessions.gone('Clerk_IN_0 (life 3)');
			await stall.recycle('Clerk_IN_0');
			await stall.becomes('Clerk_IN_0', 'ReadyRole');
			assert.equal(stall.pidOf('Clerk_IN_1'), other);
			const asked = stall.journal().flatMap(entry => (entry.event === 'command' ? [entry.command] : []));
			assert.deepEqual(
				asked,
				['recycle', 'stop', 'start', 'recycle'].map(word => `${word} Clerk_IN_0`),
			);

			const before = parts.running.runOf(here)?.service;
			await (await sessions.session('Debug Shop')).customRequest('restart');
			const again = await standsIn('Clerk_IN_0');
			assert.ok(parts.running.runOf(here)?.service !== before, 'it runs anew');
			await again.goOn();
			await press('disconnect', 'Debug Shop');
			await sessions.allOver();
			await stall.becomes('Clerk_IN_0', 'ReadyRole');
			await parts.running.stop(here);
		});
	});

	for (const moment of ['waiting', 'attached'] as const) {
		test(`a service that stops while a debugger is ${moment === 'waiting' ? 'on its way' : 'just there'} leaves no session`, async () => {
			await withService(shop(), async at => {
				const here = at('ServiceDefinition.csdef').fsPath;
				const stall = runOf(parts.running, here);
				const configuration = { type: 'rolewright', request: 'launch', name: 'Debug Shop', service: here };
				const instances = ['Clerk_IN_0', 'Clerk_IN_1'];
				const launched = vscode.debug.startDebugging(undefined, { ...configuration, instances });
				await stall.until(() => instances.some(each => stall.snapshotOf(each)?.debugger === moment));
				await vscode.debug.stopDebugging(await sessions.session('Debug Shop'));
				await launched;
				await sessions.allOver();
				assert.equal(parts.running.runOf(here)?.state, undefined);
			});
		});
	}

	test('an instance in staging is debugged from its next life, and left', async () => {
		await withService(shop(), async at => {
			const here = at('ServiceDefinition.csdef').fsPath;
			const stall = runOf(parts.running, here);
			const service = await parts.running.start({ service: here, debug: [] });
			await stall.becomes('Clerk_IN_1', 'ReadyRole');
			await vscode.commands.executeCommand('rolewright.stageService', { definition: here });
			const staged = () => parts.running.runOf(here)?.snapshot?.staging?.instances[0];
			await stall.until(() => staged()?.state === 'ReadyRole');
			const line = breakAt(at('Clerk/clerk.js').fsPath, 'the shop opens');
			const node = { kind: 'instance', definition: here, role: 'staging:Clerk', instance: 'staging:Clerk_IN_0' };
			await vscode.commands.executeCommand('rolewright.debugInstance', node);
			const stop = await sessions.nextStop();
			assert.deepEqual([stop.line, stop.names.at(-2)], [line, 'staging:Clerk_IN_0 (life 2)']);
			const threads = await (await sessions.session('Debug Shop')).customRequest('threads');
			assert.deepEqual(
				threads.threads.map(({ name }: { name: string }) => /^(?:staging:)?[^:]+/.exec(name)?.[0]),
				['Clerk_IN_0', 'Clerk_IN_1', 'staging:Clerk_IN_0', 'staging:Clerk_IN_1'],
			);
			await vscode.commands.executeCommand('rolewright.detachInstance', node);
			await stall.until(() => staged()?.state === 'ReadyRole' && staged()?.debugger === 'none');
			assert.equal(service.deployment.snapshot.instances[0]?.life, 1);
		});
	});

	test('the lifecycle itself is stopped, stepped through and goes on', async () => {
		await launch([]);
		await run.becomes('FrontDesk_IN_0', 'ReadyRole');
		const session = await sessions.session('Debug Greetings');
		await session.customRequest('setExceptionBreakpoints', { filters: ['stopping'] });
		await vscode.commands.executeCommand('rolewright.recycleInstance', run.nodeOf('FrontDesk_IN_0'));
		const stop = await sessions.nextStop();
		assert.deepEqual(
			[stop.names, stop.frame, stop.file],
			[['Debug Greetings'], 'Stopping, then OnStop', definition],
			'it stands, and the role is shown where it is declared',
		);
		const row = () => parts.tree.getTreeItem({ kind: 'service', definition }).description;
		assert.equal(row(), 'Paused by the debugger');
		assert.equal(run.snapshotOf('FrontDesk_IN_0')?.life, 1);
		await session.customRequest('next', { threadId: 1 });
		const step = await sessions.nextStop();
		assert.equal(step.frame, 'Restart: recycle FrontDesk_IN_0 (editor)');
		await step.goOn();
		await run.until(() => run.snapshotOf('FrontDesk_IN_0')?.life === 2);
		await run.becomes('FrontDesk_IN_0', 'ReadyRole');
		assert.equal(row(), 'Running');
	});

	test('a breakpoint in TypeScript is hit where its source map says', async () => {
		// Line by line the same, as a compiler writes it that has only types to take away.
		const typed =
			'exports.onStart = () => {\n\tconst price: number = 3;\n\tconsole.log(price);\n};\nexports.run = () => new Promise(() => {});\n';
		const mappings = ['AAAA', 'AACA', 'AACA', 'AACA', 'AACA'].join(';');
		const map = { version: 3, file: 'clerk.js', sources: ['clerk.ts'], names: [], mappings };
		const files = {
			...shop(`${typed.replace(': number', '')}//# sourceMappingURL=clerk.js.map\n`),
			'Clerk/clerk.ts': typed,
			'Clerk/clerk.js.map': JSON.stringify(map),
		};
		await withService(files, async at => {
			const source = at('Clerk/clerk.ts').fsPath;
			const line = breakAt(source, 'console.log(price)');
			const configuration = { type: 'rolewright', request: 'launch', name: 'Debug Shop' };
			await vscode.debug.startDebugging(undefined, { ...configuration, service: at('ServiceDefinition.csdef').fsPath });
			const stop = await sessions.nextStop();
			assert.deepEqual([stop.file, stop.line, await stop.evaluate('price')], [source, line, '3']);
			await vscode.debug.stopDebugging();
			await sessions.allOver();
		});
	});

	test('Stop during a build ends the build', async () => {
		await withService(await filesOfSample(), async at => {
			const unbuilt = at('ServiceDefinition.csdef').fsPath;
			const building = new Promise<void>(resolve => {
				const listening = parts.running.onDidPrepare(() => {
					listening.dispose();
					resolve();
				});
			});
			const launched = vscode.debug.startDebugging(undefined, {
				...{ type: 'rolewright', request: 'launch', name: 'Debug Unbuilt', service: unbuilt },
			});
			await building;
			await vscode.debug.stopDebugging();
			await launched;
			await sessions.allOver();
			assert.deepEqual(
				parts.running.all().map(each => each.definition),
				[],
			);
		});
	});

	test('a build that fails leaves nothing running, and what it wrote can be read', async () => {
		const broken = { ...(await filesOfSample()), 'Ledger/Book.cs': 'namespace Ledger { public class Book {' };
		await withService(broken, async at => {
			const written: string[] = [];
			const listening = parts.running.onDidPrepare(({ text }) => written.push(text));
			await vscode.commands.executeCommand('rolewright.startService', at('ServiceDefinition.csdef').fsPath);
			listening.dispose();
			assert.deepEqual(
				parts.running.all().map(each => each.definition),
				[],
			);
			assert.match(written.join('\n'), /Book\.cs.*error CS1513/);
		});
	});

	test('no test before has left a session standing', () => {
		assert.deepEqual(left, []);
	});

	/** A button of the session's row in the call stack. */
	async function press(button: 'stop' | 'disconnect', name: string): Promise<void> {
		const { id } = await sessions.session(name);
		await vscode.commands.executeCommand(`workbench.action.debug.${button}`, name, { sessionId: id });
	}

	async function launch(instances: readonly string[]): Promise<void> {
		const folder = vscode.workspace.workspaceFolders?.[0];
		const configuration = {
			type: 'rolewright',
			request: 'launch',
			name: 'Debug Greetings',
			service: definition,
			instances,
		};
		assert.ok(await vscode.debug.startDebugging(folder, configuration));
	}

	async function stop(): Promise<void> {
		await vscode.debug.stopDebugging(await sessions.session('Debug Greetings'));
		await sessions.allOver();
		// Read as a word: of a service that still runs the assertion would print all that hangs on it, for minutes and gigabytes.
		const state = () => (parts.running.runOf(definition) ? 'running' : 'stopped');
		await eventually(parts.running.onDidChange, state, 'stopped');
	}
});
