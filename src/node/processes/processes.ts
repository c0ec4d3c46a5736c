import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { wallClock } from '../clock';
import { lineReader } from './lines';
import {
	type ProcessRecord,
	type ProcessStart,
	shellObstacle,
	startFailure,
	withoutShellBetween,
} from './processStart';
import { asksAreHeard, keepHeadless, living, type ProcessTree, signalTree, treeLives } from './processTree';
import { readInTurns } from './readInTurns';
import { programFile, windowsProgram } from './systemPrograms';

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

/**
 * The one place where processes are born. Each is the head of a tree of its own (a process group on POSIX), is ended as a
 * tree, and is ended with the fabric whatever way the fabric ends.
 */
export function startProcess(start: ProcessStart): RunningProcess {
	endAllWithThisProcess();
	const child = trySpawning(start);
	if ('failure' in child) {
		const none = { pid: undefined, stdin: undefined, stdout: undefined, stderr: undefined };
		return { ...none, exited: Promise.resolve(child), ask: () => false, kill: () => {} };
	}
	const tree: ProcessTree = { pid: child.pid, record: start.record, asked: false };
	if (start.isInBackground) {
		letGo(child);
	}
	if (child.pid !== undefined) {
		living.add(tree);
		start.record?.add(child.pid);
	}
	const isRead = start.line !== undefined || start.bytes !== undefined;
	const outputEnded = isRead ? readOutput(child, start) : Promise.resolve();
	return {
		pid: child.pid,
		stdin: child.stdin ?? undefined,
		stdout: isRead ? undefined : (child.stdout ?? undefined),
		stderr: isRead ? undefined : (child.stderr ?? undefined),
		exited: exitOf(child, start, tree, outputEnded),
		ask: () => {
			tree.asked = true;
			return signalTree(tree, 'SIGTERM');
		},
		kill: () => killTrees([tree]),
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

/** What a program of the system says at once; `undefined` where it fails. Everything stands until it has answered. */
export function answerOf(command: string, args: readonly string[]): string | undefined {
	const env = { ...process.env, LC_ALL: 'C' };
	const { status, stdout } = spawnSync(programFile(command, env), args, { encoding: 'utf8', windowsHide: true, env });
	return status === 0 ? stdout.trim() : undefined;
}

/** Stops the clock of a process of this fabric and of its tree (SIGSTOP); it can still be killed. False on Windows, or when it is gone. */
export function holdProcessTree(pid: number): boolean {
	return signalTree({ pid, record: undefined }, 'SIGSTOP');
}

/** Ends every process tree that this fabric has started and that still lives, or only those of one record. */
export function endAllProcesses(record?: ProcessRecord): void {
	killTrees([...living].filter(tree => record === undefined || tree.record === record));
}

/** Kills a process, and its tree where it is the head of one, that was not started here: one left over by a killed fabric. */
export function killProcessTree(pid: number): void {
	killTrees([{ pid, record: undefined }]);
	if (!windows) {
		try {
			process.kill(pid, 'SIGKILL');
		} catch {
			// It was in the tree.
		}
	}
}

/** Most of what keeps a process from starting comes as an event, and some of it is thrown: a folder that is a file, a batch file. */
function trySpawning(start: ProcessStart): ChildProcess | { readonly failure: string } {
	const obstacle = shellObstacle(start);
	if (obstacle !== undefined) {
		return { failure: obstacle };
	}
	try {
		return spawnChild(start);
	} catch (error) {
		return { failure: startFailure(start, error instanceof Error ? error : new Error(String(error))) };
	}
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
		: spawn(programFile(start.run.command, options.env), start.run.args ?? [], options);
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

function readOutput(child: ChildProcess, { line, bytes }: ProcessStart): Promise<unknown> {
	const read = (stream: 'stdout' | 'stderr'): Promise<void> =>
		new Promise(resolve => {
			const source = child[stream];
			if (!source) {
				return resolve();
			}
			const lines = lineReader(text => line?.(stream, text));
			readInTurns(source, bytes ? piece => bytes(stream, piece) : lines.write);
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

/** Ends what is left of the tree, and waits for the last line of output. */
async function headEnded(
	child: ChildProcess,
	start: ProcessStart,
	tree: ProcessTree,
	output: Promise<unknown>,
): Promise<void> {
	if (start.rest === 'leave' && treeLives(tree)) {
		keepHeadless(tree);
	} else {
		// Windows keeps no group: once its head is gone, nobody can tell what belonged to it.
		signalTree(tree, 'SIGKILL');
		living.delete(tree);
	}
	await new Promise<void>(resolve => {
		const limit = wallClock.after(outputGrace, resolve);
		void output.then(() => {
			limit.dispose();
			resolve();
		});
	});
	child.stdout?.destroy();
	child.stderr?.destroy();
	await output;
}

/** On Windows one call ends many: each takes longer than a signal by far. */
function killTrees(trees: readonly ProcessTree[]): void {
	const pids = trees.flatMap(({ pid }) => pid ?? []);
	if (!windows) {
		for (const tree of trees) {
			signalTree(tree, 'SIGKILL');
		}
	} else if (pids.length > 0) {
		const named = pids.flatMap(pid => ['/pid', String(pid)]);
		spawnSync(windowsProgram('taskkill.exe'), [...named, '/t', '/f'], { stdio: 'ignore', windowsHide: true });
	}
}

/** Windows has no more of them than SIGINT (Ctrl+C), SIGBREAK (Ctrl+Break) and SIGHUP (the console is closed). */
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;

/** Windows can send none of them, not even to oneself; the code is the one that shells know for Ctrl+C. */
function repeatSignal(signal: NodeJS.Signals): void {
	if (windows) {
		process.exit(130);
	}
	process.kill(process.pid, signal);
}

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
	for (const signal of endingSignals) {
		const onSignal = (): void => {
			if (process.listenerCount(signal) === 1) {
				endAllProcesses();
				process.off(signal, onSignal);
				repeatSignal(signal);
			}
		};
		process.on(signal, onSignal);
	}
}
