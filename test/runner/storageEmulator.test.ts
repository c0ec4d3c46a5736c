import assert from 'node:assert/strict';
import { usesEmulator } from '../../src/runner/storageEmulator';

suite('Which settings ask for the storage emulator', () => {
	const values: Record<string, boolean> = {
		'UseDevelopmentStorage=true': true,
		'usedevelopmentstorage=True;DevelopmentStorageProxyUri=http://127.0.0.1': true,
		'AccountName=devstoreaccount1;AccountKey=x;TableEndpoint=http://127.0.0.1:10002/devstoreaccount1': true,
		'BlobEndpoint=http://localhost:10000/devstoreaccount1': true,
		'UseDevelopmentStorage=false': false,
		'DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=x': false,
		'http://127.0.0.1:100020/': false,
		'': false,
	};
	for (const [value, expected] of Object.entries(values)) {
		test(`${value || 'an empty value'}: ${expected ? 'yes' : 'no'}`, () => assert.equal(usesEmulator(value), expected));
	}
});
