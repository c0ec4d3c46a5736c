import path from 'node:path';
import { findProgram } from './programs';

/**
 * A program of Windows itself, such as `taskkill.exe`: neither the working folder nor the path is asked for it, since Windows
 * would take the first file of that name that it finds in the folder of somebody's service.
 */
export function windowsProgram(name: string, env: NodeJS.ProcessEnv = process.env): string {
	return path.win32.join(env.SystemRoot ?? env.SYSTEMROOT ?? env.windir ?? 'C:\\Windows', 'System32', name);
}

export const powerShell = 'WindowsPowerShell\\v1.0\\powershell.exe';

/**
 * What is handed to the system to be started for the name of a program. On Windows the name alone would mean a file of the
 * working folder first (libuv looks there as the command interpreter does), so it is found on the path beforehand; one that
 * is nowhere is looked for where only Windows puts programs, and not found there.
 */
export function programFile(
	command: string,
	env: NodeJS.ProcessEnv,
	platform: NodeJS.Platform = process.platform,
	find: typeof findProgram = findProgram,
): string {
	if (platform !== 'win32' || /[\\/]/.test(command)) {
		return command;
	}
	// Batch files are started by the command interpreter only.
	const others = Object.entries(env).filter(([name]) => name.toUpperCase() !== 'PATHEXT');
	return find(command, { ...Object.fromEntries(others), PATHEXT: '.COM;.EXE' }) ?? windowsProgram(command, env);
}
