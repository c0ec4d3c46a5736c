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

	const definition = definitionText('<WorkerRole name="Mill" vmsize="Standard_A1_v2"/>');
	const right = configurationText('<Role name="Mill"><Instances count="2"/></Role>');
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

	/** The errors and warnings. */
	async function problems(...argv: string[]): Promise<readonly string[]> {
		const { stdout } = await call('validate', '--format', 'json', ...argv);
		const { problems: found } = JSON.parse(stdout) as {
			problems: { file: string; line: number; column: number; code: string; severity: string }[];
		};
		const worse = found.filter(({ severity }) => severity === 'error' || severity === 'warning');
		return worse.map(({ file, line, column, code }) => `${file.replaceAll('\\', '/')}:${line}:${column} ${code}`);
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
		write({ 'S.csdef': definitionText('<WorkerRole name="Mill" vmsize="Standard_A1_v2" size="x"/>') });
		const { stdout } = await call('validate', '--format', 'json', 'S.csdef');
		const { files, problems: found } = JSON.parse(stdout) as { files: number; problems: Record<string, unknown>[] };
		assert.equal(files, 1);
		assert.deepEqual(
			found.map(({ message, ...rest }) => ({ ...rest, message: typeof message })),
			[
				{
					file: 'S.csdef',
					line: 1,
					column: 158,
					endLine: 1,
					endColumn: 162,
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
			artifactLocation: { uri: 'a%20b/S.csdef', uriBaseId: '%SRCROOT%' },
			region: { startLine: 1, startColumn: 2, endLine: 1, endColumn: 19 },
		});
	});
	test('the platform: asked for, else of rolewright.json, else guessed from a template', async () => {
		write({ 'S.csdef': definition, 'S.cscfg': right });
		const code = 'S.cscfg:1:2 missingVirtualNetwork';
		assert.deepEqual(await problems('.'), []);
		assert.deepEqual((await problems('--platform', 'extended', '.'))[0], code);
		write({ 'deploy.json': '{"resources": [{"type": "Microsoft.Compute/cloudServices"}]}' });
		assert.deepEqual((await problems('.'))[0], code);
		write({ 'rolewright.json': '{"platform": "classic"}' });
		assert.deepEqual(await problems('.'), []);
		assert.deepEqual((await problems('--platform', 'extended', '.'))[0], code);
	});
	test('it can fail on secrets, and never shows one', async () => {
		const key = `AccountName=a;AccountKey=${'k'.repeat(86)}==`;
		const settings = `<ConfigurationSettings><Setting name="S" value="${key}"/></ConfigurationSettings>`;
		write({
			'S.csdef': definitionText(
				'<WorkerRole name="Mill" vmsize="Standard_A1_v2"><ConfigurationSettings><Setting name="S"/></ConfigurationSettings></WorkerRole>',
			),
			'S.cscfg': configurationText(`<Role name="Mill"><Instances count="2"/>${settings}</Role>`),
		});
		assert.equal((await call('validate', '.')).code, 0);
		for (const format of ['text', 'json', 'sarif']) {
			const { code, stdout } = await call('validate', '--severity', 'secretInFile=error', '--format', format, '.');
			assert.equal(code, 1);
			assert.match(stdout, /secretInFile|holds a secret/);
			assert.doesNotMatch(stdout, /kkkk/);
		}
	});
	test('the severity of a code: on the command line, else of rolewright.json', async () => {
		write({ 'S.csdef': definition, 'S.cscfg': wrong, 'rolewright.json': '{"severity": {"missingRole": "off"}}' });
		assert.deepEqual(await problems('.'), ['S.cscfg:2:14 unknownRole']);
		const turned = await call('validate', '--severity', 'unknownRole=warning', '.');
		assert.equal(turned.code, 0);
		assert.match(turned.stdout, /S\.cscfg:2:14 warning .*\[unknownRole\]/);
		assert.equal((await call('validate', '--severity=unknownRole=warning', '--fail-on', 'warning', '.')).code, 1);
		assert.equal((await problems('--severity', 'missingRole=error', '.')).length, 2);
	});
	test('a text that is not well-formed stays an error', async () => {
		write({ 'S.csdef': '<ServiceDefinition' });
		const { code, stderr } = await call('validate', '--severity', 'tagNotClosed=off', '.');
		assert.equal(code, 1);
		assert.equal(
			stderr,
			"How severe 'tagNotClosed' is cannot be chosen: a text that is not well-formed is read by no tool.\n",
		);
	});
	test('a code of rolewright.json that no problem has is a warning at its place', async () => {
		write({
			'sub/S.csdef': definition,
			'sub/S.cscfg': right,
			'sub/rolewright.json':
				'{\n // a comment\n "severity": { "missingrole": "off", "tagNotClosed": "off", "misingRole": "hint", "x": "off" } }',
		});
		const { code, stdout } = await call('validate', 'sub');
		assert.equal(code, 0);
		assert.deepEqual(stdout.replaceAll('\\', '/').split('\n'), [
			"sub/rolewright.json:3:16 warning There is no problem with the code 'missingrole'; did you mean 'missingRole'? [unknownCode]",
			"sub/rolewright.json:3:38 warning How severe 'tagNotClosed' is cannot be chosen: a text that is not well-formed is read by no tool. [unknownCode]",
			"sub/rolewright.json:3:61 warning There is no problem with the code 'misingRole'; did you mean 'missingRole'? [unknownCode]",
			"sub/rolewright.json:3:83 warning There is no problem with the code 'x': every problem names its code in brackets. [unknownCode]",
			'2 files, 0 errors, 4 warnings',
			'',
		]);
		assert.equal((await call('validate', '--fail-on', 'warning', path.join(folder, 'sub', 'S.cscfg'))).code, 1);
	});
	test('files beside the service: scripts with a byte order mark, folders that are not there', async () => {
		const role =
			'<Startup><Task commandLine="install.cmd"/></Startup><Contents><Content destination="d"><SourceDirectory path="data"/></Content></Contents>';
		write({
			'S.csdef': definitionText(`<WorkerRole name="Mill" vmsize="Standard_A1_v2">${role}</WorkerRole>`),
			'Mill/install.cmd': '\uFEFFecho x',
		});
		const found = async () => (await problems('.')).map(line => line.split(' ')[1]);
		assert.deepEqual(await found(), ['scriptWithMark', 'missingSourceDirectory']);
		write({ 'Mill/install.cmd': 'echo x', 'data/x': '' });
		assert.deepEqual(await found(), []);
	});
	test('a day that has passed', async () => {
		const name = 'Microsoft.WindowsAzure.Plugins.RemoteAccess.AccountExpiration';
		write({
			'S.csdef': definitionText(
				`<WorkerRole name="Mill" vmsize="Standard_A1_v2"><ConfigurationSettings><Setting name="${name}"/></ConfigurationSettings></WorkerRole>`,
			),
			'S.cscfg': configurationText(
				`<Role name="Mill"><Instances count="2"/><ConfigurationSettings><Setting name="${name}" value="2013-10-18T23:59:59.0000000+03:00"/></ConfigurationSettings></Role>`,
			),
		});
		assert.match((await problems('.')).join(), /accountExpired/);
	});
	test('output folders are left out', async () => {
		write({
			'S.csdef': definition,
			'bin/S.cscfg': wrong,
			'obj/S.cscfg': wrong,
			'csx/Debug/S.cscfg': wrong,
			'node_modules/x/S.cscfg': wrong,
		});
		assert.equal((await call('validate', '.')).stdout, '1 file, 0 errors, 0 warnings\n');
	});
	test('a definition in the folder or above is found', async () => {
		write({ 'S.csdef': definition, 'a/b/S.cscfg': wrong, 'T.cscfg': wrong });
		const expected = (file: string) => [`${file}:1:2 missingRole`, `${file}:2:14 unknownRole`];
		assert.deepEqual(await problems('a/b/S.cscfg'), expected('a/b/S.cscfg'));
		assert.deepEqual(await problems('T.cscfg'), expected('T.cscfg'));
	});
	test('a definition that is given goes before one that lies nearer', async () => {
		write({
			'x/S.csdef': definition,
			'y/T.csdef': definitionText('<WorkerRole name="Mil" vmsize="Standard_A1_v2"/>'),
			'y/T.cscfg': wrong,
		});
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
	test('a module that a file below the definition describes', async () => {
		const imports = '<Imports><Import moduleName="Redis"/></Imports>';
		write({
			'S.csdef': definitionText(`<WorkerRole name="Mill" vmsize="Standard_A1_v2">${imports}</WorkerRole>`),
			'S.cscfg': right,
			'plugins/Redis/Redis.csplugin':
				'<RoleModule namespace="Own"><ConfigurationSettings><Setting name="Port"/></ConfigurationSettings></RoleModule>',
		});
		assert.deepEqual(await problems('.'), ['S.cscfg:1:148 missingSetting']);
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
		['an unknown severity', ['validate', '--severity', 'a=b', '.'], /not of the form CODE=LEVEL/],
		[
			'an unknown code',
			['validate', '--severity', 'misingRole=off', '.'],
			/'misingRole'; did you mean 'missingRole'\?$/m,
		],
		['an unknown level', ['validate', '--fail-on', 'never', '.'], /There is no severity 'never'/],
		[
			'an unknown option',
			['validate', '--fromat', 'json'],
			/^rolewright: There is no option '--fromat'; did you mean '--format'\?$/m,
		],
		['an unknown command', ['check'], /There is no command 'check': use validate, .* or --help\./],
		['a mistyped command', ['validte', '.'], /There is no command 'validte'; did you mean 'validate'\?/],
		[
			'an option of nobody',
			['validate', '--frobnicate'],
			/no option '--frobnicate': the options are --format, --platform, /,
		],
		['a short option of nobody', ['validate', '-x'], /no option '-x': the options are/],
		[
			'an option without its value',
			['validate', '.', '--format'],
			/^rolewright: The option '--format' needs a value: write --format=VALUE\.$/m,
		],
		['an option before another', ['validate', '--format', '--severity', '.'], /'--format' needs a value/],
		['an empty path', ['validate', ''], /One of the names is empty/],
		['an empty place', ['run', '.', '--state', ''], /The option '--state' needs a value: write --state=VALUE\./],
		['a value of none', ['validate', '--help=x'], /The option '--help' takes no value/],
		['a word too many', ['lsp', 'now'], /There is no use for 'now' here/],
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
