import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SiteKind } from '../../src/lifecycle/siteHost';
import { siteKindOf } from '../../src/runner/siteKind';

const iisnode = (handler: string, more = '') =>
	`<configuration>${more}<system.webServer><handlers><add name="iisnode" path="${handler}" verb="*" modules="iisnode"/></handlers></system.webServer></configuration>`;
const rewrite = (url: string) =>
	`<location path="."><system.webServer><rewrite><rules><rule name="x"><action type="Rewrite" url="${url}"/></rule></rules></rewrite></system.webServer></location>`;

const table: readonly (readonly [what: string, files: Readonly<Record<string, string>>, kind: SiteKind])[] = [
	['nothing', {}, { kind: 'static' }],
	['a page', { 'index.html': '' }, { kind: 'static' }],
	[
		'the handler of iisnode',
		{ 'web.config': iisnode('main.js'), 'server.js': '' },
		{ kind: 'node', script: 'main.js' },
	],
	['Web.config in another case', { 'Web.Config': iisnode('main.js') }, { kind: 'node', script: 'main.js' }],
	[
		'a pattern and a rewrite to the script',
		{ 'web.config': iisnode('*.js', rewrite('/src/app.js?x')), 'server.js': '' },
		{ kind: 'node', script: 'src/app.js' },
	],
	['a pattern alone', { 'web.config': iisnode('*.js'), 'app.js': '' }, { kind: 'node', script: 'app.js' }],
	[
		'a name that leads out of the folder',
		{ 'web.config': iisnode('../../etc/evil.js'), 'index.js': '' },
		{ kind: 'node', script: 'index.js' },
	],
	[
		'variables of web.config',
		{
			'web.config': iisnode(
				'server.js',
				'<appSettings><add key="GREETING" value="hi"/><add value="no key"/></appSettings><system.webServer><iisnode node_env="production"/></system.webServer>',
			),
		},
		{ kind: 'node', script: 'server.js', variables: { GREETING: 'hi', NODE_ENV: 'production' } },
	],
	[
		'the default of node_env',
		{ 'web.config': iisnode('server.js', '<system.webServer><iisnode node_env="%node_env%"/></system.webServer>') },
		{ kind: 'node', script: 'server.js' },
	],
	['a half-typed web.config', { 'web.config': '<configuration><handlers><add', 'index.html': '' }, { kind: 'static' }],
	[
		'a Node project without web.config',
		{ 'package.json': '{}', 'server.js': '' },
		{ kind: 'node', script: 'server.js' },
	],
	['a page with its script', { 'package.json': '{}', 'app.js': '', 'index.html': '' }, { kind: 'static' }],
	[
		'a build of ASP.NET Core',
		{ 'Shop.dll': '', 'Shop.runtimeconfig.json': '{"frameworks":[{"name":"Microsoft.AspNetCore.App"}]}' },
		{ kind: 'aspnetcore', assembly: 'Shop.dll' },
	],
	['a build of a plain program', { 'Shop.dll': '', 'Shop.runtimeconfig.json': '{}' }, { kind: 'static' }],
	['PHP', { 'index.php': '' }, { kind: 'php' }],
	['ASP.NET by its pages', { 'Default.aspx': '' }, { kind: 'aspnet' }],
	[
		'ASP.NET by its configuration',
		{ 'web.config': '<configuration><system.web/></configuration>', 'bin/Site.dll': '' },
		{ kind: 'aspnet' },
	],
	['web.config of a static site', { 'web.config': '<configuration><system.web/></configuration>' }, { kind: 'static' }],
];

suite('what answers the requests of a folder', () => {
	let folder: string;
	setup(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'rolewright-site-'));
	});
	teardown(() => rmSync(folder, { recursive: true, force: true }));

	function write(files: Readonly<Record<string, string>>): void {
		for (const [file, text] of Object.entries(files)) {
			const place = path.join(folder, file);
			mkdirSync(path.dirname(place), { recursive: true });
			writeFileSync(place, text);
		}
	}

	for (const [what, files, kind] of table) {
		test(`${what}: ${kind.kind}`, () => {
			write(files);
			assert.deepEqual(siteKindOf(folder), kind);
		});
	}

	test('what rolewright.json says wins', () => {
		write({ 'index.php': '' });
		assert.deepEqual(siteKindOf(folder, 'go run .'), { kind: 'command', commandLine: 'go run .' });
	});
});
