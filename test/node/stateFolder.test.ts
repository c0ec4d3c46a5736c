import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { cacheFolder, claimStateFolder } from '../../src/node/disks/stateFolder';

suite('The place of instance folders', () => {
	let base: string;
	setup(() => {
		base = mkdtempSync(path.join(tmpdir(), 'rolewright-state-'));
	});
	teardown(() => rmSync(base, { recursive: true, force: true }));

	test('is the user’s cache by default', () => {
		assert.equal(cacheFolder({ XDG_CACHE_HOME: '/cache' }, 'linux'), path.join('/cache', 'rolewright'));
		assert.equal(cacheFolder({ XDG_CACHE_HOME: '' }, 'linux'), path.join(homedir(), '.cache', 'rolewright'));
		assert.equal(cacheFolder({ XDG_CACHE_HOME: 'relative' }, 'linux'), path.join(homedir(), '.cache', 'rolewright'));
		assert.equal(cacheFolder({}, 'linux', ''), path.join(tmpdir(), '.cache', 'rolewright'));
		assert.equal(cacheFolder({}, 'darwin'), path.join(homedir(), 'Library', 'Caches', 'Rolewright'));
		assert.equal(cacheFolder({ LOCALAPPDATA: '/local' }, 'win32'), path.join('/local', 'Rolewright'));
	});

	test('is one of its own for each service, and the same the next time', () => {
		const first = claimStateFolder(base, 'Shop', '/a/S.csdef');
		const other = claimStateFolder(base, 'Shop', '/b/S.csdef');
		assert.notEqual(first.folder, other.folder);
		assert.match(first.deploymentId, /^[0-9a-f]{32}$/);
		first.release();
		assert.equal(claimStateFolder(base, 'Shop', '/a/S.csdef').folder, first.folder);
	});

	test('is another one while a fabric holds it', () => {
		const first = claimStateFolder(base, 'Shop', '/a/S.csdef');
		const second = claimStateFolder(base, 'Shop', '/a/S.csdef');
		assert.notEqual(second.folder, first.folder);
		assert.notEqual(second.deploymentId, first.deploymentId);
	});

	test('is taken over from a fabric that was killed', () => {
		const first = claimStateFolder(base, 'Shop', '/a/S.csdef');
		for (const left of ['999999999', '', 'nonsense']) {
			writeFileSync(path.join(first.folder, 'held-by'), left);
			assert.equal(claimStateFolder(base, 'Shop', '/a/S.csdef').folder, first.folder, left);
		}
	});

	test('stays below its base whatever the service is called', () => {
		for (const name of ['../../x', '/etc', 'a\\b', 'C:', '..', '']) {
			const { folder } = claimStateFolder(base, name, '/a/S.csdef');
			assert.equal(path.dirname(folder), base, name);
			assert.ok(existsSync(folder));
		}
	});

	test('has to be writable', () => {
		const { folder, release } = claimStateFolder(base, 'Shop', '/a/S.csdef');
		release();
		rmSync(folder, { recursive: true });
		writeFileSync(folder, '');
		const fileAbove = path.join(folder, 'below');
		// Linux says of what is made there that its folder is not there, and Node's recursive mkdir believes it for ever.
		const ofLinux = process.platform === 'linux' ? ['/proc/rolewright/below', '/proc', '/dev/null'] : [];
		for (const place of [base, fileAbove, ...ofLinux]) {
			assert.throws(
				() => claimStateFolder(place, 'Shop', '/a/S.csdef'),
				{
					name: 'Failure',
					message: /^The folder '.*' cannot be written: name another one for the state of the instances\.$/,
				},
				place,
			);
		}
	});
});
