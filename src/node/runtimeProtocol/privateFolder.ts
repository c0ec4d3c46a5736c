import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * A folder that only this user can enter, with a short name: a socket is to stand in it, and a longer path than the
 * system can hold would be cut silently (runtime-protocol.md 7). A fabric that ends without removing it takes it along.
 */
export function makePrivateFolder(prefix: string): string {
	const [usual = '/tmp', other = usual] = shortFolders();
	const fits = Buffer.byteLength(path.join(usual, `${prefix}XXXXXX`)) + nameRoom <= longestPath;
	const folder = mkdtempSync(path.join(fits && existsSync(usual) ? usual : other, prefix));
	if (folders.size === 0) {
		process.once('exit', removeAll);
	}
	folders.add(folder);
	return folder;
}

export function removePrivateFolder(folder: string): void {
	try {
		// A `mkfifo` that is under way may make one more while the others are removed.
		rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 10 });
		folders.delete(folder);
	} catch {
		// Windows removes nothing that somebody still reads: it is tried once more at the end.
	}
	if (folders.size === 0) {
		process.off('exit', removeAll);
	}
}

/** Where the private folders stand: the user's temporary folder, or where that has too long a name the system's. */
export function shortFolders(): readonly string[] {
	return [...new Set(process.platform === 'win32' ? [tmpdir()] : [tmpdir(), '/tmp'])];
}

/** The longest path of a Unix socket on macOS; Linux takes four bytes more. */
const longestPath = 103;

/** Room for the name of a channel after the folder's. */
const nameRoom = 4;

/** Those that stand now. */
const folders = new Set<string>();

function removeAll(): void {
	for (const folder of folders) {
		try {
			rmSync(folder, { recursive: true, force: true });
		} catch {
			// The next fabric finds it by its name (leftovers.ts).
		}
	}
}
