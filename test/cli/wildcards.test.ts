import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathsOf } from '../../src/cli/wildcards';
import { type CallFolder, callFolder } from '../support/cli';

suite('the files that a word with wildcards means', () => {
	let folder: CallFolder;
	setup(() => {
		folder = callFolder();
		folder.write({ 'a.cscfg': '', 'B.CSCFG': '', 'c.csdef': '', 'sub/a+1.cscfg': '', 'sub/aa1.cscfg': '' });
		mkdirSync(path.join(folder.path, 'folder.cscfg'));
	});
	teardown(() => folder.remove());

	const cases: readonly [word: string, paths: readonly string[]][] = [
		['*.cscfg', ['B.CSCFG', 'a.cscfg']],
		['?.csdef', ['c.csdef']],
		['sub/a+*.cscfg', ['sub/a+1.cscfg']],
		['*.none', ['*.none']],
		['a.cscfg', ['a.cscfg']],
		['nowhere/*.cscfg', ['nowhere/*.cscfg']],
		['*/a.cscfg', ['*/a.cscfg']],
	];
	for (const [word, paths] of cases) {
		test(word, () => {
			const found = pathsOf(word, folder.path, 'win32').map(each => each.replaceAll('\\', '/'));
			assert.deepEqual(found, paths);
		});
	}

	test('elsewhere the shell has found them', () => {
		assert.deepEqual(pathsOf('*.cscfg', folder.path, 'linux'), ['*.cscfg']);
	});
});
