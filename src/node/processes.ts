import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { pause, wallClock } from './clock';
import { lineReader } from './lines';
import { findProgram } from './programs';

/**
 * The one place where processes are born. Each is the head of a tree of its own (a process group on POSIX), is ended as a
 * tree, and is ended with the fabric whatever way the fabric ends.
 */
export interface ProcessStart {
	/** A program by name or path, started as it is; or a line for the command interpreter. */
	readonly run: { readonly command: string; readonly args?: readonly string[] } | { readonly commandLine: string };
	readonly cwd: string;
	/** The whole environment; `childEnvironment` makes it. */
	readonly env: NodeJS.ProcessEnv;
	/** Gets the output line by line; without it `stdout` and `stderr` of the process are there to read. */
	readonly line?: (stream: 'stdout' | 'stderr', text: string) => void;
	/** `pipe` gives `stdin`; by default the process reads an empty input. */
	readonly stdin?: 'ignore' | 'pipe';
	/** What its first process leaves running when it ends: `end` (the default) ends it, `leave` keeps it until `kill`. */
	readonly rest?: 'end' | 'leave';
	/** It keeps nobody waiting: the fabric may end although this one has not. */
	readonly isInBackground?: boolean;
	/** Where the process is written down, so that it is found when the fabric was killed (leftovers.ts). */
	readonly record?: ProcessRecord;
}

export interface ProcessRecord {
	/** Marks the environment of every process of this fabric. */
	readonly variables: Readonly<Record<string, string>>;
	/** Begins the names of this fabric's folders in the temporary folder of the system; those are removed after it, too. */
	readonly folderPrefix: string;
	add(pid: number): void;
}

export interface RunningProcess {
	/** `undefined` when it could not be started. */
	readonly pid: number | undefined;
	readonly stdin: Writable | undefined;
	readonly stdout: Readable | undefined;
	readonly stderr: Readable | undefined;
	/** Settles exactly once, after the last line of output, and never rejects: a start that failed is an exit too. */
	readonly exited: Promise<Exit>;
	/** Asks politely (SIGTERM to the tree). False where there is no polite way: on Windows, or when it is gone. */
	ask(): boolean;
	/** Ends the whole tree at once. */
	kill(): void;
}

export interface Exit {
	readonly exitCode?: number;
	readonly signal?: string;
	/** The process could not be started; a sentence that says what to do. */
	readonly failure?: string;
}

const windows = process.platform === 'win32';

/** How long the output of an ended process may stay open in the hands of a descendant before its end is told all the same. */
const outputGrace = 300;

/** How long the rest of a tree that was asked to end may take when its head is gone, and how often that is looked at. */
const askedGrace = 5_000;
const askedLook = 20;

export function startProcess(start: ProcessStart): RunningProcess {
	endAllWithThisProcess();
	const child = spawnChild(start);
	const tree: ProcessTree = { pid: child.pid, record: start.record, asked: false };
	if (start.isInBackground) {
		letGo(child);
	}
	if (child.pid !== undefined) {
		living.add(tree);
		start.record?.add(child.pid);
	}
	const outputEnded = start.line ? readLines(child, start.line) : Promise.resolve();
	return {
		pid: child.pid,
		stdin: child.stdin ?? undefined,
		stdout: start.line ? undefined : (child.stdout ?? undefined),
		stderr: start.line ? undefined : (child.stderr ?? undefined),
		exited: exitOf(child, start, tree, outputEnded),
		ask: () => {
			tree.asked = true;
			return signalTree(tree, 'SIGTERM');
		},
		kill: () => killTree(tree),
	};
}

/** Asks, waits so many milliseconds of wall time, then kills. */
export async function askThenKill(running: RunningProcess, milliseconds: number): Promise<Exit> {
	if (!running.ask()) {
		running.kill();
	}
	const limit = wallClock.after(milliseconds, () => running.kill());
	const exit = await running.exited;
	limit.dispose();
	return exit;
}

/** Runs a program to its end and gives what it wrote. For short questions to a tool, never for the code of a role. */
export async function outputOf(
	command: string,
	args: readonly string[],
	options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly limit?: number } = {},
): Promise<Exit & { readonly stdout: string; readonly stderr: string }> {
	const text = { stdout: '', stderr: '' };
	const running = startProcess({
		run: { command, args },
		cwd: options.cwd ?? process.cwd(),
		env: options.env ?? process.env,
		line: (stream, line) => {
			text[stream] += `${line}\n`;
		},
	});
	const limit = wallClock.after(options.limit ?? 30_000, () => running.kill());
	const exit = await running.exited;
	limit.dispose();
	return { ...exit, ...text };
}

/** Stops the clock of a process of this fabric and of its tree (SIGSTOP); it can still be killed. False on Windows, or when it is gone. */
export function holdProcessTree(pid: number): boolean {
	return signalTree({ pid, record: undefined }, 'SIGSTOP');
}

/** Ends every process tree that this fabric has started and that still lives, or only those of one record. */
export function endAllProcesses(record?: ProcessRecord): void {
	for (const tree of living) {
		if (record === undefined || tree.record === record) {
			killTree(tree);
		}
	}
}

/** Kills a process, and its tree where it is the head of one, that was not started here: one left over by a killed fabric. */
export function killProcessTree(pid: number): void {
	killTree({ pid, record: undefined });
	if (!windows) {
		try {
			process.kill(pid, 'SIGKILL');
		} catch {
			// It was in the tree.
		}
	}
}

/** When a process started, in milliseconds since 1970, to a second; `undefined` when there is none of this id. */
export function startTimeOf(pid: number): number | undefined {
	const answer = windows
		? spawnSync(
				'powershell.exe',
				[
					'-NoProfile',
					'-NonInteractive',
					'-Command',
					`(Get-Process -Id ${pid}).StartTime.ToUniversalTime().ToString('o')`,
				],
				{ encoding: 'utf8', windowsHide: true },
			)
		: spawnSync('ps', ['-o', 'etime=', '-p', String(pid)], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
	const text = answer.stdout?.trim() ?? '';
	if (answer.status !== 0 || text === '') {
		return undefined;
	}
	return windows ? Date.parse(text) : Date.now() - elapsed(text) * 1000;
}

/** Seconds of `[[days-]hours:]minutes:seconds`, as `ps` writes an age; a date would depend on the zone and the language. */
function elapsed(text: string): number {
	const [clock = '', days = '0'] = text.split('-').reverse();
	return clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) + Number(days) * 86_400;
}

/**
 * The environment of a child: the fabric's own without the variables by which an editor talks to its own processes, and
 * over it the given ones. On Windows `Path` and `PATH` are one name. `undefined` takes a variable away.
 */
export function childEnvironment(
	...layers: readonly Readonly<Record<string, string | undefined>>[]
): NodeJS.ProcessEnv {
	const environment: NodeJS.ProcessEnv = {};
	for (const [name, value] of Object.entries(process.env)) {
		if (!/^(ELECTRON_|VSCODE_)/i.test(name)) {
			environment[name] = value;
		}
	}
	for (const [name, value] of layers.flatMap(layer => Object.entries(layer))) {
		for (const other of Object.keys(environment)) {
			if (other === name || (windows && other.toUpperCase() === name.toUpperCase())) {
				delete environment[other];
			}
		}
		if (value !== undefined) {
			environment[name] = value;
		}
	}
	return environment;
}

function spawnChild(start: ProcessStart): ChildProcess {
	const options = {
		cwd: start.cwd,
		env: { ...start.env, ...start.record?.variables },
		stdio: [start.stdin ?? 'ignore', 'pipe', 'pipe'] as ['ignore' | 'pipe', 'pipe', 'pipe'],
		// On POSIX `detached` makes a process group, so that the tree can be ended; on Windows it would open a console.
		detached: !windows,
		windowsHide: true,
	};
	return 'commandLine' in start.run
		? spawn(withoutShellBetween(start.run.commandLine, start.env), { ...options, shell: true })
		: spawn(start.run.command, start.run.args ?? [], options);
}

/**
 * A line that only starts one program takes the place of the command interpreter, so that the program itself is the head of
 * the tree: it gets the polite signal, and its end is the end.
 */
function withoutShellBetween(commandLine: string, env: NodeJS.ProcessEnv): string {
	const [, quotedWord, word = quotedWord ?? ''] = /^\s*(?:"([^"]*)"|([^\s"]+))/.exec(commandLine) ?? [];
	const startsOne = !windows && /^[\w \t./:@%+=,"'-]+$/.test(commandLine) && !word.includes('=');
	return startsOne && (word.includes('/') || findProgram(word, env)) ? `exec ${commandLine}` : commandLine;
}

/** Neither the process nor its pipes keep this one alive. */
function letGo(child: ChildProcess): void {
	child.unref();
	for (const pipe of [child.stdin, child.stdout, child.stderr]) {
		if (pipe instanceof Socket) {
			pipe.unref();
		}
	}
}

function readLines(child: ChildProcess, line: NonNullable<ProcessStart['line']>): Promise<unknown> {
	const read = (stream: 'stdout' | 'stderr'): Promise<void> =>
		new Promise(resolve => {
			const source = child[stream];
			if (!source) {
				return resolve();
			}
			const lines = lineReader(text => line(stream, text));
			source.on('data', lines.write);
			source.on('error', () => {});
			source.once('close', () => {
				lines.end();
				resolve();
			});
		});
	return Promise.all([read('stdout'), read('stderr')]);
}

function exitOf(child: ChildProcess, start: ProcessStart, tree: ProcessTree, output: Promise<unknown>): Promise<Exit> {
	// A process that is gone closes its input; whoever was writing learns it from `exited`.
	child.stdin?.on('error', () => {});
	return new Promise(resolve => {
		child.once('error', error => {
			if (child.pid === undefined) {
				resolve({ failure: startFailure(start, error) });
			}
		});
		child.once('exit', (exitCode, signal) => {
			const exit: Exit = { ...(exitCode !== null && { exitCode }), ...(signal && { signal }) };
			void asksAreHeard(tree)
				.then(() => headEnded(child, start, tree, output))
				.then(() => resolve(exit));
		});
	});
}

/** A command interpreter ends at once when it is asked to; what it has started may still be about to. */
async function asksAreHeard(tree: ProcessTree): Promise<void> {
	for (let waited = 0; tree.asked && waited < askedGrace && treeLives(tree); waited += askedLook) {
		await pause(askedLook);
	}
}

/** Ends what is left of the tree, and waits for the last line of output. */
async function headEnded(
	child: ChildProcess,
	start: ProcessStart,
	tree: ProcessTree,
	output: Promise<unknown>,
): Promise<void> {
	if (start.rest === 'leave' && treeLives(tree)) {
		unfinished(tree);
	} else {
		// Windows keeps no group: once its head is gone, nobody can tell what belonged to it.
		signalTree(tree, 'SIGKILL');
		living.delete(tree);
	}
	await new Promise<void>(resolve => {
		const limit = wallClock.after(outputGrace, resolve);
		void (start.line ? output : Promise.resolve()).then(() => {
			limit.dispose();
			resolve();
		});
	});
	child.stdout?.destroy();
	child.stderr?.destroy();
	await output;
}

function startFailure(start: ProcessStart, error: NodeJS.ErrnoException): string {
	const program = 'commandLine' in start.run ? 'The command interpreter' : `'${start.run.command}'`;
	switch (error.code) {
		case 'ENOENT':
			return `${program} could not be started: there is no such program on the path, or the folder '${start.cwd}' does not exist.`;
		case 'EACCES':
			return `${program} could not be started: it is not executable, or the folder '${start.cwd}' may not be entered.`;
		default:
			return `${program} could not be started: ${error.message}.`;
	}
}

/** A process and its descendants, named by the first of them. */
interface ProcessTree {
	readonly pid: number | undefined;
	readonly record: ProcessRecord | undefined;
	/** It was asked politely to end. */
	asked?: boolean;
}

const living = new Set<ProcessTree>();

function killTree(tree: ProcessTree): void {
	if (tree.pid === undefined) {
		return;
	}
	if (windows) {
		spawnSync('taskkill', ['/pid', String(tree.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
	} else {
		signalTree(tree, 'SIGKILL');
	}
}

/** False when nobody is left in the tree. */
function signalTree(tree: ProcessTree, signal: NodeJS.Signals | 0): boolean {
	try {
		return !windows && tree.pid !== undefined && process.kill(-tree.pid, signal);
	} catch (error) {
		// EPERM: a member has changed its user; it lives, and is not ours to end.
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

function treeLives(tree: ProcessTree): boolean {
	return signalTree(tree, 0);
}

/** Trees whose head has ended stay in `living`; those that have died out since are forgotten when the next one comes. */
function unfinished(tree: ProcessTree): void {
	for (const other of headless) {
		if (!treeLives(other)) {
			headless.delete(other);
			living.delete(other);
		}
	}
	headless.add(tree);
}

const headless = new Set<ProcessTree>();

let endsAll = false;

/**
 * `exit` covers every ordinary end. A signal that nobody in this process listens to would skip it, so the last
 * listener that stands alone ends the trees and lets the signal do what it does by default.
 */
function endAllWithThisProcess(): void {
	if (endsAll) {
		return;
	}
	endsAll = true;
	process.once('exit', () => endAllProcesses());
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		const onSignal = (): void => {
			if (process.listenerCount(signal) === 1) {
				endAllProcesses();
				process.off(signal, onSignal);
				process.kill(process.pid, signal);
			}
		};
		process.on(signal, onSignal);
	}
}
