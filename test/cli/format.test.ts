import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type CallFolder, callFolder } from '../support/cli';

suite('rolewright format', () => {
	let folder: CallFolder;
	setup(() => {
		folder = callFolder();
	});
	teardown(() => folder.remove());

	const squeezed = '<ServiceDefinition  name="Shop">\n<!-- mill -->\n<WorkerRole name="Mill"/></ServiceDefinition>\n';
	const formatted =
		'<ServiceDefinition name="Shop">\n  <!-- mill -->\n  <WorkerRole name="Mill"/>\n</ServiceDefinition>\n';

	test('one file is printed', async () => {
		folder.write({ 'S.csdef': squeezed });
		assert.deepEqual(await folder.call('format', 'S.csdef'), { code: 0, stdout: formatted, stderr: '' });
		assert.equal(folder.read('S.csdef'), squeezed);
	});
	test('--indent', async () => {
		folder.write({ 'S.csdef': squeezed });
		assert.equal(
			(await folder.call('format', '--indent', 'tab', 'S.csdef')).stdout,
			formatted.replaceAll('  <', '\t<'),
		);
	});
	test('--check names what would change, and changes nothing', async () => {
		folder.write({ 'a/S.csdef': squeezed, 'b/S.csdef': formatted });
		const shown = path.join('a', 'S.csdef');
		assert.deepEqual(await folder.call('format', '--check', '.'), { code: 1, stdout: `${shown}\n`, stderr: '' });
		assert.equal(folder.read('a/S.csdef'), squeezed);
		assert.deepEqual(await folder.call('format', '--check', 'b'), { code: 0, stdout: '', stderr: '' });
	});
	test('--write, and twice is once', async () => {
		folder.write({ 'a/S.csdef': squeezed, 'b/S.csdef': formatted });
		assert.equal((await folder.call('format', '--write', '.')).stdout, `${path.join('a', 'S.csdef')}\n`);
		assert.equal(folder.read('a/S.csdef'), formatted);
		assert.deepEqual(await folder.call('format', '--write', '.'), { code: 0, stdout: '', stderr: '' });
	});
	test('encoding, byte order mark and line ends stay', async () => {
		const file = path.join(folder.path, 'S.csdef');
		writeFileSync(file, Buffer.from(`\uFEFF${squeezed.replaceAll('\n', '\r\n')}`, 'utf16le'));
		assert.equal((await folder.call('format', '--write', 'S.csdef')).code, 0);
		assert.equal(readFileSync(file).toString('utf16le'), `\uFEFF${formatted.replaceAll('\n', '\r\n')}`);
	});

	const unusable: readonly [what: string, argv: readonly string[], sentence: RegExp][] = [
		['several files', ['.'], /These are 2 files: use --write/],
		['both', ['--check', '--write', '.'], /either --check or --write/],
		['no path', [], /Nothing to format/],
		['an indentation', ['--indent', 'x', 'S.csdef'], /'x' is no indentation/],
	];
	for (const [what, argv, sentence] of unusable) {
		test(`${what}: exit code 2 and one sentence`, async () => {
			folder.write({ 'S.csdef': squeezed, 'T/S.csdef': squeezed });
			const { code, stderr } = await folder.call('format', ...argv);
			assert.equal(code, 2);
			assert.match(stderr, sentence);
		});
	}
});
