import assert from 'node:assert/strict';
import { originalOf } from '../../src/debug/codeFolders';

suite('the file behind a copy', () => {
	const code = { original: '/shop/Worker', copy: '/state/Worker_IN_0/approot' };
	const table: readonly (readonly [file: string, shown: string])[] = [
		['/state/Worker_IN_0/approot/lib/worker.js', '/shop/Worker/lib/worker.js'],
		['/state/Worker_IN_0/approot-old/worker.js', '/state/Worker_IN_0/approot-old/worker.js'],
		['/shop/Worker/WorkerRole.cs', '/shop/Worker/WorkerRole.cs'],
		['WorkerRole.cs', 'WorkerRole.cs'],
	];

	for (const [file, shown] of table) {
		test(`${file}: ${shown}`, () => {
			assert.equal(originalOf(file, code), shown);
		});
	}

	test('on Windows', () => {
		const folders = { original: 'C:\\shop\\Worker', copy: 'C:\\state\\Worker_IN_0\\approot' };
		assert.equal(originalOf('C:\\state\\Worker_IN_0\\approot\\worker.js', folders), 'C:\\shop\\Worker\\worker.js');
	});

	test('of a role whose code is not known here', () => {
		assert.equal(originalOf('/state/Worker_IN_0/approot/worker.js', undefined), '/state/Worker_IN_0/approot/worker.js');
	});
});
