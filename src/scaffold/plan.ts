import type { FileEdits } from '../base/span';

/** What a scaffold would do; nothing is written before someone has looked at it. */
export interface Plan {
	/** Files that must not exist yet. */
	readonly files: readonly NewFile[];
	readonly edits: readonly FileEdits[];
	/** What a person should know of it, each a sentence. */
	readonly notes?: readonly string[];
}

export interface NewFile {
	readonly path: string;
	readonly text: string;
}

/** The plans as one, with the edits of a file in one place. */
export function together(...plans: readonly Plan[]): Plan {
	const edits = new Map<string, FileEdits['edits']>();
	for (const each of plans.flatMap(plan => plan.edits)) {
		edits.set(each.path, [...(edits.get(each.path) ?? []), ...each.edits]);
	}
	const notes = plans.flatMap(plan => plan.notes ?? []);
	return {
		files: plans.flatMap(plan => plan.files),
		edits: [...edits].filter(([, each]) => each.length > 0).map(([path, each]) => ({ path, edits: each })),
		...(notes.length > 0 && { notes }),
	};
}

export const nothing: Plan = { files: [], edits: [] };

/** A file of a folder, with the separator that the folder's path uses. */
export function within(folder: string, ...names: readonly string[]): string {
	const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
	return [folder.replace(/[\\/]+$/, ''), ...names].join(separator);
}
