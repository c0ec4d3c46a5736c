import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Parts } from '../../src/extension/main';
import type { InstanceSnapshot } from '../../src/lifecycle/snapshot';
import { watchSessions } from './debugSessions';
import { debuggerLog, forgetDebuggerLog, ownDebugger, rolewright, useDebugger, withoutDebuggers } from './ownDebugger';

const service = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const definition = path.join(service, 'ServiceDefinition.csdef');
const worker = path.join(service, 'FrontDesk', 'worker.js');
const ledger = path.join(service, 'Ledger', 'WorkerRole.cs');

suite('debugging in the editor', function () {
	// A first build of the C# role is part of it.
	this.timeout(180_000);
	let parts: Parts;
	let sessions: ReturnType<typeof watchSessions>;

	suiteSetup(async () => {
		parts = await rolewright().activate();
		await parts.files.searched;
	});

	setup(() => {
		sessions = watchSessions();
		forgetDebuggerLog();
	});

	teardown(async () => {
		vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
		await vscode.debug.stopDebugging();
		await sessions.allOver();
		sessions.dispose();
		await useDebugger(undefined);
		delete process.env.ROLEWRIGHT_TEST_DEBUGGER;
	});

	test('breakpoints in OnStart are hit in the first life and, without a gesture, in the next', async () => {
		await useDebugger(ownDebugger());
		const line = breakAt(worker, 'const page =');
		await pressF5();

		const first = await sessions.nextStop();
		assert.deepEqual([first.file, first.line], [worker, line]);
		assert.deepEqual(first.names.slice(-2), ['FrontDesk_IN_0', 'Debug Greetings']);
		assert.equal(await first.evaluate('role.instance.id'), "'FrontDesk_IN_0'");
		await first.goOn();
		await becomes('FrontDesk_IN_0', 'ReadyRole');
		await becomes('Ledger_IN_0', 'ReadyRole');
		const firstLife = pidOf('Ledger_IN_0');

		await recycle('FrontDesk_IN_0');
		const second = await sessions.nextStop();
		assert.deepEqual([second.file, second.line], [worker, line]);
		assert.deepEqual(second.names.slice(-2), ['FrontDesk_IN_0 (life 2)', 'Debug Greetings']);
		await second.goOn();
		await becomes('FrontDesk_IN_0', 'ReadyRole');

		await recycle('Ledger_IN_0');
		await sessions.session('Ledger_IN_0 (life 2)');
		await becomes('Ledger_IN_0', 'ReadyRole');
		const secondLife = pidOf('Ledger_IN_0');
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
			assert.deepEqual([stop.file, stop.line, stop.names[0]], [ledger, line, name]);
			await stop.goOn();
			await becomes('Ledger_IN_0', 'ReadyRole');
			if (name === 'Ledger_IN_0') {
				await recycle('Ledger_IN_0');
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
		await becomes('Ledger_IN_0', 'ReadyRole');
		const life = pidOf('Ledger_IN_0');
		await sessions.gone('Ledger_IN_0');
		assert.ok(lives(life));
		delete process.env.ROLEWRIGHT_TEST_DEBUGGER;
		await recycle('Ledger_IN_0');
		await sessions.session('Ledger_IN_0 (life 2)');
		await becomes('Ledger_IN_0', 'ReadyRole');
		await stop();
	});

	test('a debugger that never answers is given up after ten seconds, and the instance runs on', async () => {
		await useDebugger(ownDebugger());
		process.env.ROLEWRIGHT_TEST_DEBUGGER = 'silent';
		await launch(['Ledger_IN_0']);
		await becomes('Ledger_IN_0', 'ReadyRole');
		await sessions.gone('Ledger_IN_0');
		await stop();
	});

	test('without a .NET debugger the instance runs on, and that is said once', async () => {
		const given = { ...process.env };
		Object.assign(process.env, { ROLEWRIGHT_DOTNET_DEBUGGER: '', PATH: withoutDebuggers(given.PATH ?? '') });
		try {
			await launch(['Ledger_IN_0', 'FrontDesk_IN_0']);
			await becomes('Ledger_IN_0', 'ReadyRole');
			await recycle('Ledger_IN_0');
			await becomes('Ledger_IN_0', 'ReadyRole');
		} finally {
			Object.assign(process.env, given);
		}
		await stop();
		const told = sessions.important().map(text => text.slice(0, 60));
		assert.deepEqual(told, ['No .NET debugger was found, so C# roles run without one. Ins']);
	});

	test('an instance of a running service is debugged from its next life, and leaving lets it run on', async () => {
		await parts.running.start({ service: definition, debug: [] });
		await becomes('FrontDesk_IN_0', 'ReadyRole');
		const line = breakAt(worker, 'const page =');
		await vscode.commands.executeCommand('rolewright.debugInstance', nodeOf('FrontDesk_IN_0'));
		const stop = await sessions.nextStop();
		assert.deepEqual([stop.line, stop.names.at(-2)], [line, 'FrontDesk_IN_0 (life 2)']);
		await vscode.debug.stopDebugging(await sessions.session('Debug Greetings'));
		await sessions.allOver();
		await becomes('FrontDesk_IN_0', 'ReadyRole');
		await parts.running.stop(definition);
	});

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

	/** As a person does who looks at the definition and has no launch.json. */
	async function pressF5(): Promise<void> {
		await vscode.window.showTextDocument(vscode.Uri.file(definition));
		await vscode.commands.executeCommand('workbench.action.debug.start');
	}

	async function recycle(instance: string): Promise<void> {
		const { life } = snapshotOf(instance) ?? assert.fail(`${instance} does not run`);
		await vscode.commands.executeCommand('rolewright.recycleInstance', nodeOf(instance));
		await until(() => snapshotOf(instance)?.life === life + 1);
	}

	async function stop(): Promise<void> {
		await vscode.debug.stopDebugging(await sessions.session('Debug Greetings'));
		await sessions.allOver();
		assert.equal(parts.running.runOf(definition), undefined);
	}

	function becomes(instance: string, state: string): Promise<void> {
		return until(() => snapshotOf(instance)?.state === state);
	}

	function until(holds: () => boolean): Promise<void> {
		return new Promise(resolve => {
			const look = (): void => {
				if (holds()) {
					listening.dispose();
					resolve();
				}
			};
			const listening = parts.running.onDidChange(look);
			look();
		});
	}

	function pidOf(instance: string): number {
		return snapshotOf(instance)?.pid ?? assert.fail(`${instance} has no process`);
	}

	function snapshotOf(instance: string): InstanceSnapshot | undefined {
		return parts.running.runOf(definition)?.snapshot?.instances.find(each => each.instance === instance);
	}
});

/** What the tree hands to a command. */
function nodeOf(instance: string): object {
	return { kind: 'instance', definition, role: instance.split('_IN_')[0], instance };
}

/** Sets a breakpoint on the line that has this text; gives its number, from 1. */
function breakAt(file: string, text: string): number {
	const index = readFileSync(file, 'utf8')
		.split('\n')
		.findIndex(line => line.includes(text));
	assert.ok(index >= 0, `${file} has no line with ${text}`);
	const place = new vscode.Location(vscode.Uri.file(file), new vscode.Position(index, 0));
	vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(place)]);
	return index + 1;
}

function lives(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}
