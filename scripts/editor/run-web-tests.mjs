// node scripts/editor/run-web-tests.mjs
// Part of the third ring: the web build in the worker of a headless browser, in a window without a server. Build first.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../command.mjs';
import { runWebTests } from './web.mjs';

/** The results of test/extension/web, as a ring of `npm test` wants them. Throws where they did not run. */
export async function webResults() {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'rolewright-web-'));
	try {
		await bundle(folder);
		const { lines, outside } = await runWebTests({
			extensions: [root, folder],
			folder: 'memory:/shop',
			tests: path.join(folder, 'tests.js'),
		});
		for (const [, line] of lines.flatMap(each => [/\bweb ((?:ok|failed) .*)$/s.exec(each) ?? []])) {
			if (line) {
				console.log(line);
			}
		}
		const results = lines.flatMap(each => /\bweb results (\{.*\})/.exec(each)?.[1] ?? [])[0];
		if (!results) {
			throw new Error(`The tests in the browser did not come to their end:\n${lines.join('\n')}`);
		}
		if (outside.length > 0) {
			throw new Error(`The window asked other machines: ${outside.join(', ')}`);
		}
		return JSON.parse(results);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The tests and the files that they work on, as an extension of the web. */
async function bundle(folder) {
	const manifest = {
		name: 'memory-files',
		publisher: 'rolewright',
		version: '0.0.1',
		engines: { vscode: '^1.82.0' },
		browser: './memoryFiles.js',
		activationEvents: ['onFileSystem:memory'],
	};
	writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
	await build({
		absWorkingDir: root,
		entryPoints: ['test/extension/web/memoryFiles.ts', 'test/extension/web/tests.ts'],
		outdir: folder,
		bundle: true,
		platform: 'browser',
		format: 'cjs',
		external: ['vscode'],
		logLevel: 'warning',
	});
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	const { passed, failed } = await webResults();
	console.log(`${passed} passed, ${failed} failed`);
	process.exitCode = failed > 0 ? 1 : 0;
}
