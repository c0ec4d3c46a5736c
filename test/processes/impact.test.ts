import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { type CallFolder, callFolder } from '../support/cli';
import { configurationText, definitionText } from '../support/services';

const mark = '\uFEFF';
const encodings: Readonly<Record<string, (text: string) => string | Buffer>> = {
	'UTF-8 with a byte order mark': text => mark + text,
	'UTF-16 LE': text => Buffer.from(mark + text, 'utf16le'),
	'UTF-16 BE': text => Buffer.from(mark + text, 'utf16le').swap16(),
};

/** `rolewright impact` against what git knows, and against files. */

suite('rolewright impact', () => {
	let folder: CallFolder;
	setup(() => {
		folder = callFolder();
		folder.write({ 'ServiceDefinition.csdef': definition(''), 'ServiceConfiguration.Cloud.cscfg': configuration(2) });
	});
	teardown(() => folder.remove());

	const definition = (more: string) => definitionText(`<WorkerRole name="Mill"${more}/>`);
	const configuration = (count: number) => configurationText(`<Role name="Mill"><Instances count="${count}"/></Role>`);
	const git = (...args: string[]) =>
		execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
			cwd: folder.path,
			stdio: 'pipe',
		});
	const commit = () => {
		git('init', '-q');
		git('add', '.');
		git('commit', '-q', '-m', 'first');
	};
	const summary = async (...argv: string[]) => {
		const { stdout, stderr } = await folder.call('impact', ...argv);
		return stdout.split('\n')[0] + stderr;
	};

	test('against HEAD', async () => {
		commit();
		assert.equal(await summary('.'), 'No changes.');
		folder.write({
			'ServiceDefinition.csdef': definition(' vmsize="Large"'),
			'ServiceConfiguration.Cloud.cscfg': configuration(3),
		});
		assert.equal(await summary('.'), '2 changes: 1 loses local data of Mill, 1 applies in place.');
		assert.equal(
			await summary('ServiceConfiguration.Cloud.cscfg'),
			'2 changes: 1 loses local data of Mill, 1 applies in place.',
		);
	});
	test('a partial clone fetches nothing by itself', async () => {
		commit();
		git('config', 'uploadpack.allowFilter', 'true');
		const clone = callFolder();
		try {
			const source = pathToFileURL(folder.path).href;
			git('clone', '-q', '--no-checkout', '--filter=blob:none', source, clone.path);
			clone.write({ 'ServiceDefinition.csdef': definition(''), 'ServiceConfiguration.Cloud.cscfg': configuration(2) });
			const { code, stdout, stderr } = await clone.call('impact', '.');
			assert.deepEqual([code, stdout], [2, '']);
			assert.match(
				stderr,
				/^rolewright: The repository has '.*' at '.*' by its name only, as a partial clone does: fetch it/,
			);
		} finally {
			clone.remove();
		}
	});
	test('against an older commit, as JSON, failing on what is bad', async () => {
		commit();
		folder.write({ 'ServiceConfiguration.Cloud.cscfg': configuration(3) });
		git('commit', '-q', '-a', '-m', 'second');
		assert.equal(await summary('.'), 'No changes.');
		const { stdout, code } = await folder.call(
			'impact',
			'--against',
			'HEAD~1',
			'--format',
			'json',
			'--fail-on',
			'inPlace',
			'.',
		);
		const found = JSON.parse(stdout) as { summary: string; changes: Record<string, unknown>[] };
		assert.equal(code, 1);
		assert.equal(found.summary, '1 change: applies in place');
		assert.deepEqual(
			[found.changes[0]?.file, found.changes[0]?.effect, found.changes[0]?.source],
			['ServiceConfiguration.Cloud.cscfg', 'inPlace', 'role-lifecycle.md 6'],
		);
		assert.equal((await folder.call('impact', '--against', 'HEAD~1', '--fail-on', 'restarts', '.')).code, 0);
	});
	for (const [encoding, encode] of Object.entries(encodings)) {
		test(`files in ${encoding}, with lines of any length and Windows line ends`, async () => {
			const note = `<!-- ${'é'.repeat(70_000)} -->\r\n`;
			const write = (count: number) =>
				folder.write({
					'ServiceDefinition.csdef': encode(definition('')),
					'ServiceConfiguration.Cloud.cscfg': encode(configuration(count).replace('<Role', `${note}<Role`)),
				});
			write(2);
			commit();
			assert.equal(await summary('.'), 'No changes.');
			write(3);
			assert.equal(await summary('.'), '1 change: applies in place.');
		});
	}
	test('a file that the commit did not have', async () => {
		commit();
		folder.write({ 'ServiceConfiguration.Test.cscfg': configuration(1) });
		assert.match((await folder.call('impact', '.')).stdout, /ServiceConfiguration\.Test\.cscfg is new/);
	});
	test('against a file, and against a folder', async () => {
		folder.write({
			'old/ServiceDefinition.csdef': definition(' vmsize="Large"'),
			'old/ServiceConfiguration.Cloud.cscfg': configuration(1),
		});
		assert.equal(
			await summary('--against', 'old/ServiceDefinition.csdef', 'ServiceDefinition.csdef'),
			'1 change: loses local data of Mill.',
		);
		assert.equal(
			await summary('--against', 'old', 'ServiceDefinition.csdef'),
			'2 changes: 1 loses local data of Mill, 1 applies in place.',
		);
		assert.equal(
			await summary('--against', 'old/ServiceConfiguration.Cloud.cscfg', 'ServiceConfiguration.Cloud.cscfg'),
			'1 change: applies in place.',
		);
	});

	const unusable: readonly [what: string, argv: readonly string[], sentence: RegExp][] = [
		['no repository', ['.'], /There is no commit 'HEAD' for/],
		['an option in place of a commit', ['--against=--output=x', '.'], /cannot name a commit/],
		['no path', [], /Name one service/],
		['an unknown effect', ['--fail-on', 'pain', '.'], /There is no effect 'pain'/],
	];
	for (const [what, argv, sentence] of unusable) {
		test(`${what}: exit code 2 and one sentence`, async () => {
			const { code, stderr } = await folder.call('impact', ...argv);
			assert.equal(code, 2);
			assert.match(stderr, sentence);
		});
	}
});
