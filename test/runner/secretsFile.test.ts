import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Failure } from '../../src/base/failure';
import { chooseConfiguration, openService } from '../../src/runner/openService';
import { configurationText, definitionText } from '../support/services';

suite('secrets laid over a configuration', () => {
	let folder = '';
	setup(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'rolewright-secrets-'));
		const settings = '<Setting name="Data" value=""/><Setting name="Color" value="red"/>';
		write('ServiceDefinition.csdef', definitionText('<WorkerRole name="Back"/>'));
		for (const name of ['Local', 'Cloud']) {
			write(
				`ServiceConfiguration.${name}.cscfg`,
				configurationText(
					`<Role name="Back"><Instances count="1"/><ConfigurationSettings>${settings}</ConfigurationSettings></Role>`,
				),
			);
		}
		write('rolewright.json', '{ "secrets": "own.json" }');
	});
	teardown(() => rmSync(folder, { recursive: true }));

	const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
	const values = (name: string) =>
		chooseConfiguration(openService(folder), name).roles[0]?.settings.map(({ value }) => value);

	test('the values of its own file, and no other', () => {
		write(
			'own.json',
			'{ "ServiceConfiguration.Local.cscfg": { "Back": { "Data": "key", "Unknown": "x" }, "Other": {} } }',
		);
		assert.deepEqual(values('Local'), ['key', 'red']);
		assert.deepEqual(values('Cloud'), ['', 'red']);
	});
	test('none where the file is not there, as in a fresh clone', () => {
		assert.deepEqual(values('Local'), ['', 'red']);
	});
	test('what is wrong in the file is said without what stands there', () => {
		write('own.json', '{ "ServiceConfiguration.Local.cscfg": { "Back": "secret-word" } }');
		assert.throws(
			() => openService(folder),
			(error: unknown) =>
				error instanceof Failure && !error.message.includes('secret-word') && error.message.includes('own.json'),
		);
	});
	test('the file lies beside the definition', () => {
		write('rolewright.json', '{ "secrets": "../own.json" }');
		assert.throws(() => openService(folder), /'secrets' must be the name of a file in the same folder/);
	});
});
