import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { runOf } from './runs';
import { parts, shop, withService } from './support';

const task = '<Startup><Task commandLine="install.cmd" /></Startup>';

suite('startup tasks in the editor', () => {
	test('one that needs Windows is asked about; the answer is an edit that counts at the next start', async function () {
		if (process.platform === 'win32') {
			this.skip();
		}
		const files = shop();
		const definitionText = files['ServiceDefinition.csdef'] ?? '';
		const withTask = definitionText.replace(/(<WorkerRole[^>]*>)/, `$1${task}`);
		await withService(
			{ ...files, 'ServiceDefinition.csdef': withTask, 'rolewright.json': '{ // ours\n}\n' },
			async at => {
				const { running } = await parts();
				const definition = at('ServiceDefinition.csdef').fsPath;
				const run = runOf(running, definition);
				const asked: string[] = [];
				const ask = vscode.window.showWarningMessage;
				Object.assign(vscode.window, {
					showWarningMessage: (text: string, ...answers: string[]) => {
						const isOurs = text.startsWith('The startup task');
						asked.push(...(isOurs ? [[text, ...answers].join(' | ')] : []));
						return Promise.resolve(isOurs ? answers[0] : undefined);
					},
				});
				try {
					await vscode.commands.executeCommand('rolewright.startService', definition);
					await run.becomes('Clerk_IN_0', 'ReadyRole');
				} finally {
					Object.assign(vscode.window, { showWarningMessage: ask });
				}
				assert.deepEqual(asked, [
					"The startup task 'install.cmd' of the role Clerk cannot run on this system. | Leave It Out | Let It Fail | Run Another Command…",
				]);
				const document = await vscode.workspace.openTextDocument(at('rolewright.json'));
				assert.equal(document.isDirty, false);
				assert.match(document.getText(), /^\{ \/\/ ours\n[\s\S]*"install.cmd": "skip"/);

				await vscode.window.showTextDocument(vscode.Uri.file(definition));
				const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
					'vscode.executeCodeLensProvider',
					vscode.Uri.file(definition),
				);
				const lens = lenses.find(({ command }) => command?.command === 'rolewright.runTask')?.command;
				assert.equal(lens?.title, 'run this task alone');
				await vscode.commands.executeCommand('rolewright.runTask', { ...run.nodeOf('Clerk_IN_0'), number: 1 });
				await run.until(() => run.journal().some(entry => entry.event === 'note' && /run alone/.test(entry.text)));
				assert.ok(run.journal().some(entry => entry.event === 'command' && entry.command === 'task Clerk_IN_0 1'));
				await vscode.commands.executeCommand('rolewright.stopService', definition);

				await vscode.window.showTextDocument(document);
				await vscode.commands.executeCommand('undo');
				assert.equal(document.getText(), '{ // ours\n}\n');
			},
		);
	});
});
