import assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('the editor of the tests', () => {
	test('has one folder open, on disk', () => {
		assert.deepEqual(
			vscode.workspace.workspaceFolders?.map(folder => folder.uri.scheme),
			['file'],
		);
	});
});
