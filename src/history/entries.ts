import type { JournalEntry, JournalHeader } from '../lifecycle/journal/journal';

/** Entries in their order, without gaps; the first need not be number 1, where the beginning is not kept. */
export type Entries = readonly JournalEntry[];

export function entryAt(entries: Entries, n: number): JournalEntry | undefined {
	const first = entries[0]?.n ?? 1;
	return entries[n - first];
}

/**
 * One machine for good: two deployments of a service may each have a `Worker_IN_0`, and a swap changes only the slot. Without
 * an instance it is the deployment itself, and empty for the one that the run began with.
 */
export function keyOf({ instance = '', deploymentId }: Pick<JournalHeader, 'instance' | 'deploymentId'>): string {
	return deploymentId === undefined ? instance : `${deploymentId}/${instance}`;
}

/** Milliseconds since 1970. */
export function timeOf({ at }: JournalEntry): number {
	return Date.parse(at);
}

/**
 * What an instance wrote just before and just after an entry, the entry itself not counted: at most so many lines each way.
 */
export function outputAround(entries: Entries, n: number, key: string, lines = 8): Entries {
	const first = entries[0]?.n ?? 1;
	const found: JournalEntry[] = [];
	for (let index = Math.min(n - first, entries.length) - 1; index >= 0 && found.length < lines; index--) {
		const entry = entries[index];
		if (entry?.event === 'output' && keyOf(entry) === key) {
			found.unshift(entry);
		}
	}
	const before = found.length;
	for (let index = n - first + 1; index < entries.length && found.length < before + lines; index++) {
		const entry = entries[index];
		if (entry?.event === 'output' && keyOf(entry) === key) {
			found.push(entry);
		}
	}
	return found;
}
