import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import type { ProcessStart } from './processStart';
import { findProgram } from './programs';

/**
 * Command lines of service definitions are written for Windows. There they go to the command interpreter as they stand;
 * elsewhere the first word decides what can be done with them.
 */
export function portableCommand(
	commandLine: string,
	folder: string,
	platform: NodeJS.Platform = process.platform,
): PortableCommand | { readonly obstacle: string } {
	if (platform === 'win32') {
		return { run: { commandLine } };
	}
	const { program, rest } = firstWord(commandLine);
	const name = path.posix.basename(program.replaceAll('\\', '/'));
	if (/^(powershell|pwsh)(\.exe)?$/i.test(name)) {
		return powerShell(commandLine, rest);
	}
	if (/\.ps1$/i.test(name)) {
		return powerShell(commandLine, ` -File ${quoted(program.replaceAll('\\', '/'))}${rest}`);
	}
	if (
		/\.(cmd|bat|exe|com|msi|vbs)$/i.test(name) ||
		/^(cmd|start|call|net|netsh|reg|sc|msiexec|xcopy|robocopy)$/i.test(name)
	) {
		return { obstacle: needsWindows(commandLine) };
	}
	if (name === 'python' && !findProgram('python') && findProgram('python3')) {
		return { run: { commandLine: `python3${rest}` } };
	}
	const file = program.replaceAll('\\', '/');
	if (existsSync(path.join(folder, file))) {
		return { run: { commandLine: `${localFile(folder, file)}${rest}` } };
	}
	const script = ['.cmd', '.bat', '.exe'].find(ending => existsSync(path.join(folder, file + ending)));
	return script ? { obstacle: needsWindows(commandLine) } : { run: { commandLine } };
}

export interface PortableCommand {
	readonly run: ProcessStart['run'] & { readonly commandLine: string };
}

/**
 * True where a process of this command line has ended since the command interpreter found no such program. That of Windows
 * says 9009 only in a batch file, and otherwise 1, as many programs do for reasons of their own.
 */
export function foundNoProgram(
	exitCode: number | undefined,
	commandLine: string,
	folder: string,
	env: NodeJS.ProcessEnv,
	platform: NodeJS.Platform = process.platform,
	find: typeof findProgram = findProgram,
): boolean {
	if (platform !== 'win32') {
		return exitCode === 127;
	}
	const { program } = firstWord(commandLine);
	if ((exitCode !== 1 && exitCode !== 9009) || path.win32.isAbsolute(program) || ofCommandInterpreter.test(program)) {
		return false;
	}
	const { PATHEXT = '.COM;.EXE;.BAT;.CMD' } = env;
	return find(program, { PATH: folder, PATHEXT }, 'win32') === undefined && find(program, env, 'win32') === undefined;
}

const ofCommandInterpreter =
	/^(?:assoc|call|cd|chdir|cls|copy|date|del|dir|echo|endlocal|erase|exit|for|ftype|goto|if|md|mkdir|mklink|move|path|pause|popd|pushd|rd|rem|ren|rename|rmdir|set|setlocal|shift|start|time|title|type|ver|verify|vol)\b/i;

/** The first word of a command line, without its quotes, and all that follows as it stands. */
export function firstWord(commandLine: string): { readonly program: string; readonly rest: string } {
	const [, quotedWord, word, rest] = /^\s*(?:"([^"]*)"|([^\s"<>|&;]+))?(.*)$/s.exec(commandLine) ?? [];
	return { program: quotedWord ?? word ?? '', rest: rest ?? '' };
}

/** A word for the POSIX command interpreter. */
export function quoted(word: string): string {
	return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A word for the command interpreter of this system. */
export function shellWord(word: string): string {
	return process.platform === 'win32' ? `"${word}"` : quoted(word);
}

/** Windows looks for a program in the working folder first, and asks no file whether it is executable. */
function localFile(folder: string, file: string): string {
	const local = quoted(file.includes('/') ? file : `./${file}`);
	try {
		accessSync(path.join(folder, file), constants.X_OK);
		return local;
	} catch {
		return /\.sh$/i.test(file) ? `sh ${local}` : local;
	}
}

function powerShell(commandLine: string, rest: string): PortableCommand | { readonly obstacle: string } {
	return findProgram('pwsh')
		? { run: { commandLine: `pwsh${rest}` } }
		: {
				obstacle: `'${commandLine}' needs PowerShell: install it (https://aka.ms/powershell) and see to it that 'pwsh' is on the path.`,
			};
}

function needsWindows(commandLine: string): string {
	return `'${commandLine}' needs Windows.`;
}
