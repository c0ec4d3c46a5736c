import type { Disposable } from '../../base/emitter';
import type { DebugTarget, FromHost } from '../../lifecycle/hostVocabulary';
import { firstWord } from '../processes/commandLines';
import { javaDebugging } from './javaDebugging';
import { nodeDebugging } from './nodeDebugging';
import { pythonDebugging } from './pythonDebugging';

/** Debugging of a program whose language is known: it waits before its own first line until a debugger is ready. */
export interface ProgramDebugging extends Disposable {
	readonly commandLine: string;
	readonly variables: Readonly<Record<string, string>>;
	/** Where the debugger attaches, once the runtime has said so; undefined where it says that it has no debugger. */
	readonly target: Promise<DebugTarget | undefined>;
	/** Reads a line of the program; true for one that is the runtime's own and no output. */
	take(line: string): boolean;
	/** Goes on without a debugger. */
	go(): void;
	isAttached(): boolean;
}

/** What a runtime needs to wait for its debugger. */
export interface DebuggedProgram {
	/** The program as the command line names it, without quotes, and all that follows it. */
	readonly program: string;
	readonly rest: string;
	/** A folder that is gone when the program is. */
	readonly folder: string;
	readonly heard: (message: FromHost) => void;
}

type Runtime = (program: DebuggedProgram) => Promise<ProgramDebugging | undefined>;

/** A script that starts one of them is none of them: which of its processes is meant, nobody can tell. */
const runtimes: readonly (readonly [RegExp, Runtime])[] = [
	[/^node(?:js)?$/i, nodeDebugging],
	[/^python[\d.]*$/i, pythonDebugging],
	[/^javaw?$/i, javaDebugging],
];

/** `undefined` for a program that no debugger can be attached to from here. */
export async function programDebugging(
	commandLine: string,
	folder: string,
	heard: (message: FromHost) => void,
): Promise<ProgramDebugging | undefined> {
	const { program, rest } = firstWord(commandLine);
	const name = program.replace(/^.*[\\/]/, '').replace(/\.exe$/i, '');
	const runtime = runtimes.find(([names]) => names.test(name))?.[1];
	return runtime?.({ program, rest, folder, heard });
}
