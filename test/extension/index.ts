import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import * as vscode from 'vscode';

/** What `extensionTestsPath` names: VS Code calls `run` in its extension host, and ends with 1 when it rejects. */
export async function run(): Promise<void> {
	const { ROLEWRIGHT_TEST_CONSOLE, ROLEWRIGHT_TEST_RESULTS, ROLEWRIGHT_TEST_PATTERN } = process.env;
	if (ROLEWRIGHT_TEST_CONSOLE) {
		printTo(ROLEWRIGHT_TEST_CONSOLE);
	}
	const mocha = new Mocha({ ui: 'tdd', timeout: 30_000, color: false });
	if (ROLEWRIGHT_TEST_PATTERN) {
		mocha.fgrep(ROLEWRIGHT_TEST_PATTERN);
	}
	for (const file of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
		if (file.endsWith('.test.cjs')) {
			mocha.addFile(path.join(__dirname, file));
		}
	}
	await mocha.loadFilesAsync();
	const { passes = 0, failures = 0, pending = 0 } = await runToTheEnd(mocha);
	if (ROLEWRIGHT_TEST_RESULTS) {
		const host = `${vscode.env.appName} ${vscode.version}`;
		writeFileSync(
			ROLEWRIGHT_TEST_RESULTS,
			JSON.stringify({ host, passed: passes, failed: failures, skipped: pending }),
		);
	}
	if (failures > 0) {
		throw new Error(`${failures} tests failed.`);
	}
}

function runToTheEnd(mocha: Mocha): Promise<Partial<Mocha.Stats>> {
	return new Promise(resolve => {
		const runner = mocha.run(() => resolve(runner.stats ?? {}));
	});
}

/** Straight to a file: the text arrives even when the window dies, and the window's own console loses formats. */
function printTo(file: string): void {
	Mocha.reporters.Base.consoleLog = (...values) => appendFileSync(file, `${format(...values)}\n`);
}
