import * as vscode from 'vscode';
import { runOf } from '../runs';
import { filesOfSample, parts, workspaceFolder } from '../support';

/**
 * A service still runs when these tests end, and with them the window: the runner looks afterwards whether anything is
 * left of it. One instance would rather not stop.
 */
suite('a window that closes while a service runs', function () {
	this.timeout(120_000);

	test('has a service that runs', async () => {
		const { running, files } = await parts();
		await files.searched;
		const definition = vscode.Uri.joinPath(workspaceFolder(), 'ServiceDefinition.csdef').fsPath;
		const stubborn = (await filesOfSample())['FrontDesk/worker.js']?.replace(
			'async function onStop() {',
			'async function onStop() {\n  for (;;) {}',
		);
		await vscode.workspace.fs.writeFile(
			vscode.Uri.joinPath(workspaceFolder(), 'FrontDesk', 'worker.js'),
			Buffer.from(stubborn ?? ''),
		);
		await running.start({ service: definition, debug: [] });
		const run = runOf(running, definition);
		await run.becomes('FrontDesk_IN_0', 'ReadyRole');
		await run.becomes('Ledger_IN_0', 'ReadyRole');
	});
});
