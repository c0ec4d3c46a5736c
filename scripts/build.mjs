// npm run build [-- --package]
// Bundles the extension, the command line and the JavaScript role host into dist/, then builds the C# host.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { mustRun, root } from './command.mjs';
import { compiledValidators } from './validators.mjs';

const bundles = [
	{ entry: 'src/extension/main.ts', out: 'dist/extension.js', external: ['vscode'] },
	{ entry: 'src/extension/web.ts', out: 'dist/web.js', external: ['vscode'], platform: 'browser', target: 'chrome114' },
	{ entry: 'src/cli/main.ts', out: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
	{ entry: 'src/node/roleHost/main.ts', out: 'dist/role-host.js' },
];

/** For the package the bundles are small and have no source maps, which would carry the sources along. */
const forPackage = process.argv.includes('--package');

for (const { entry, out, ...options } of bundles) {
	if (forPackage) {
		await rm(path.join(root, `${out}.map`), { force: true });
	}
	// esbuild prints what is wrong; the other bundles are built all the same.
	const built = build({
		absWorkingDir: root,
		entryPoints: [entry],
		outfile: out,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		// The Node of the oldest VS Code in engines.vscode.
		target: 'node18',
		minifySyntax: forPackage,
		minifyWhitespace: forPackage,
		// Names of functions and classes show in the stack traces of the extension's log, so they stay as they are there.
		// (`keepNames` would have every closure named anew whenever it is made, a tenth of the time of a validation.)
		minifyIdentifiers: forPackage && !out.endsWith('extension.js'),
		sourcemap: !forPackage,
		logLevel: 'warning',
		plugins: [compiledValidators],
		...options,
	});
	await built.catch(() => {
		process.exitCode = 1;
	});
}

/** What runs inside webview pages: a script for each page, and one style sheet for all. */
const pages = build({
	absWorkingDir: root,
	entryPoints: [
		{ in: 'src/views/matrix/main.ts', out: 'matrix' },
		{ in: 'src/views/role/main.ts', out: 'role' },
		{ in: 'src/views/timeline/main.ts', out: 'timeline' },
		{ in: 'src/views/topology/main.ts', out: 'topology' },
		{ in: 'src/views/page.css', out: 'page' },
	],
	outdir: 'dist/views',
	bundle: true,
	platform: 'browser',
	format: 'iife',
	// The Chromium of the oldest VS Code in engines.vscode.
	target: 'chrome114',
	minify: forPackage,
	sourcemap: !forPackage && 'inline',
	logLevel: 'warning',
});
await pages.catch(() => {
	process.exitCode = 1;
});

await mustRun(process.execPath, ['scripts/build-host.mjs']);
