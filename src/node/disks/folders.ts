import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder and those above it that are missing; throws the error of the system where that cannot be. Node's own
 * recursive `mkdir` tries for ever where the system says of a folder that is there that nothing can be made in it because
 * it is not there (ENOENT), as Linux does of /proc.
 */
export function makeFolder(folder: string, mode = 0o777): void {
	const missing: string[] = [];
	let here = path.resolve(folder);
	while (!statSync(here, { throwIfNoEntry: false })?.isDirectory() && path.dirname(here) !== here) {
		missing.unshift(here);
		here = path.dirname(here);
	}
	for (const each of missing) {
		makeOne(each, mode);
	}
}

/** Somebody else may have made it meanwhile. */
function makeOne(folder: string, mode: number): void {
	try {
		mkdirSync(folder, { mode });
	} catch (error) {
		if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
			throw error;
		}
	}
}
