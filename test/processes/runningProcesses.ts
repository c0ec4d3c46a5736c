import { readFileSync } from 'node:fs';

/** False for a process that has ended, also where nobody has fetched its end yet (a zombie, whose parent is gone). */
export function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch {
		return false;
	}
	try {
		return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
	} catch {
		return process.platform !== 'linux';
	}
}
