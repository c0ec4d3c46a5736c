import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildTemp } from '../../src/node/dotnet/buildTemp';

suite('what builds leave lying about', () => {
	let cache: string;

	setup(function () {
		if (process.platform === 'win32') {
			this.skip();
		}
		cache = mkdtempSync('/tmp/rolewright-');
	});
	teardown(() => rmSync(cache, { recursive: true, force: true }));

	test('comes into a folder of this process, and that of the dead is removed', async () => {
		const dead = '99999999';
		for (const pid of [dead, String(process.ppid)]) {
			mkdirSync(path.join(cache, 'build-temp', pid), { recursive: true });
			writeFileSync(path.join(cache, 'build-temp', pid, 'left'), '');
		}
		const { TMPDIR, NUGET_SCRATCH } = await buildTemp(cache);
		const own = String(process.pid);
		assert.deepEqual(
			[TMPDIR, readdirSync(path.join(cache, 'build-temp')).sort()],
			[path.join(cache, 'build-temp', own), [own, String(process.ppid)].sort()],
		);
		assert.match(NUGET_SCRATCH ?? '', /NuGetScratch/);
		assert.deepEqual(await buildTemp(cache), { TMPDIR, NUGET_SCRATCH });
	});

	test('stays where it is where the path would be too long for a socket, or cannot be written', async () => {
		const long = path.join(cache, 'x'.repeat(60));
		writeFileSync(path.join(cache, 'file'), '');
		assert.deepEqual([await buildTemp(long), await buildTemp(path.join(cache, 'file'))], [{}, {}]);
		assert.ok(!existsSync(long));
	});
});
