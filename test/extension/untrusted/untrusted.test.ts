import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { edit, hasErrors, parts, withService } from '../support';

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
			assert.equal(vscode.debug.activeDebugSession, undefined);
		});
	});
});
