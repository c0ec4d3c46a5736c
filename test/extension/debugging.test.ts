import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Parts } from '../../src/extension/main';
import { watchSessions } from './debugSessions';

const service = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const definition = path.join(service, 'ServiceDefinition.csdef');
const worker = path.join(service, 'FrontDesk', 'worker.js');
const log = process.env.ROLEWRIGHT_TEST_DEBUGGER_LOG ?? '';

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
		rmSync(log, { force: true });
	});

	teardown(async () => {
		vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
		await vscode.debug.stopDebugging();
		await sessions.allOver();
		sessions.dispose();
		await useDebugger(undefined);
	});

	test('breakpoints in OnStart are hit in the first life and, without a gesture, in the next', async () => {
		await useDebugger(path.join(rolewright().extensionPath, 'test', 'support', 'debugAdapter.mjs'));
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

	/** As a person does who looks at the definition and has no launch.json. */
	async function pressF5(): Promise<void> {
		await vscode.window.showTextDocument(vscode.Uri.file(definition));
		await vscode.commands.executeCommand('workbench.action.debug.start');
	}

	async function recycle(instance: string): Promise<void> {
		const node = { kind: 'instance', definition, role: instance.split('_IN_')[0], instance };
		await vscode.commands.executeCommand('rolewright.recycleInstance', node);
	}

	async function stop(): Promise<void> {
		await vscode.debug.stopDebugging(await sessions.session('Debug Greetings'));
		await sessions.allOver();
		assert.equal(parts.running.runOf(definition), undefined);
	}

	function becomes(instance: string, state: string): Promise<void> {
		return new Promise(resolve => {
			const look = (): void => {
				const found = parts.running.runOf(definition)?.snapshot?.instances.find(each => each.instance === instance);
				if (found?.state === state) {
					listening.dispose();
					resolve();
				}
			};
			const listening = parts.running.onDidChange(look);
			look();
		});
	}

	function pidOf(instance: string): number {
		const found = parts.running.runOf(definition)?.snapshot?.instances.find(each => each.instance === instance);
		return found?.pid ?? assert.fail(`${instance} has no process`);
	}
});

function rolewright(): vscode.Extension<Parts> {
	return vscode.extensions.getExtension<Parts>('rolewright.rolewright') ?? assert.fail('the extension is not there');
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

async function useDebugger(file: string | undefined): Promise<void> {
	const settings = vscode.workspace.getConfiguration('rolewright');
	await settings.update('dotnetDebugger', file, vscode.ConfigurationTarget.Global);
}

function debuggerLog(): unknown[] {
	const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
	return text
		.split('\n')
		.filter(Boolean)
		.map(line => JSON.parse(line));
}

function lives(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}
