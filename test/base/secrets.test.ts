import assert from 'node:assert/strict';
import { isSecret, maskParts, maskSecret, secretParts } from '../../src/base/secrets';

const key64 = `${'Abc+/'.repeat(17)}A==`;
const key32 = `${'Abc+/'.repeat(8)}Abc=`;

/** The value as the journal, a tree or a report may show it. */
function shown(name: string, value: string): string {
	return isSecret(name, value) ? maskSecret(value) : value;
}

suite('secrets', () => {
	const rows: readonly [name: string, value: string, shown: string][] = [
		[
			'DataConnectionString',
			`DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=${key64};EndpointSuffix=core.windows.net`,
			'DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=•••;EndpointSuffix=core.windows.net',
		],
		[
			'Database',
			'Server=db;User ID=app;Password="a;b";Encrypt=true',
			'Server=db;User ID=app;Password=•••;Encrypt=true',
		],
		['Database', 'Server=db;uid=app;pwd = x', 'Server=db;uid=app;pwd = •••'],
		[
			'Bus',
			'Endpoint=sb://b/;SharedAccessKeyName=Root;SharedAccessKey=k1=',
			'Endpoint=sb://b/;SharedAccessKeyName=Root;SharedAccessKey=•••',
		],
		[
			'Blobs',
			'BlobEndpoint=https://b/;SharedAccessSignature=sv=2020&sig=a%2B',
			'BlobEndpoint=https://b/;SharedAccessSignature=•••',
		],
		['Container', 'https://b/c?sv=2020&sig=abc%3D&se=1', 'https://b/c?sv=2020&sig=•••&se=1'],
		['Queue', 'amqp://user:hunter2@host/q', 'amqp://user:•••@host/q'],
		['Database', 'Server=db;uid=app;Password=d', 'Server=db;uid=app;Password=•••'],
		['Sas', 'sv=1;SharedAccessSignature=sv=2&sig=ab', 'sv=1;SharedAccessSignature=•••'],
		['Anything', key64, '•••'],
		['Anything', key32, '•••'],
		['Anything', 'eyJhbGciOi.eyJzdWIi.c2ln', '•••'],
		['AdminPassword', 'hunter2', '•••'],
		['Microsoft.WindowsAzure.Plugins.RemoteAccess.AccountEncryptedPassword', 'MIIB', '•••'],
		['ApiKey', '12345', '•••'],
		['client_secret', 'x', '•••'],
		['SasToken', 'x', '•••'],
		['DB_PWD', 'x', '•••'],
		['AdminPassword', '', ''],
		['UsePassword', 'true', 'true'],
		['PasswordLength', '12', '12'],
		['StorageConnectionString', 'UseDevelopmentStorage=true', 'UseDevelopmentStorage=true'],
		['Thumbprint', 'ABCDEF0123456789ABCDEF0123456789ABCDEF01', 'ABCDEF0123456789ABCDEF0123456789ABCDEF01'],
		['Greeting', 'hello; key of the house', 'hello; key of the house'],
		['Monkey', 'banana', 'banana'],
		['TokenLifetime', '01:00:00', '01:00:00'],
		['Address', 'https://example.org/a?b=c', 'https://example.org/a?b=c'],
	];

	for (const [name, value, expected] of rows) {
		test(`${name} = ${value.slice(0, 40)}`, () => assert.equal(shown(name, value), expected));
	}

	test('a secret is hidden in other texts that repeat it, a very short one is not', () => {
		const parts = [...secretParts('AdminPassword', 'hunter2'), ...secretParts('OtherPassword', 'in')];
		assert.equal(maskParts('login with hunter2 in vain', parts), 'login with ••• in vain');
	});
});
