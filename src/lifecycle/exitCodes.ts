import type { ExitOf } from './instance/instance';

/**
 * What well-known exit codes mean, for somebody who only sees a number. Codes of Windows (`NTSTATUS`, system errors, Windows
 * Installer) and of the command interpreters; other programs may use the same numbers for something else, so only those
 * are here that hardly any does.
 */
const meanings: Readonly<Record<number, string>> = {
	126: 'the program was found, but it may not be executed or is for another system',
	127: 'the command interpreter found no such program',
	130: 'ended by Ctrl+C',
	134: 'the program gave itself up (SIGABRT)',
	137: 'killed (SIGKILL), by somebody or for want of memory',
	139: 'a wrong memory access (SIGSEGV)',
	143: 'asked to end (SIGTERM)',
	1602: 'Windows Installer: cancelled by the user',
	1603: 'Windows Installer: the installation failed; run msiexec with /l*v and read its log',
	1605: 'Windows Installer: the product is not installed',
	1618: 'Windows Installer: another installation is under way',
	1619: 'Windows Installer: the package could not be opened',
	1620: 'Windows Installer: the file is no installation package',
	1633: 'Windows Installer: the package is for another kind of processor',
	1638: 'Windows Installer: another version of the product is installed',
	1641: 'Windows Installer: installed, and a restart has begun; a startup task that is content with that says "exit /b 0"',
	3010: 'installed, and a restart is wanted; a startup task that is content with that says "exit /b 0"',
	9009: 'the command interpreter found no such program',
	2148734214: 'an internal error of the .NET runtime',
	3221225477: 'a wrong memory access',
	3221225595: 'a library is for another kind of processor',
	3221225725: 'the stack was full, often by an endless recursion',
	3221225781: 'a library was not found: the .NET or Visual C++ runtime that the program needs is not installed',
	3221225794: 'a library could not be initialised',
	3221225786: 'ended by Ctrl+C',
	3221226505: 'the program gave itself up (fail fast)',
	3762504530: 'an exception of .NET that nobody caught',
};

/** How a process ended, in words: `exit code 9009 (the command interpreter found no such program)`. */
export function exitText({ exitCode, signal }: ExitOf): string {
	if (signal !== undefined) {
		return `ended by signal ${signal}`;
	}
	if (exitCode === undefined) {
		return 'ended without an exit code';
	}
	// Windows counts without a sign; who reads a code as a number with one sees it negative.
	const code = exitCode < 0 ? exitCode + 2 ** 32 : exitCode;
	const hexadecimal = code >= 0x80000000 ? `0x${code.toString(16).toUpperCase()}` : undefined;
	const meaning = [hexadecimal, meanings[code]].filter(Boolean).join(': ');
	return meaning ? `exit code ${exitCode} (${meaning})` : `exit code ${exitCode}`;
}

/** The same for a startup task, where 0 and 1 need a word too: a simple one must end with 0 (role-lifecycle.md 3). */
export function taskExitText(exit: ExitOf): string {
	switch (exit.exitCode) {
		case 0:
			return 'exit code 0 (all is well)';
		case 1:
			return "exit code 1 (the command's own word for a failure; what it wrote before says more)";
		default:
			return exitText(exit);
	}
}
