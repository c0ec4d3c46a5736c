import { findProgram } from './programs';

/** What is started as a process, and how. */
export interface ProcessStart {
	/** A program by name or path, started as it is; or a line for the command interpreter. */
	readonly run: { readonly command: string; readonly args?: readonly string[] } | { readonly commandLine: string };
	readonly cwd: string;
	/** The whole environment; `childEnvironment` makes it. */
	readonly env: NodeJS.ProcessEnv;
	/** Gets the output line by line; without it `stdout` and `stderr` of the process are there to read. */
	readonly line?: (stream: 'stdout' | 'stderr', text: string) => void;
	/** In place of lines: every byte as it comes. */
	readonly bytes?: (stream: 'stdout' | 'stderr', piece: Buffer) => void;
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

/**
 * A line that only starts one program takes the place of the command interpreter, so that the program itself is the head of
 * the tree: it gets the polite signal, and its end is the end.
 */
export function withoutShellBetween(commandLine: string, env: NodeJS.ProcessEnv): string {
	const [, quotedWord, word = quotedWord ?? ''] = /^\s*(?:"([^"]*)"|([^\s"]+))/.exec(commandLine) ?? [];
	const startsOne = process.platform !== 'win32' && /^[\w \t./:@%+=,"'-]+$/.test(commandLine) && !word.includes('=');
	return startsOne && (word.includes('/') || findProgram(word, env)) ? `exec ${commandLine}` : commandLine;
}

/** The command interpreter of Windows works in a folder of a network share as if it were the folder of Windows. */
export function shellObstacle(
	{ run, cwd }: Pick<ProcessStart, 'run' | 'cwd'>,
	platform: NodeJS.Platform = process.platform,
): string | undefined {
	return platform === 'win32' && 'commandLine' in run && /^[\\/]{2}(?![?.][\\/])/.test(cwd)
		? `The command interpreter of Windows cannot work in '${cwd}': give the network share a drive letter, and use the folder by that.`
		: undefined;
}

/** Why it could not be started, and what to do. */
export function startFailure(start: ProcessStart, error: NodeJS.ErrnoException): string {
	const program = 'commandLine' in start.run ? 'The command interpreter' : `'${start.run.command}'`;
	switch (error.code) {
		case 'ENOENT':
			return `${program} could not be started: there is no such program on the path, or the folder '${start.cwd}' does not exist.`;
		case 'EACCES':
			return `${program} could not be started: it is not executable, or the folder '${start.cwd}' may not be entered.`;
		case 'ENOTDIR':
			return `${program} could not be started: '${start.cwd}' is no folder.`;
		case 'E2BIG':
			return `${program} could not be started: its environment variables or its arguments are longer than this system takes.`;
		case 'EINVAL':
			return `${program} could not be started: a batch file is started by a command line only; name a program (.exe).`;
		default:
			return `${program} could not be started: ${error.message}.`;
	}
}
