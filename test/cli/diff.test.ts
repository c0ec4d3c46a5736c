import assert from 'node:assert/strict';
import { type CallFolder, callFolder } from '../support/cli';
import { configurationText, definitionText } from '../support/services';

suite('rolewright diff', () => {
	let folder: CallFolder;
	setup(() => {
		folder = callFolder();
		folder.write({
			'S.csdef': definitionText(
				'<WorkerRole name="Mill"><ConfigurationSettings><Setting name="Key"/><Setting name="Lack"/></ConfigurationSettings></WorkerRole>',
			),
			'T.csdef': definitionText(
				'<WorkerRole name="Mill"><ConfigurationSettings><Setting name="Lack"/></ConfigurationSettings></WorkerRole>',
			),
			'S.Local.cscfg': configuration('UseDevelopmentStorage=true', 1),
			'S.Cloud.cscfg': configuration('AccountName=a;AccountKey=c2VjcmV0', 1),
		});
	});
	teardown(() => folder.remove());

	const configuration = (key: string, count: number) =>
		configurationText(
			`<Role name="Mill"><Instances count="${count}"/><ConfigurationSettings><Setting name="Key" value="${key}"/></ConfigurationSettings></Role>`,
		);

	test('two configurations: what differs, secrets masked', async () => {
		assert.deepEqual(await folder.call('diff', 'S.Local.cscfg', 'S.Cloud.cscfg'), {
			code: 0,
			stderr: '',
			stdout: [
				"Mill: setting 'Key': different",
				'  S.Local.cscfg  UseDevelopmentStorage=true (emulator only)',
				'  S.Cloud.cscfg  AccountName=a;AccountKey=•••',
				"Mill: setting 'Lack': missing",
				'  S.Local.cscfg  (missing)',
				'  S.Cloud.cscfg  (missing)',
				'',
			].join('\n'),
		});
	});
	test('--all, as JSON', async () => {
		const { stdout } = await folder.call('diff', '--all', '--format', 'json', 'S.Local.cscfg', 'S.Cloud.cscfg');
		const { definition, rows } = JSON.parse(stdout) as {
			definition: string;
			rows: { kind: string; mark: string; values: unknown[] }[];
		};
		assert.equal(definition, 'S.csdef');
		assert.deepEqual(
			rows.map(({ kind, mark }) => `${kind} ${mark}`),
			['osFamily equal', 'instances equal', 'setting different', 'setting missing'],
		);
		assert.deepEqual(rows[2]?.values[1], { value: 'AccountName=a;AccountKey=•••', secret: true, emulatorOnly: false });
	});
	test('two definitions', async () => {
		assert.equal((await folder.call('diff', 'S.csdef', 'T.csdef')).stdout, "Mill: setting 'Key' is removed\n");
		const { stdout } = await folder.call('diff', '--format', 'json', 'T.csdef', 'S.csdef');
		assert.deepEqual(JSON.parse(stdout), {
			first: 'T.csdef',
			second: 'S.csdef',
			differences: [{ role: 'Mill', kind: 'added', what: "setting 'Key' is added" }],
		});
	});
	test('--exit-code', async () => {
		assert.equal((await folder.call('diff', '--exit-code', 'S.csdef', 'T.csdef')).code, 1);
		assert.deepEqual(await folder.call('diff', '--exit-code', 'S.csdef', 'S.csdef'), {
			code: 0,
			stdout: 'No differences.\n',
			stderr: '',
		});
	});

	const unusable: readonly [what: string, argv: readonly string[], sentence: RegExp][] = [
		['one file', ['S.csdef'], /Name two files/],
		['files of two kinds', ['S.csdef', 'S.Local.cscfg'], /Only two configurations/],
		['a file that is not there', ['S.csdef', 'no.csdef'], /There is no file 'no\.csdef'/],
		['an unknown format', ['--format', 'xml', 'S.csdef', 'T.csdef'], /There is no format 'xml'/],
	];
	for (const [what, argv, sentence] of unusable) {
		test(`${what}: exit code 2 and one sentence`, async () => {
			const { code, stderr } = await folder.call('diff', ...argv);
			assert.equal(code, 2);
			assert.match(stderr, sentence);
		});
	}
});
