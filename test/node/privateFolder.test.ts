import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { makePrivateFolder, removePrivateFolder } from '../../src/node/runtimeProtocol/privateFolder';
import { withTemporaryFolder } from '../support/temporaryFolder';

suite('a private folder', () => {
	for (const [what, usual] of [
		['is not there', path.resolve('/nowhere/at/all')],
		['has too long a name for a socket', `/${'x'.repeat(100)}`],
	] as const) {
		test(`stands in the system's own temporary folder where the user's ${what}`, async function () {
			if (process.platform === 'win32') {
				this.skip();
			}
			await withTemporaryFolder(usual, () => {
				const folder = makePrivateFolder('rw-test-');
				assert.equal(path.dirname(folder), '/tmp');
				removePrivateFolder(folder);
				assert.equal(existsSync(folder), false);
			});
		});
	}
});
