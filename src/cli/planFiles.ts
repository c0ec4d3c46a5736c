import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure, textOfError } from '../base/failure';
import { applyEdits, type Edit } from '../base/span';
import { makeFolder } from '../node/disks/folders';
import type { NewFile, Plan } from '../scaffold/plan';

/** A plan that was found possible: no file is in the way, every edit has been worked out. */
export interface PlanFiles {
	readonly created: readonly NewFile[];
	readonly changed: readonly ChangedFile[];
}

export interface ChangedFile {
	readonly path: string;
	readonly edits: readonly Edit[];
	/** The text that the edits count in. */
	readonly before: string;
	readonly bytes: Uint8Array;
}

/** Throws a `Failure` before anything is written: an existing file is never overwritten (interfaces.md 1.4). */
export function prepare(plan: Plan): PlanFiles {
	const taken = plan.files.find(file => existsSync(file.path));
	if (taken) {
		throw new Failure(`'${taken.path}' exists already; choose another name, or move that file away.`);
	}
	return { created: plan.files, changed: plan.edits.map(({ path, edits }) => edited(path, edits)) };
}

/** All of it or nothing: where a file cannot be written, what was done before is undone. Throws a `Failure` then. */
export function applyPlan({ created, changed }: PlanFiles): void {
	const undo: (() => void)[] = [];
	const write = (file: string, work: () => void): void => {
		try {
			work();
		} catch (error) {
			undo.reverse().forEach(attempt);
			throw new Failure(
				`'${file}' cannot be written (${textOfError(error)}), so nothing was changed: see to it that it can be, and try again.`,
			);
		}
	};
	for (const { path: file, text } of created) {
		write(file, () => {
			makeFolder(path.dirname(file));
			closeSync(openSync(file, 'wx'));
			undo.push(() => rmSync(file));
			writeFileSync(file, text);
		});
	}
	for (const { path: file, bytes } of changed) {
		write(file, () => {
			const original = readFileSync(file);
			// A disk that is full cuts the file off.
			undo.push(() => writeFileSync(file, original));
			writeFileSync(file, bytes);
		});
	}
}

function attempt(work: () => void): void {
	try {
		work();
	} catch {
		// What could not be written may not be writable now.
	}
}

const marks = [
	{ encoding: 'utf-8', mark: [0xef, 0xbb, 0xbf] },
	{ encoding: 'utf-16le', mark: [0xff, 0xfe] },
	{ encoding: 'utf-16be', mark: [0xfe, 0xff] },
] as const;

/** The file with its edits, in the encoding and with the byte order mark that it has. The edits count without the mark. */
function edited(file: string, edits: readonly Edit[]): ChangedFile {
	const bytes = readFileSync(file);
	const { encoding, mark } = marks.find(each => each.mark.every((byte, at) => bytes[at] === byte)) ?? {
		encoding: 'utf-8' as const,
		mark: [],
	};
	let before: string;
	try {
		before = new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		throw new Failure(`'${file}' is not in ${encoding}; save it as UTF-8 and try again.`);
	}
	const result = applyEdits(before, edits);
	const encoded = encoding === 'utf-8' ? Buffer.from(result, 'utf8') : Buffer.from(result, 'utf16le');
	const written = Buffer.concat([Buffer.from(mark), encoding === 'utf-16be' ? encoded.swap16() : encoded]);
	return { path: file, edits, before, bytes: written };
}
