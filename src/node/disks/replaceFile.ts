import { copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes a file that nobody finds half-written. On Windows a file that somebody reads, a virus scanner for one, lets no other
 * take its place: it is written over then. Throws the error of the system where that cannot be either.
 */
export function replaceFile(file: string, text: string, mode: number, rename: typeof renameSync = renameSync): void {
	const fresh = `${file}.new`;
	writeFileSync(fresh, text, { mode });
	try {
		rename(fresh, file);
	} catch {
		copyFileSync(fresh, file);
		rmSync(fresh, { force: true });
	}
}
