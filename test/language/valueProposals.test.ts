import assert from 'node:assert/strict';
import { applyEdits } from '../../src/base/span';
import { complete } from '../../src/language/completion';
import { signatureAt } from '../../src/language/signature';
import { marked } from '../support/marked';
import { configurationText, definitionText, serviceFrom } from '../support/services';

const setting = (value: string, name = 'DataConnectionString') =>
	`<Role name="Back"><Instances count="1"/><ConfigurationSettings><Setting name="${name}" value="${value}"/></ConfigurationSettings></Role>`;

function at(name: 'definition' | 'Local', body: string) {
	const { text, offset } = marked(name === 'definition' ? definitionText(body) : configurationText(body));
	const { service, file } = serviceFrom({ [name]: text });
	return { text, offset, file: file(name), suggestions: complete(file(name), service, offset) };
}

function proposes(value: string, expected: readonly string[], name?: string): void {
	const { suggestions } = at('Local', setting(value, name));
	assert.deepEqual(suggestions.map(({ label }) => label).slice(0, expected.length), expected);
}

/** Accepts a proposal and compares the value that comes out. */
function writes(value: string, label: string, expected: string): void {
	const { text, suggestions } = at('Local', setting(value));
	const found = suggestions.find(each => each.label === label) ?? assert.fail(`'${label}' is not proposed`);
	const result = applyEdits(text, [{ span: found.replace, text: found.text }]);
	assert.equal(/<Setting[^>]* value="([^"]*)"/.exec(result)?.[1], expected);
}

suite('completion inside a connection string', () => {
	test('the keys, where nothing stands', () => {
		proposes('|', [
			'DefaultEndpointsProtocol=',
			'AccountName=',
			'AccountKey=',
			'EndpointSuffix=',
			'UseDevelopmentStorage=',
		]);
	});
	test('the keys that are not given, behind a semicolon', () => {
		proposes('DefaultEndpointsProtocol=https;AccountName=a;|', ['AccountKey=', 'EndpointSuffix=', 'BlobEndpoint=']);
	});
	test('only a proxy beside the emulator', () => {
		const { suggestions } = at('Local', setting('UseDevelopmentStorage=true;|'));
		assert.deepEqual(
			suggestions.map(({ label }) => label),
			['DevelopmentStorageProxyUri='],
		);
	});
	test('the values of a key', () => {
		proposes('DefaultEndpointsProtocol=|', ['https', 'http']);
		proposes('AccountName=a;EndpointSuffix=c|', [
			'core.windows.net',
			'core.chinacloudapi.cn',
			'core.usgovcloudapi.net',
		]);
	});
	test('nothing for a value that only the author knows', () => {
		assert.deepEqual(at('Local', setting('AccountName=|')).suggestions, []);
	});
	test('nothing in another value', () => {
		assert.deepEqual(at('Local', setting('|', 'Color')).suggestions, []);
	});
	for (const [value, label, expected] of [
		['Acc|', 'AccountName=', 'AccountName='],
		['AccountName=a;Acc|', 'AccountKey=', 'AccountName=a;AccountKey='],
		['AccountName=a; |', 'AccountKey=', 'AccountName=a; AccountKey='],
		['Accou|nt=a;AccountKey=b', 'AccountName', 'AccountName=a;AccountKey=b'],
		['DefaultEndpointsProtocol=ht|;AccountName=a', 'https', 'DefaultEndpointsProtocol=https;AccountName=a'],
	] as const) {
		test(`${value} becomes ${expected}`, () => writes(value, label, expected));
	}
	test('true or false where a module is switched on', () => {
		proposes('|', ['true', 'false'], 'Microsoft.WindowsAzure.Plugins.RemoteAccess.Enabled');
	});
});

suite('completion of a path into the role environment', () => {
	test('the plain paths, and those of what the role has', () => {
		const { suggestions } = at(
			'definition',
			'<WorkerRole name="Back"><ConfigurationSettings><Setting name="Color"/></ConfigurationSettings><LocalResources><LocalStorage name="Cache"/></LocalResources>' +
				'<Endpoints><InternalEndpoint name="Inner" protocol="tcp"/></Endpoints><Runtime><Environment><Variable name="V"><RoleInstanceValue xpath="|"/></Variable></Environment></Runtime></WorkerRole>',
		);
		const within = '/RoleEnvironment/CurrentInstance';
		assert.deepEqual(suggestions.map(({ label }) => label).slice(6), [
			`${within}/ConfigurationSettings/ConfigurationSetting[@name='Color']/@value`,
			`${within}/LocalResources/LocalResource[@name='Cache']/@path`,
			`${within}/LocalResources/LocalResource[@name='Cache']/@sizeInMB`,
			`${within}/Endpoints/Endpoint[@name='Inner']/@protocol`,
			`${within}/Endpoints/Endpoint[@name='Inner']/@address`,
			`${within}/Endpoints/Endpoint[@name='Inner']/@port`,
		]);
		assert.equal(suggestions[0]?.label, '/RoleEnvironment/Deployment/@emulated');
	});
});

suite('the parts of a connection string', () => {
	const shown = (value: string) => {
		const { file, offset } = at('Local', setting(value));
		const found = signatureAt(file, offset);
		const active = found?.active === undefined ? undefined : found.parts[found.active];
		return found && [found.label, active && found.label.slice(active.start, active.end)];
	};

	for (const [value, expected] of [
		['AccountName=a;AccountKey=se|cret', ['AccountName=…;AccountKey=…', 'AccountKey=…']],
		['Account|Name=a;AccountKey=secret', ['AccountName=…;AccountKey=…', 'AccountName=…']],
		['AccountName=a;|', ['AccountName=…', undefined]],
		['|', ['DefaultEndpointsProtocol=…;AccountName=…;AccountKey=…;EndpointSuffix=…', undefined]],
	] as const) {
		test(value, () => assert.deepEqual(shown(value), expected));
	}
	test('no secret is repeated', () => {
		assert.doesNotMatch(JSON.stringify(shown('AccountName=a;AccountKey=se|cret')), /secret/);
	});
	test('nothing elsewhere', () => {
		const { file, offset } = at('Local', setting('|', 'Color'));
		assert.equal(signatureAt(file, offset), undefined);
	});
});
