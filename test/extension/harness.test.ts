import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { rolewright } from './ownDebugger';
import { parts } from './support';

suite('the editor of the tests', () => {
	test('has one folder open, on disk', () => {
		assert.deepEqual(
			vscode.workspace.workspaceFolders?.map(folder => folder.uri.scheme),
			['file'],
		);
	});

	test('has every command that the extension offers', async () => {
		const offered: readonly { readonly command: string }[] = rolewright().packageJSON.contributes.commands;
		const known = new Set(await vscode.commands.getCommands(true));
		assert.deepEqual(
			offered.map(({ command }) => command).filter(name => !known.has(name)),
			[],
		);
	});

	test('activates the extension, and tells how long that took', async function () {
		const { activation } = await parts();
		assert.ok(activation > 0);
		if (this.test) {
			this.test.title += `: ${activation.toFixed(1)} ms, and 100 ms are its bound`;
		}
	});
});
