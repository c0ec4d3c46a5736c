import assert from 'node:assert/strict';
import { packagesIn } from '../../src/node/dotnet/packages';

suite('packages.config', () => {
	const lists: Record<string, readonly string[]> = {
		'<packages><package id="A.B" version="1.0.2" targetFramework="net45" /></packages>': ['A.B 1.0.2'],
		'<packages>\n<package version=\'2.0-beta\' id=\'C\' />\n<package id="D" version="1.0.0.0"/></packages>': [
			'C 2.0-beta',
			'D 1.0.0.0',
		],
		'<package id="../up" version="1.0.0" /><package id="A" version="../1" /><package id="A/B" version="1" />': [],
		'<package id="A" ': [],
		'': [],
	};
	for (const [list, packages] of Object.entries(lists)) {
		test(list || 'an empty file', () => {
			assert.deepEqual(
				packagesIn(list).map(({ id, version }) => `${id} ${version}`),
				packages,
			);
		});
	}
});
