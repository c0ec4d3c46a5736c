import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { XMLValidator } from 'fast-xml-parser';
import { main } from '../../src/cli/main';
import { configurationText, definitionText } from '../support/services';
import { withTemporaryFolder } from '../support/temporaryFolder';

/** What can be said without a process: everything about scenarios that cannot be played. */
suite('rolewright test', () => {
	let folder: string;
	setup(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'rolewright-test-cli-'));
		write('ServiceDefinition.csdef', definitionText('<WorkerRole name="Worker" />'));
		write('ServiceConfiguration.Local.cscfg', configurationText('<Role name="Worker"><Instances count="1" /></Role>'));
	});
	teardown(() => rmSync(folder, { recursive: true }));

	function write(file: string, text: string): void {
		mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
		writeFileSync(path.join(folder, file), text);
	}

	async function call(...argv: readonly string[]) {
		const output = { stdout: '', stderr: '' };
		const code = await main(['test', ...argv], {
			stdout: { write: (text: string) => (output.stdout += text) },
			stderr: { write: (text: string) => (output.stderr += text) },
			stdin: Readable.from([]),
			env: {},
			cwd: folder,
			isTerminal: false,
		});
		return { code, ...output };
	}

	test('a temporary folder that is not there: one sentence', async () => {
		write('a.lifecycle.json', '{ "name": "A", "service": ".", "steps": [] }');
		await withTemporaryFolder(path.join(folder, 'gone'), async () => {
			const { code, stdout, stderr } = await call('.');
			assert.deepEqual([code, stdout], [2, '']);
			assert.match(
				stderr,
				/^rolewright: The temporary folder '.*gone' cannot be written: name another place with --state DIR\.\n$/,
			);
		});
	});

	test('a broken scenario is said with line and column, and the others are looked at too', async () => {
		write('a.lifecycle.json', '{\n  "name": "Broken text",\n  "service": "."\n  "steps": [\n}');
		write(
			'deep/b.lifecycle.json',
			'{ "name": "Wrong name", "service": "..", "steps": [\n{ "recycle": "Wroker_IN_0" } ] }',
		);
		write('deep/c.lifecycle.json', '{ "name": "No service", "service": "nowhere", "steps": [] }');
		write('node_modules/d.lifecycle.json', '{}');
		const { code, stdout, stderr } = await call('.');
		assert.equal(
			stdout,
			`✗ Broken text
    a.lifecycle.json:4:3
      expected: a scenario that can be played
      instead: A comma is missing before this.
    a.lifecycle.json:5:1
      expected: a scenario that can be played
      instead: A value is missing here.
    a.lifecycle.json:5:2
      expected: a scenario that can be played
      instead: The closing "]" is missing.
    a.lifecycle.json:5:2
      expected: a scenario that can be played
      instead: The closing "}" is missing.
✗ Wrong name
    deep/b.lifecycle.json:2:14
      expected: a scenario that can be played
      instead: The service has no role "Wroker"; "Worker" may be meant.
✗ No service
    deep/c.lifecycle.json:1:36
      expected: a scenario that can be played
      instead: There is no file or folder '${path.join(folder, 'deep/nowhere')}': name a folder with a service definition, a .csdef or a .ccproj.
3 scenarios: 0 passed, 3 could not be played.
`,
		);
		assert.deepEqual([code, stderr], [1, '']);
	});

	test('a filter chooses by name or path, in any case', async () => {
		write('a.lifecycle.json', '{ "name": "First one" }');
		write('b.lifecycle.json', '{ "name": "Second" }');
		assert.match((await call('--filter', 'first', '.')).stdout, /^✗ First one\n(?: .*\n)+1 scenario: /);
		assert.match((await call('--filter', 'B.LIFE', '.')).stdout, /^✗ Second\n(?: .*\n)+1 scenario: /);
		assert.deepEqual(await call('--filter', 'third', '.'), {
			code: 2,
			stdout: '',
			stderr: "rolewright: None of 2 scenarios has 'third' in its name or path: choose another --filter.\n",
		});
	});

	test('the JSON has the same', async () => {
		write('a.lifecycle.json', '{ "name": "First", "service": "." }');
		const { code, stdout } = await call('--format', 'json', 'a.lifecycle.json');
		const { scenarios, ...counts } = JSON.parse(stdout);
		assert.deepEqual([code, counts], [1, { passed: 0, failed: 0, broken: 1, skipped: 0 }]);
		assert.deepEqual(
			scenarios.map(({ duration, ...rest }: { duration: number }) => rest),
			[
				{
					...{ name: 'First', file: 'a.lifecycle.json', outcome: 'broken' },
					failures: [
						{
							...{ line: 1, column: 1, expected: 'a scenario that can be played' },
							...{ instead: 'A scenario needs "steps".', journal: [] },
						},
					],
				},
			],
		);
	});

	test('the JUnit XML is well-formed', async () => {
		write('a.lifecycle.json', '{ "name": "<&>", "service": "." }');
		const { code, stdout } = await call('--format', 'junit', '.');
		assert.equal(code, 1);
		assert.equal(XMLValidator.validate(stdout), true);
		assert.match(stdout, /<testcase name="&lt;&amp;&gt;" classname="a" time="[\d.]+"><error /);
	});

	const refused: readonly (readonly [argv: readonly string[], sentence: string])[] = [
		[[], 'Nothing to test: name scenarios or folders, for example rolewright test .'],
		[['nowhere'], "There is no file or folder 'nowhere'."],
		[['.'], "There is no scenario (*.lifecycle.json) below '.'."],
		[['--format', 'xml', '.'], "There is no format 'xml': use text, junit or json."],
	];
	for (const [argv, sentence] of refused) {
		test(`refuses ${argv.join(' ') || 'no path'}`, async () => {
			assert.deepEqual(await call(...argv), { code: 2, stdout: '', stderr: `rolewright: ${sentence}\n` });
		});
	}

	test('explains itself', async () => {
		const { code, stdout } = await call('--help');
		assert.equal(code, 0);
		assert.match(stdout, /^rolewright test \[options\] PATH\.\.\./);
	});
});
