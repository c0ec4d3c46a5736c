import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';
import { keepsTheContract } from './journalContract';

const root = path.resolve(__dirname, '../..');

/** The command line as `npm run build` makes it, in a folder of its own; the C# half is the one that was built last. */
export async function bundleCommandLine(): Promise<{ readonly cli: string; remove(): void }> {
	const folder = mkdtempSync(path.join(tmpdir(), 'rolewright-cli-'));
	// Named by a variable, since it is no module of the tests.
	const validators = '../../scripts/validators.mjs';
	const { compiledValidators } = await import(validators);
	const bundle = (entry: string, file: string) =>
		build({
			absWorkingDir: root,
			entryPoints: [entry],
			outfile: path.join(folder, file),
			bundle: true,
			platform: 'node',
			format: 'cjs',
			target: 'node18',
			keepNames: true,
			plugins: [compiledValidators],
			logLevel: 'warning',
		});
	await Promise.all([bundle('src/cli/main.ts', 'cli.js'), bundle('src/node/roleHost/main.ts', 'role-host.js')]);
	const host = path.join(root, 'dist/host');
	if (existsSync(host)) {
		symlinkSync(host, path.join(folder, 'host'), 'junction');
	}
	return { cli: path.join(folder, 'cli.js'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** One call of the command line, with what it has printed so far. */
export interface Call {
	/** The journal of `--format jsonl`. */
	readonly entries: readonly JournalEntry[];
	readonly output: { readonly stdout: string; readonly stderr: string };
	/** The first entry, so far or to come, of which this is true. */
	entry<Found extends JournalEntry>(is: (entry: JournalEntry) => entry is Found): Promise<Found>;
	entry(is: (entry: JournalEntry) => boolean): Promise<JournalEntry>;
	write(line: string): void;
	signal(name: NodeJS.Signals): void;
	/** Closes the reading end of its output, as `head` does. */
	stopReading(): void;
	/** The exit code, or the signal that ended it; rejects where it takes too long, and where the journal is not as published. */
	readonly ended: Promise<number | string>;
}

/** `input`: what standard input holds, to its end; left out, it stays open for `write`; empty, the call runs until a signal. */
export function call(
	cli: string,
	argv: readonly string[],
	{ cwd, input, limit = 90_000 }: { cwd?: string; input?: string; limit?: number } = {},
): Call {
	const child = spawn(process.execPath, [cli, ...argv], { cwd: cwd ?? root });
	const entries: JournalEntry[] = [];
	const output = { stdout: '', stderr: '' };
	const waiting = new Set<() => void>();
	child.stdin.on('error', () => {});
	if (input !== undefined) {
		child.stdin.end(input);
	}
	createInterface({ input: child.stdout }).on('line', line => {
		output.stdout += `${line}\n`;
		if (line.startsWith('{"n":')) {
			entries.push(JSON.parse(line));
			for (const look of [...waiting]) {
				look();
			}
		}
	});
	child.stderr.setEncoding('utf8').on('data', text => {
		output.stderr += text;
	});
	const ended = new Promise<number | string>((resolve, reject) => {
		const timer = setTimeout(() => {
			child.kill('SIGKILL');
			reject(new Error(`it did not end\n${output.stdout}${output.stderr}`));
		}, limit);
		child.once('close', (code, signal) => {
			clearTimeout(timer);
			try {
				keepsTheContract(entries);
				resolve(code ?? signal ?? 'unknown');
			} catch (error) {
				reject(error);
			}
		});
	});
	ended.catch(() => {});
	const entry = (is: (entry: JournalEntry) => boolean): Promise<JournalEntry> =>
		new Promise((resolve, reject) => {
			const look = (): void => {
				const found = entries.find(is);
				if (found) {
					waiting.delete(look);
					resolve(found);
				}
			};
			waiting.add(look);
			look();
			void ended.then(() => reject(new Error(`it ended before\n${output.stdout}${output.stderr}`)), reject);
		});
	return {
		entries,
		output,
		entry: entry as Call['entry'],
		write: line => child.stdin.write(`${line}\n`),
		signal: name => child.kill(name),
		stopReading: () => child.stdout.destroy(),
		ended,
	};
}

/** The texts of one kind of entry, in order. */
export function texts(entries: readonly JournalEntry[], event: 'error' | 'note' | 'output'): readonly string[] {
	return entries.flatMap(entry => (entry.event === event ? [entry.text] : []));
}

/** What an instance went through, each once in a row. Calls of `Run` are left out: it goes on beside everything else. */
export function states(entries: readonly JournalEntry[], instance: string): readonly string[] {
	const all = entries.flatMap(entry => (entry.event === 'state' && entry.instance === instance ? [entry.state] : []));
	return all.filter((state, index) => state !== all[index - 1]);
}

export function calls(entries: readonly JournalEntry[], instance: string): readonly string[] {
	return entries.flatMap(entry =>
		entry.event === 'call' && entry.instance === instance && entry.phase === 'end' && entry.call !== 'Run'
			? [entry.call]
			: [],
	);
}

/** Every process that the journal tells of is gone, and so is every port. */
export function leavesNothing(entries: readonly JournalEntry[]): void {
	const started = entries.flatMap(entry => (entry.event === 'process' && entry.phase === 'started' ? [entry.pid] : []));
	assert.deepEqual(started.filter(lives), [], 'processes that are left');
	const open = new Map<string, boolean>();
	for (const entry of entries) {
		if (entry.event === 'endpoint') {
			open.set(`${entry.instance ?? ''} ${entry.endpoint} ${entry.port}`, entry.phase === 'open');
		}
	}
	assert.deepEqual(
		[...open].flatMap(([endpoint, isOpen]) => (isOpen ? [endpoint] : [])),
		[],
		'endpoints that are left',
	);
}

function lives(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}
