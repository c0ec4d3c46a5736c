import { type Dirent, readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../base/failure';

/**
 * Folders that hold no source of anybody's; the tools of the SDK write `csx`, `ecf` and `rcf`, copies of the model among it,
 * and `local_package.csx` for the emulator.
 */
const notSource = new Set(['bin', 'obj', 'csx', 'ecf', 'rcf', 'node_modules', 'packages', '.git', '.vs']);

/** Absolute paths of the files below a folder whose names match, nearest first, then by name. Unreadable folders are left out. */
export function filesBelow(folder: string, name: RegExp): readonly string[] {
	const found: string[] = [];
	let level = [path.resolve(folder)];
	while (level.length > 0) {
		const next: string[] = [];
		for (const one of level) {
			for (const entry of entriesOf(one)) {
				if (entry.isDirectory()) {
					next.push(...(isSource(entry.name.toLowerCase()) ? [path.join(one, entry.name)] : []));
				} else if (entry.isFile() && name.test(entry.name)) {
					found.push(path.join(one, entry.name));
				}
			}
		}
		level = next;
	}
	return found;
}

function isSource(folder: string): boolean {
	return !notSource.has(folder) && !folder.endsWith('.csx');
}

export function filesIn(folder: string): readonly string[] {
	return entriesOf(folder)
		.filter(entry => entry.isFile())
		.map(entry => path.join(folder, entry.name));
}

/**
 * The path as the disk spells it, where there is such a file or folder. Project files are written on systems that do not
 * tell cases apart, so elsewhere the one entry of another case is taken for the one that is named.
 */
export function findOnDisk(wanted: string): { readonly path: string; readonly kind: 'file' | 'folder' } | undefined {
	const found = kindOf(wanted) ? wanted : inOtherCase(wanted);
	const kind = found && kindOf(found);
	return found && kind ? { path: found, kind } : undefined;
}

/** The text of a file, whatever of the usual encodings it has; without its byte order mark. Throws a `Failure`. */
export function readText(file: string): string {
	let bytes: Buffer;
	try {
		bytes = readFileSync(file);
	} catch (error) {
		throw new Failure(`'${file}' cannot be read (${reasonOf(error)}): check that it is there and may be read.`);
	}
	return decodeText(bytes);
}

/** By the byte order mark, else as UTF-8; without the mark. */
export function decodeText(bytes: Uint8Array): string {
	const encoding =
		bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
	return new TextDecoder(encoding).decode(bytes);
}

/** When the newest of these files was written, in milliseconds since 1970; 0 for none. */
export function newest(files: readonly string[]): number {
	return Math.max(0, ...files.map(file => statusOf(file)?.mtimeMs ?? 0));
}

function entriesOf(folder: string): readonly Dirent[] {
	try {
		return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
	} catch {
		return [];
	}
}

function kindOf(file: string): 'file' | 'folder' | undefined {
	const status = statusOf(file);
	return status?.isFile() ? 'file' : status?.isDirectory() ? 'folder' : undefined;
}

/** What is below a file, has too long a name or lies in a closed folder is not there either, which Node tells by throwing. */
function statusOf(file: string): Stats | undefined {
	try {
		return statSync(file, { throwIfNoEntry: false });
	} catch {
		return undefined;
	}
}

function inOtherCase(wanted: string): string | undefined {
	const { dir, base } = path.parse(wanted);
	if (base === '') {
		return undefined;
	}
	const folder = kindOf(dir) === 'folder' ? dir : inOtherCase(dir);
	const matching = entriesOf(folder ?? '').filter(entry => entry.name.toLowerCase() === base.toLowerCase());
	return folder && matching.length === 1 ? path.join(folder, matching[0]?.name ?? '') : undefined;
}

function reasonOf(error: unknown): string {
	return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
