// node scripts/editor/run-tests.mjs [FILE.test.ts]... [TEXT IN A TITLE]
// The third ring: bundles test/extension and runs it in the extension host of a real VS Code, on a copy of the sample
// service. VSCODE_EXECUTABLE names a desktop VS Code to use in place of the one from the npm registry.
import {
	closeSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readdirSync,
	readFileSync,
	readSync,
	rmSync,
	unwatchFile,
	watchFile,
	writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { root } from '../command.mjs';
import { sampleFolder } from '../sample.mjs';

/**
 * Runs the tests of these files of test/extension whose full title has `pattern` in it, on the extension of this
 * folder or on a packed one, and returns their results. `trust`: false opens the folder without trusting it. `roots`: the
 * names of empty folders that are opened together in place of the sample. Throws where
 * they could not run, and where a process of theirs is left when the editor is gone.
 */
export async function runEditorTests({ files = ['*.test.ts'], pattern, vsix, trust = true, roots } = {}) {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'rolewright-editor-'));
	// Below the project, or the tests would not find mocha. Two runs at a time do not meet.
	const tests = path.join(root, 'out', path.basename(folder));
	const results = path.join(folder, 'results');
	mkdirSync(results);
	const console = path.join(results, 'console.log');
	writeFileSync(console, '');
	const stopFollowing = follow(console);
	try {
		await bundleTests(tests, files);
		const extension = vsix ? emptyExtension(folder) : root;
		const workspace = roots ? emptyRoots(folder, roots) : copyOfSample(folder);
		await startEditor(extension, path.join(tests, 'index.cjs'), workspace, userData(folder), {
			ROLEWRIGHT_EDITOR_VSIX: vsix ?? '',
			ROLEWRIGHT_EDITOR_TRUST: trust ? '' : 'ask',
			ROLEWRIGHT_TEST_CONSOLE: console,
			ROLEWRIGHT_TEST_RESULTS: path.join(results, 'results.json'),
			ROLEWRIGHT_TEST_PATTERN: pattern ?? '',
			// What the tests' own .NET debugger was asked (test/support/debugAdapter.mjs).
			ROLEWRIGHT_TEST_DEBUGGER_LOG: path.join(results, 'debugger.log'),
		});
		await nothingIsLeft(`ROLEWRIGHT_TEST_CONSOLE=${console}`);
		return readResults(path.join(results, 'results.json'));
	} finally {
		stopFollowing();
		keepResults(folder, results);
		rmSync(tests, { recursive: true, force: true });
		rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
	}
}

async function bundleTests(outdir, files) {
	await build({
		absWorkingDir: root,
		entryPoints: ['index.ts', ...files].map(file => `test/extension/${file}`),
		outdir,
		outExtension: { '.js': '.cjs' },
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node18',
		// Mocha stays outside, or the tests would be written for another copy of it than the one that runs them.
		external: ['vscode', 'mocha'],
		sourcemap: 'inline',
		logLevel: 'warning',
	});
}

async function startEditor(extension, tests, workspace, profile, env) {
	const desktop = process.env.VSCODE_EXECUTABLE;
	try {
		await runTests({
			vscodeExecutablePath: desktop ?? path.join(import.meta.dirname, 'code.mjs'),
			extensionDevelopmentPath: extension,
			extensionTestsPath: tests,
			extensionTestsEnv: env,
			launchArgs: [workspace, '--user-data-dir', profile, ...(desktop ? ['--disable-extensions'] : [])],
		});
	} catch (error) {
		// Tests that failed are told by their results; without results they did not run.
		if (!existsSync(env.ROLEWRIGHT_TEST_RESULTS)) {
			throw error;
		}
	}
}

/** A test run needs an extension under development; where ours is installed, that is one without anything in it. */
function emptyExtension(folder) {
	const extension = path.join(folder, 'empty');
	const manifest = { name: 'empty', publisher: 'rolewright', version: '0.0.1', engines: { vscode: '*' } };
	mkdirSync(extension);
	writeFileSync(path.join(extension, 'package.json'), JSON.stringify(manifest));
	return extension;
}

/** Tests edit, build and run it: the one in the repository stays as it is. */
function copyOfSample(folder) {
	const workspace = path.join(folder, 'workspace');
	const built = /[\\/](bin|obj|node_modules)$/;
	cpSync(sampleFolder(), workspace, { recursive: true, filter: source => !built.test(source) });
	return workspace;
}

function emptyRoots(folder, roots) {
	const workspace = path.join(folder, 'roots.code-workspace');
	for (const name of roots) {
		mkdirSync(path.join(folder, name));
	}
	writeFileSync(workspace, JSON.stringify({ folders: roots.map(name => ({ path: name })) }));
	return workspace;
}

function userData(folder) {
	const profile = path.join(folder, 'user');
	mkdirSync(path.join(profile, 'User'), { recursive: true });
	writeFileSync(path.join(profile, 'User', 'settings.json'), '{}');
	return profile;
}

/** What the last run left is in `out/editor`: results, console, the logs of the window and of the extension host. */
function keepResults(folder, results) {
	const kept = path.join(root, 'out', 'editor');
	const logs = path.join(folder, 'user', 'logs');
	rmSync(kept, { recursive: true, force: true });
	cpSync(results, kept, { recursive: true });
	if (existsSync(logs)) {
		cpSync(logs, path.join(kept, 'logs'), { recursive: true });
	}
}

/** Every process that the tests started carries their variables; so does what a closed window would leave behind. */
async function nothingIsLeft(mark) {
	const limit = Date.now() + 10_000;
	for (let left = processesWith(mark); left.length > 0; left = processesWith(mark)) {
		if (Date.now() > limit) {
			throw new Error(`The editor is gone, and these processes are left of it:\n${left.join('\n')}`);
		}
		await setTimeout(200);
	}
}

/** Linux alone shows the environment of a process; elsewhere this finds nothing. */
function processesWith(mark) {
	const folders = existsSync('/proc/self/environ') ? readdirSync('/proc').filter(name => /^\d+$/.test(name)) : [];
	return folders.flatMap(pid => {
		try {
			const isOurs = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(mark);
			return isOurs ? [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')}`] : [];
		} catch {
			// It has ended meanwhile, or belongs to somebody else.
			return [];
		}
	});
}

function readResults(file) {
	if (!existsSync(file)) {
		throw new Error('The tests in VS Code did not run to their end; out/editor/logs says more.');
	}
	return JSON.parse(readFileSync(file, 'utf8'));
}

/** Prints what the tests print, as they print it: the window has no console of ours. */
function follow(file) {
	let at = 0;
	const print = () => {
		const descriptor = openSync(file, 'r');
		const buffer = Buffer.alloc(64 * 1024);
		for (let size = readSync(descriptor, buffer, 0, buffer.length, at); size > 0; ) {
			process.stdout.write(buffer.subarray(0, size));
			at += size;
			size = readSync(descriptor, buffer, 0, buffer.length, at);
		}
		closeSync(descriptor);
	};
	watchFile(file, { interval: 200 }, print);
	return () => {
		unwatchFile(file);
		print();
	};
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	const files = process.argv.slice(2).filter(text => text.endsWith('.test.ts'));
	const [pattern] = process.argv.slice(2).filter(text => !text.endsWith('.test.ts'));
	const roots = files.some(file => file.startsWith('roots/')) ? ['north', 'south'] : undefined;
	const { passed, failed } = await runEditorTests({ ...(files.length > 0 && { files }), pattern, roots });
	process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
