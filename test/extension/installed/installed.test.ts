import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

/** On the packed extension, installed as a user installs it: the only tests that do not run on the folder of the project. */
suite('the installed package', () => {
	const extension = () => vscode.extensions.getExtension('rolewright.rolewright') ?? assert.fail('it is not installed');
	const definition = (): vscode.Uri => {
		const [folder] = vscode.workspace.workspaceFolders ?? [];
		return vscode.Uri.joinPath(folder?.uri ?? assert.fail('no folder is open'), 'ServiceDefinition.csdef');
	};

	test('is small', () => {
		const { size } = statSync(process.env.ROLEWRIGHT_EDITOR_VSIX ?? '');
		assert.ok(size < 1.5 * 1024 * 1024, `${size} bytes`);
	});

	test('begins by itself with a service in the workspace, from its own folder', async () => {
		await extension().activate();
		assert.equal(path.basename(extension().extensionPath), `rolewright.rolewright-${extension().packageJSON.version}`);
	});

	test('helps with the language', async () => {
		const document = await vscode.workspace.openTextDocument(definition());
		assert.equal(document.languageId, 'csdef');
		const position = document.positionAt(document.getText().indexOf('WorkerRole'));
		const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
			'vscode.executeHoverProvider',
			definition(),
			position,
		);
		assert.equal(hovers.length, 1);
	});

	test('runs a service', async function () {
		this.timeout(120_000);
		const ready = new Promise<void>(resolve => {
			const trackers = vscode.debug.registerDebugAdapterTrackerFactory('rolewright', {
				createDebugAdapterTracker: () => ({
					onDidSendMessage: message => {
						if (message.event === 'output' && message.body.output === '[FrontDesk_IN_0] Ready\n') {
							trackers.dispose();
							resolve();
						}
					},
				}),
			});
		});
		const configuration = {
			type: 'rolewright',
			request: 'launch',
			name: 'installed',
			service: definition().fsPath,
			instances: [],
		};
		assert.ok(await vscode.debug.startDebugging(undefined, configuration));
		await ready;
		const over = new Promise<void>(resolve => {
			vscode.debug.onDidTerminateDebugSession(() => resolve());
		});
		await vscode.debug.stopDebugging();
		await over;
	});
});
