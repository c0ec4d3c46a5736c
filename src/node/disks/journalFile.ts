import { closeSync, existsSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { textOfError } from '../../base/failure';
import type { JournalEntry } from '../../lifecycle/journal/journal';
import { wallClock } from '../clock';
import { makeFolder } from './folders';

/** The whole journal of a run on disk, one JSON object a line (interfaces.md 2), however long it gets. */
export interface JournalFile {
	readonly path: string;
	/** An arrow, so that it can be handed out. Throws nothing: a disk that is full is told once, and the run goes on. */
	readonly store: (entry: JournalEntry) => void;
	/** Writes what has not been written yet. */
	dispose(): void;
}

/** Characters that are written at once: a flood of output costs few writes, and what waits never fills memory. */
const batch = 64 * 1024;

/** Milliseconds after which whoever reads the file finds what has happened. */
const delay = 200;

/** A journal that an earlier run has left there is kept beside it, as `journal.previous.jsonl`. */
export function openJournalFile(stateFolder: string, failed: (sentence: string) => void): JournalFile {
	const file = path.join(stateFolder, 'journal.jsonl');
	let waiting: string[] = [];
	let size = 0;
	let timer: { dispose(): void } | undefined;
	let open: number | undefined;
	const attempt = (work: () => void): void => {
		try {
			work();
		} catch (error) {
			open = undefined;
			failed(`The journal is not kept in '${file}' any more: ${textOfError(error)}.`);
		}
	};
	const flush = (): void => {
		timer?.dispose();
		timer = undefined;
		const text = waiting.join('');
		waiting = [];
		size = 0;
		if (open !== undefined && text !== '') {
			const target = open;
			attempt(() => writeSync(target, text));
		}
	};
	attempt(() => {
		makeFolder(stateFolder);
		if (existsSync(file)) {
			renameSync(file, path.join(stateFolder, 'journal.previous.jsonl'));
		}
		open = openSync(file, 'w', 0o600);
	});
	return {
		path: file,
		store: entry => {
			if (open === undefined) {
				return;
			}
			const text = `${JSON.stringify(entry)}\n`;
			waiting.push(text);
			size += text.length;
			if (size >= batch) {
				flush();
			} else {
				timer ??= wallClock.after(delay, flush);
			}
		},
		dispose: () => {
			flush();
			if (open !== undefined) {
				closeSync(open);
				open = undefined;
			}
		},
	};
}
