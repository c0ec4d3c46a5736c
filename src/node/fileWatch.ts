import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import type { Disposable } from '../base/emitter';
import { wallClock } from './clock';
import { readText } from './serviceFiles';

/** Editors write a file in several strokes; this many milliseconds without another one end a change. */
const quiet = 100;

/**
 * Tells every new text of a file. Its folder is watched, since many editors put a new file in place of the old one, and a
 * watch on the file would stay with the old. A file that is gone or cannot be read for the moment tells nothing.
 */
export function watchFile(file: string, changed: (text: string) => void): Disposable {
	let known = textOf(file);
	let settling: Disposable | undefined;
	const look = (): void => {
		const text = textOf(file);
		if (text !== undefined && text !== known) {
			known = text;
			changed(text);
		}
	};
	// Some systems do not say which file of the folder has changed; a look is cheap.
	const watcher = watchFolder(path.dirname(file), name => {
		if (name === null || isSameName(name, path.basename(file))) {
			settling?.dispose();
			settling = wallClock.after(quiet, look);
		}
	});
	return {
		dispose: () => {
			settling?.dispose();
			watcher?.close();
		},
	};
}

/** A file may be named in another case than the disk spells it, and macOS spells letters with marks in its own way. */
function isSameName(a: string, b: string): boolean {
	return a.normalize().toLowerCase() === b.normalize().toLowerCase();
}

/** The folder may be gone, or the system may have no more watches to give: the file is then simply not watched. */
function watchFolder(folder: string, changed: (name: string | null) => void): FSWatcher | undefined {
	try {
		const watcher = watch(folder, { persistent: false }, (_, name) => changed(name));
		watcher.on('error', () => watcher.close());
		return watcher;
	} catch {
		return undefined;
	}
}

function textOf(file: string): string | undefined {
	try {
		return readText(file);
	} catch {
		return undefined;
	}
}

/**
 * Tells the paths of the files in and below a folder that came, went or changed and whose names match, those that change
 * at a time together. Where the system has no more watches to give, nothing is told.
 */
export function watchBelow(folder: string, name: RegExp, changed: (paths: readonly string[]) => void): Disposable {
	let settling: Disposable | undefined;
	let paths = new Set<string>();
	const tell = (): void => {
		const told = [...paths];
		paths = new Set();
		changed(told);
	};
	const watcher = watchTree(folder, file => {
		if (file !== null && name.test(file)) {
			paths.add(path.join(folder, file));
			settling?.dispose();
			settling = wallClock.after(quiet, tell);
		}
	});
	return {
		dispose: () => {
			settling?.dispose();
			watcher?.close();
		},
	};
}

function watchTree(folder: string, changed: (name: string | null) => void): FSWatcher | undefined {
	try {
		const watcher = watch(folder, { persistent: false, recursive: true }, (_, name) => changed(name));
		watcher.on('error', () => watcher.close());
		return watcher;
	} catch {
		return undefined;
	}
}
