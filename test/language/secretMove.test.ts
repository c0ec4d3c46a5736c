import assert from 'node:assert/strict';
import { applyEdits } from '../../src/base/span';
import { diagnose } from '../../src/language/diagnostics';
import { filesForSecrets, moveSecret, secretsAt } from '../../src/language/secretMove';
import { serviceFrom } from '../support/services';

const key = `AccountName=shop;AccountKey=${'a'.repeat(86)}==`;
const body = (value: string) =>
	`<!-- kept --><Role name="Back"><Instances count="1"/><ConfigurationSettings><Setting name='Data' value='${value}' /></ConfigurationSettings></Role>`;

/** The files after the first secret was moved, by their names. */
function moved(beside: Readonly<Record<string, string>>, named?: string): Readonly<Record<string, string>> | undefined {
	const { service, file } = serviceFrom({ definition: '<WorkerRole name="Back"/>', Cloud: body(key) });
	const cloud = file('Cloud');
	const [secret] = secretsAt(cloud, service, { start: 0, end: cloud.document.text.length });
	assert.ok(secret);
	const files = filesForSecrets(service, cloud, named);
	const textOf = (path: string) => beside[path.slice(3)];
	const edits = moveSecret(cloud, secret, files, textOf);
	return (
		edits &&
		Object.fromEntries(
			edits.map(edit => {
				const before = edit.path === cloud.path ? cloud.document.text : (textOf(edit.path) ?? '');
				return [edit.path.slice(3), 'created' in edit ? edit.created : applyEdits(before, edit.edits)];
			}),
		)
	);
}

suite('moving a secret out of a configuration', () => {
	test('where there is nothing yet, the files are made', () => {
		const found = moved({});
		assert.deepEqual(Object.keys(found ?? {}), [
			'ServiceConfiguration.Cloud.cscfg',
			'rolewright.secrets.json',
			'rolewright.json',
			'.gitignore',
		]);
		assert.match(found?.['ServiceConfiguration.Cloud.cscfg'] ?? '', /<!-- kept -->.*<Setting name='Data' value='' \/>/);
		assert.deepEqual(JSON.parse(found?.['rolewright.secrets.json'] ?? ''), {
			'ServiceConfiguration.Cloud.cscfg': { Back: { Data: key } },
		});
		assert.deepEqual(JSON.parse(found?.['rolewright.json'] ?? ''), { secrets: 'rolewright.secrets.json' });
		assert.equal(found?.['.gitignore'], 'rolewright.secrets.json\n');
	});
	test('what is there stays', () => {
		const found = moved(
			{
				'rolewright.json': '{\n  // ours\n  "platform": "classic",\n  "secrets": "own.json"\n}\n',
				'own.json': '{ "ServiceConfiguration.Cloud.cscfg": { "Back": { "Other": "x" } } }',
				'.gitignore': 'bin\r\nown.json\r\n',
			},
			'own.json',
		);
		assert.deepEqual(Object.keys(found ?? {}), ['ServiceConfiguration.Cloud.cscfg', 'own.json']);
		assert.deepEqual(JSON.parse(found?.['own.json'] ?? ''), {
			'ServiceConfiguration.Cloud.cscfg': { Back: { Other: 'x', Data: key } },
		});
	});
	test('a line of its own in .gitignore, with its line ends', () => {
		assert.equal(moved({ '.gitignore': 'bin\r\nobj' })?.['.gitignore'], 'bin\r\nobj\r\nrolewright.secrets.json\r\n');
	});
	test('nothing where a file is not well-formed, or has another value', () => {
		assert.equal(moved({ 'rolewright.secrets.json': '{ "a": ' }), undefined);
		assert.equal(
			moved({ 'rolewright.secrets.json': '{"ServiceConfiguration.Cloud.cscfg":{"Back":{"Data":"old"}}}' }),
			undefined,
		);
	});
	test('after it nothing is said of the setting, and nothing that is said before quotes it', () => {
		const about = (value: string) => {
			const { service, file } = serviceFrom({
				definition:
					'<WorkerRole name="Back"><ConfigurationSettings><Setting name="Data"/></ConfigurationSettings></WorkerRole>',
				Cloud: body(value),
			});
			return diagnose(file('Cloud'), service).filter(({ message }) => message.includes("'Data'"));
		};
		assert.deepEqual(
			about(key).map(({ code }) => code),
			['secretInFile'],
		);
		assert.deepEqual(about(''), []);
		assert.doesNotMatch(JSON.stringify(about(`AccountName=a;${'b'.repeat(86)}==`)), /bbbb/);
		assert.doesNotMatch(JSON.stringify(about(`${key};Key`)), /aaaa/);
	});
});
