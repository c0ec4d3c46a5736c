import type { Problem } from '../base/problem';
import type { Edit, FileEdits } from '../base/span';

/** A way to mend a problem, in the words of a menu. */
export interface Fix {
	readonly title: string;
	readonly edits: readonly FileEdits[];
	/** True for the one that is meant most likely; it may be applied without being looked at. */
	readonly preferred: boolean;
	readonly problem: Problem;
}

/** A fix before it is tied to its problem. */
export type FixDraft = Omit<Fix, 'problem'>;

export function draft(title: string, path: string, edits: readonly Edit[], preferred = false): FixDraft {
	return { title, edits: [{ path, edits }], preferred };
}
