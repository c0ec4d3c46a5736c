import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { replaceFile } from '../../src/node/disks/replaceFile';

suite('a file in the place of another', () => {
	let folder: string;
	setup(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'rolewright-replace-'));
	});
	teardown(() => rmSync(folder, { recursive: true, force: true }));

	/** As Windows answers where somebody has the file open. */
	const held = (): never => {
		throw Object.assign(new Error('EPERM: operation not permitted, rename'), { code: 'EPERM' });
	};

	for (const [what, rename] of [
		['it is free', undefined],
		['somebody reads it', held],
	] as const) {
		test(`is there as a whole, and nothing beside it, where ${what}`, () => {
			const file = path.join(folder, 'environment.xml');
			replaceFile(file, 'a longer text before', 0o600);
			replaceFile(file, 'after', 0o600, rename);
			assert.equal(readFileSync(file, 'utf8'), 'after');
			assert.deepEqual(readdirSync(folder), ['environment.xml']);
		});
	}
});
