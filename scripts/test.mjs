// npm test
// Installs, builds, and runs the three rings. Ends with one plain line that sums them, and with a code other than 0 where
// a test failed or could not run. ROLEWRIGHT_SKIP_EDITOR=1 leaves the third ring out on purpose.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { mustRun, root, run } from './command.mjs';
import { installDependencies, installPrograms } from './dependencies.mjs';

await installDependencies();
installPrograms();

const node = process.execPath;
const checks = [
	['build', 'scripts/build.mjs'],
	['types', 'node_modules/typescript/bin/tsc', '--noEmit'],
	['types of the pages', 'node_modules/typescript/bin/tsc', '--noEmit', '--project', 'src/views'],
	['lint', 'node_modules/@biomejs/biome/bin/biome', 'check', '.'],
];
const total = { passed: 0, failed: 0, skipped: 0 };
const complaints = [];

for (const [name, ...args] of checks) {
	console.log(`\n# ${name}`);
	if ((await run(node, args)) !== 0) {
		complaints.push(`${name}: failed`);
	}
}
await ring('pure', () => mochaResults('test/mocharc.json'));
await ring('processes', () => mochaResults('test/processes/mocharc.json'));
if (process.env.ROLEWRIGHT_SKIP_EDITOR === '1') {
	console.log('\n# editor\nLeft out, as ROLEWRIGHT_SKIP_EDITOR says: the tests in VS Code (test/extension).');
} else {
	await ring('editor', () => editorResults({}));
	await ring('closing', () => editorResults({ files: ['closing/*.test.ts'] }));
	await ring('roots', () => editorResults({ files: ['roots/*.test.ts'], roots: ['north', 'south'] }));
	if (process.env.VSCODE_EXECUTABLE) {
		console.log('\n# untrusted\nLeft out: a test run of a desktop VS Code trusts every folder.');
	} else {
		await ring('untrusted', () => editorResults({ files: ['untrusted/*.test.ts'], trust: false }));
	}
	await ring('web', webResults);
	await ring('package', packageResults);
}

for (const complaint of complaints) {
	console.log(`\n${complaint}`);
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 || complaints.length > 0 ? 1 : 0;

async function ring(name, results) {
	console.log(`\n# ${name}`);
	try {
		const { passed, failed, skipped } = await results();
		total.passed += passed;
		total.failed += failed;
		total.skipped += skipped;
		if (passed + failed === 0) {
			complaints.push(`${name}: no test ran`);
		}
	} catch (error) {
		complaints.push(`${name}: the tests did not run. ${error.message}`);
	}
}

/** Mocha shows one reporter only; ours is the one of the configuration, and writes the numbers beside. */
async function mochaResults(config) {
	const file = path.join(root, 'out', 'results.json');
	mkdirSync(path.dirname(file), { recursive: true });
	rmSync(file, { force: true });
	const mocha = ['node_modules/mocha/bin/mocha.js', '--config', config, '--reporter', 'scripts/reporter.cjs'];
	const code = await run(node, mocha, { env: { ROLEWRIGHT_TEST_RESULTS: file } });
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		throw new Error(`mocha ended with ${code} before the tests did.`);
	}
}

async function editorResults(what) {
	const { runEditorTests } = await import('./editor/run-tests.mjs');
	return runEditorTests(what);
}

async function webResults() {
	const results = await import('./editor/run-web-tests.mjs');
	return results.webResults();
}

/** The package as a user gets it, installed in an editor of its own. */
async function packageResults() {
	const vsix = path.join(root, 'out', 'rolewright.vsix');
	await mustRun(node, ['scripts/package.mjs', '--out', vsix]);
	return editorResults({ files: ['installed/*.test.ts'], vsix });
}
