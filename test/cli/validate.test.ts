import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { main } from '../../src/cli/main';
import { configurationText, definitionText } from '../support/services';

suite('rolewright validate', () => {
	let folder: string;
	setup(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'rolewright-'));
	});
	teardown(() => rmSync(folder, { recursive: true }));

	const definition = definitionText('<WorkerRole name="Mill"/>');
	const right = configurationText('<Role name="Mill"><Instances count="1"/></Role>');
	const wrong = configurationText('\n <Role name="Mil"><Instances count="1"/></Role>');

	function write(files: Readonly<Record<string, string>>): void {
		for (const [name, text] of Object.entries(files)) {
			mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
			writeFileSync(path.join(folder, name), text);
		}
	}

	async function call(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
		const result = { code: 0, stdout: '', stderr: '' };
		const sink = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (result[name] += text) });
		const io = {
			stdout: sink('stdout'),
			stderr: sink('stderr'),
			stdin: Readable.from([]),
			env: {},
			cwd: folder,
			isTerminal: false,
		};
		result.code = await main(argv, io);
		return result;
	}

	async function problems(...argv: string[]): Promise<readonly string[]> {
		const { stdout } = await call('validate', '--format', 'json', ...argv);
		const { problems: found } = JSON.parse(stdout) as {
			problems: { file: string; line: number; column: number; code: string }[];
		};
		return found.map(({ file, line, column, code }) => `${file.replaceAll('\\', '/')}:${line}:${column} ${code}`);
	}

	test('nothing wrong: exit code 0', async () => {
		write({ 'S.csdef': definition, 'S.cscfg': right });
		assert.deepEqual(await call('validate', '.'), { code: 0, stdout: '2 files, 0 errors, 0 warnings\n', stderr: '' });
	});
	test('an error: exit code 1, places from 1', async () => {
		write({ 'S.csdef': definition, 'S.cscfg': wrong });
		assert.equal((await call('validate', 'S.csdef', 'S.cscfg')).code, 1);
		assert.deepEqual(await problems('S.csdef', 'S.cscfg'), ['S.cscfg:1:2 missingRole', 'S.cscfg:2:14 unknownRole']);
	});
	test('the fields of JSON', async () => {
		write({ 'S.csdef': definitionText('<WorkerRole name="Mill" size="x"/>') });
		const { stdout } = await call('validate', '--format', 'json', 'S.csdef');
		const { files, problems: found } = JSON.parse(stdout) as { files: number; problems: Record<string, unknown>[] };
		assert.equal(files, 1);
		assert.deepEqual(
			found.map(({ message, ...rest }) => ({ ...rest, message: typeof message })),
			[
				{
					file: 'S.csdef',
					line: 1,
					column: 134,
					endLine: 1,
					endColumn: 138,
					severity: 'error',
					code: 'unknownAttribute',
					layer: 'schema',
					message: 'string',
				},
			],
		);
	});
	test('SARIF', async () => {
		write({ 'a b/S.csdef': '<ServiceDefinition' });
		const { stdout, code } = await call('validate', '--format', 'sarif', '.');
		const log = JSON.parse(stdout) as {
			version: string;
			runs: { results: { ruleId: string; level: string; locations: { physicalLocation: unknown }[] }[] }[];
		};
		assert.equal(code, 1);
		assert.equal(log.version, '2.1.0');
		const [result] = log.runs[0]?.results ?? [];
		assert.deepEqual([result?.ruleId, result?.level], ['tagNotClosed', 'error']);
		assert.deepEqual(result?.locations[0]?.physicalLocation, {
			artifactLocation: { uri: 'a%20b/S.csdef' },
			region: { startLine: 1, startColumn: 2, endLine: 1, endColumn: 19 },
		});
	});
	test('output folders are left out', async () => {
		write({ 'S.csdef': definition, 'bin/S.cscfg': wrong, 'obj/S.cscfg': wrong, 'node_modules/x/S.cscfg': wrong });
		assert.equal((await call('validate', '.')).stdout, '1 file, 0 errors, 0 warnings\n');
	});
	test('a definition in the folder or above is found', async () => {
		write({ 'S.csdef': definition, 'a/b/S.cscfg': wrong, 'T.cscfg': wrong });
		const expected = (file: string) => [`${file}:1:2 missingRole`, `${file}:2:14 unknownRole`];
		assert.deepEqual(await problems('a/b/S.cscfg'), expected('a/b/S.cscfg'));
		assert.deepEqual(await problems('T.cscfg'), expected('T.cscfg'));
	});
	test('a definition that is given goes before one that lies nearer', async () => {
		write({ 'x/S.csdef': definition, 'y/T.csdef': definitionText('<WorkerRole name="Mil"/>'), 'y/T.cscfg': wrong });
		assert.deepEqual(await problems('x/S.csdef', 'y/T.cscfg'), [
			'y/T.cscfg:1:2 missingRole',
			'y/T.cscfg:2:14 unknownRole',
		]);
	});
	test('a project names both', async () => {
		write({
			'src/S.csdef': definition,
			'cloud/S.cscfg': wrong,
			'cloud/C.ccproj':
				'<Project><ItemGroup><ServiceDefinition Include="..\\src\\S.csdef"/><ServiceConfiguration Include="S.cscfg"/></ItemGroup></Project>',
		});
		assert.deepEqual(await problems('cloud/S.cscfg'), [
			'cloud/S.cscfg:1:2 missingRole',
			'cloud/S.cscfg:2:14 unknownRole',
		]);
	});
	test('no definition: that is said, and nothing is wrong', async () => {
		write({ 'S.cscfg': wrong });
		const { code, stderr } = await call('validate', 'S.cscfg');
		assert.equal(code, 0);
		assert.match(stderr, /'S\.cscfg' has no service definition/);
	});
	test('UTF-16 and byte order marks', async () => {
		writeFileSync(path.join(folder, 'S.csdef'), Buffer.from(`\uFEFF${definition}`, 'utf16le'));
		writeFileSync(path.join(folder, 'S.cscfg'), `\uFEFF${wrong}`);
		assert.deepEqual(await problems('.'), ['S.cscfg:1:2 missingRole', 'S.cscfg:2:14 unknownRole']);
	});

	const unusable: readonly [what: string, argv: readonly string[], sentence: RegExp][] = [
		['no path', ['validate'], /Nothing to validate/],
		['a path that is not there', ['validate', 'no.csdef'], /There is no file or folder 'no\.csdef'/],
		['an empty folder', ['validate', '.'], /There is no \.csdef or \.cscfg below '\.'/],
		['another kind of file', ['validate', __filename], /neither a service definition/],
		['an unknown format', ['validate', '--format', 'xml', '.'], /There is no format 'xml'/],
		['an unknown option', ['validate', '--fromat', 'json'], /Unknown option '--fromat'/],
		['an unknown command', ['check'], /There is no command 'check'/],
	];
	for (const [what, argv, sentence] of unusable) {
		test(`${what}: exit code 2 and one sentence`, async () => {
			const { code, stdout, stderr } = await call(...argv);
			assert.equal(code, 2);
			assert.equal(stdout, '');
			assert.match(stderr, sentence);
			assert.equal(stderr.trimEnd().split('\n').length, 1);
		});
	}
	for (const argv of [['--help'], ['validate', '--help']]) {
		test(`${argv.join(' ')} explains`, async () => {
			const { code, stdout } = await call(...argv);
			assert.equal(code, 0);
			assert.match(stdout, /rolewright validate/);
		});
	}
});
