import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { edit, hasErrors, parts, shop, withService } from '../support';

/** In a window that asks for trust, which nobody gives: the runner opens one for these tests alone. */
suite('a workspace without trust', () => {
	test('runs nothing, and helps with editing', async () => {
		assert.equal(vscode.workspace.isTrusted, false);
		const text =
			'<ServiceDefinition name="Shop" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition">\n\t<Role />\n</ServiceDefinition>\n';
		await withService({ 'ServiceDefinition.csdef': text }, async at => {
			const uri = at('ServiceDefinition.csdef');
			await edit(uri);
			await hasErrors(uri, ['2 unknownElement']);
			await vscode.commands.executeCommand('rolewright.startService', uri.fsPath);
			await vscode.commands.executeCommand('rolewright.debugService', uri.fsPath);
			assert.deepEqual((await parts()).running.all(), []);
			assert.equal(vscode.debug.activeDebugSession?.name, undefined);
		});
	});

	test('tells a language model nothing, and does nothing for it', async () => {
		const models: { invokeTool(name: string, options: object): Promise<unknown> } = Reflect.get(vscode, 'lm');
		for (const name of ['topology', 'problems', 'journal', 'explainRestart', 'injectEvent', 'edit']) {
			const asked = models.invokeTool(`rolewright_${name}`, { input: {}, toolInvocationToken: undefined });
			await assert.rejects(asked, /in a trusted workspace only/, name);
		}
	});

	test('the tour runs nothing', async () => {
		await vscode.commands.executeCommand('rolewright.takeTour');
		assert.deepEqual((await parts()).running.all(), []);
	});

	test('finds scenarios and plays none', async () => {
		const text = '{ "name": "Nothing runs", "service": ".", "steps": [{ "wait": "all", "state": "Ready" }] }';
		await withService({ ...shop(), 'shop.lifecycle.json': text }, async at => {
			const { scenarios, running } = await parts();
			const { token } = new vscode.CancellationTokenSource();
			await scenarios.controller.refreshHandler?.(token);
			const item = scenarios.controller.items.get(at('shop.lifecycle.json').toString());
			assert.equal(item?.label, 'Nothing runs');
			const output: string[] = [];
			const { createTestRun } = scenarios.controller;
			scenarios.controller.createTestRun = request => {
				const run = createTestRun.call(scenarios.controller, request);
				for (const word of ['started', 'skipped', 'passed', 'failed', 'errored']) {
					Reflect.set(run, word, () => output.push(word));
				}
				return run;
			};
			try {
				await scenarios.run(new vscode.TestRunRequest([item]), token, 'run');
				await scenarios.run(new vscode.TestRunRequest([item]), token, 'debug');
			} finally {
				scenarios.controller.createTestRun = createTestRun;
			}
			assert.deepEqual(output, ['skipped', 'skipped']);
			assert.deepEqual(running.all(), []);
		});
	});
});
