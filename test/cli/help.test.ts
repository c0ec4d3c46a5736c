import assert from 'node:assert/strict';
import { type CallFolder, callFolder } from '../support/cli';

/** Every command explains itself (interfaces.md 1). */

suite('rolewright COMMAND --help', () => {
	let folder: CallFolder;
	setup(() => {
		folder = callFolder();
	});
	teardown(() => folder.remove());

	for (const name of ['validate', 'run', 'test', 'new', 'format', 'diff', 'impact', 'lsp']) {
		test(name, async () => {
			const { code, stdout, stderr } = await folder.call(name, '--help');
			assert.deepEqual([code, stderr], [0, '']);
			assert.match(stdout, new RegExp(`^rolewright ${name} `));
			assert.match((await folder.call('--help')).stdout, new RegExp(`^  rolewright ${name} `, 'm'));
		});
	}

	test('--version', async () => {
		const { code, stdout, stderr } = await folder.call('--version');
		assert.deepEqual([code, stderr], [0, '']);
		assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
	});
});
