import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ToMatrix } from '../../../src/views/matrix/protocol';
import { eventually, parts, shop, withService } from '../support';

suite('pages in a workspace without trust', () => {
	test('edit the texts, and run nothing', async () => {
		assert.equal(vscode.workspace.isTrusted, false);
		await withService(shop(), async at => {
			const path = at('ServiceDefinition.csdef').fsPath;
			await vscode.commands.executeCommand('rolewright.showConfigurations', path);
			const page = (await parts()).matrices.of({ path, only: undefined }) ?? assert.fail('no page was opened');
			await new Promise<ToMatrix>(resolve => page.onDidTell(resolve));
			const local = at('ServiceConfiguration.Local.cscfg');
			const document = await vscode.workspace.openTextDocument(local);
			const subject = { kind: 'instances', role: 'Clerk', name: '' } as const;
			await page.take({ type: 'set', subject, path: local.fsPath, value: '3' });
			const count = () => /count="(\d)"/.exec(document.getText())?.[1];
			await eventually(vscode.workspace.onDidChangeTextDocument, count, '3');
			assert.deepEqual((await parts()).running.all(), []);
		});
	});
});
