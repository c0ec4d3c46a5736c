import assert from 'node:assert/strict';
import { oneDrive, pathOf, uriOf } from '../../src/server/places';

suite('addresses and paths', () => {
	test('the letter of a drive is one letter, however an editor writes it', () => {
		assert.deepEqual(['c:\\a\\B.csdef', 'C:\\a', '\\\\server\\c:\\a', '/c:/a', 'c:a'].map(oneDrive), [
			'C:\\a\\B.csdef',
			'C:\\a',
			'\\\\server\\c:\\a',
			'/c:/a',
			'c:a',
		]);
	});

	test('what is no path on disk keeps its address', () => {
		for (const uri of ['untitled:Untitled-1', 'git:/a/S.csdef?x', 'file://server/share/S.csdef']) {
			assert.equal(process.platform === 'win32' && uri.startsWith('file:') ? uri : pathOf(uri), uri);
		}
		assert.equal(uriOf('untitled:Untitled-1'), 'untitled:Untitled-1');
	});

	test('signs that an address writes otherwise', () => {
		for (const name of ['a b', 'a#b', 'a%20b', 'ä', 'a?b']) {
			const path = `/shop/${name}.csdef`;
			assert.equal(process.platform === 'win32' ? path : pathOf(uriOf(path)), path);
		}
	});
});
