import assert from 'node:assert/strict';
import path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import manifest from '../../package.json';

/** What may go into the package; everything else is a leak. */
const allowed = [
	/^(package\.json|CHANGELOG\.md|LICENSE|language-configuration\.json)$/,
	/^dist\/(extension|web|cli|role-host)\.js$/,
	/^dist\/views\/[^/]+\.(js|css)$/,
	/^dist\/host\/.+\.(dll|targets|props|json|xml|exe)$/,
	/^schemas\/[^/]+\.schema\.json$/,
	/^syntaxes\/[^/]+\.json$/,
	/^media\/[^/]+\.(svg|png)$/,
	/^docs\/(extension|lifecycle|events|disks|keyboard)\.md$/,
	/^docs\/lifecycle\/[^/]+\.md$/,
	/^package\.nls(\.\w+)?\.json$/,
	/^l10n\/bundle\.l10n(\.\w+)?\.json$/,
	/^types\/[^/]+\.d\.ts$/,
	/^docs\/problems\/[^/]+\.md$/,
];

suite('the package', () => {
	let files: readonly string[];

	suiteSetup(async () => {
		// The function takes the path of the readme too, as the command does; its type does not say so.
		const { readmePath } = manifest.vsce;
		const options = { cwd: path.resolve(__dirname, '../..'), packageManager: PackageManager.None, readmePath };
		const found = await listFiles(options);
		files = found.map(file => file.replaceAll('\\', '/'));
	});

	test('holds nothing but what runs: no sources, no source maps, no node_modules', () => {
		assert.deepEqual(
			files.filter(file => !allowed.some(pattern => pattern.test(file))),
			[],
		);
	});

	const needed = [
		...['package.json', 'LICENSE', 'dist/extension.js', 'dist/web.js', 'dist/cli.js', 'dist/role-host.js'],
		...[
			'package.nls.json',
			'package.nls.de.json',
			'l10n/bundle.l10n.de.json',
			'docs/lifecycle.md',
			'docs/lifecycle/reboot.md',
		],
	];
	for (const file of needed) {
		test(`holds ${file}`, () => {
			assert.ok(files.includes(file));
		});
	}
});
