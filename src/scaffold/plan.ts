import type { FileEdits } from '../base/span';

/** What a scaffold would do; nothing is written before someone has looked at it. */
export interface Plan {
	/** Files that must not exist yet. */
	readonly files: readonly NewFile[];
	readonly edits: readonly FileEdits[];
}

export interface NewFile {
	readonly path: string;
	readonly text: string;
}

/** A file of a folder, with the separator that the folder's path uses. */
export function within(folder: string, ...names: readonly string[]): string {
	const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
	return [folder.replace(/[\\/]+$/, ''), ...names].join(separator);
}
