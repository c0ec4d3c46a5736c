import type { JournalEntry } from '../lifecycle/journal/journal';
import type { EntryPattern, FieldPattern, ValuePattern } from './scenario';

/** True where every field that the pattern names is as it says; the other fields may be anything. */
export function matchesEntry(pattern: EntryPattern, entry: JournalEntry): boolean {
	return matchesFields(pattern.fields, entry);
}

/** How many of its fields an entry of the same event has as the pattern says; 0 for another event. */
export function nearness(pattern: EntryPattern, entry: JournalEntry): number {
	const alike = pattern.fields.filter(field => matchesFields([field], entry));
	return alike.some(field => field.name === 'event') ? alike.length : 0;
}

export function matchesValue(pattern: ValuePattern, value: unknown): boolean {
	switch (pattern.kind) {
		case 'equal':
			return pattern.value === null ? value === undefined || value === null : value === pattern.value;
		case 'contains':
			return typeof value === 'string' && value.includes(pattern.text);
		case 'matches':
			return typeof value === 'string' && pattern.expression.test(value);
		case 'object':
			return typeof value === 'object' && value !== null && matchesFields(pattern.fields, value);
		case 'list':
			return Array.isArray(value) && matchesItems(pattern.items, value);
	}
}

function matchesFields(fields: readonly FieldPattern[], object: object): boolean {
	const values = new Map<string, unknown>(Object.entries(object));
	return fields.every(({ name, value }) => matchesValue(value, values.get(name)));
}

/** Each pattern takes the first item that it fits, behind the item of the pattern before it. */
function matchesItems(patterns: readonly ValuePattern[], items: readonly unknown[]): boolean {
	let next = 0;
	return patterns.every(pattern => {
		const found = items.findIndex((item, index) => index >= next && matchesValue(pattern, item));
		next = found + 1;
		return found >= 0;
	});
}

/** The entries that a list of patterns found, in order: all of them, or as many as there are. */
export interface Sequence {
	readonly found: readonly JournalEntry[];
	/** Where the next pattern is met, but later than its `within` allows. */
	readonly late: { readonly entry: JournalEntry; readonly after: number } | undefined;
}

/**
 * Finds the patterns as a subsequence of the entries. `began` is when the first one's `within` begins, in milliseconds
 * since 1970. Of the places where a pattern could be met the last one before the next pattern counts, so that a limit is
 * only missed when no choice keeps it.
 */
export function findSequence(
	patterns: readonly EntryPattern[],
	entries: readonly JournalEntry[],
	began: number,
): Sequence {
	/** For each pattern the entries that it can be met by, each with the one chosen for the pattern before it. */
	const layers: Choice[][] = [];
	for (const pattern of patterns) {
		const layer = choicesFor(pattern, entries, layers.at(-1), began);
		const inTime = layer.filter(({ isLate }) => !isLate);
		if (inTime.length === 0) {
			const [late] = layer;
			const entry = late && entries[late.index];
			return {
				found: chain(layers, entries),
				late: late && entry && { entry, after: late.after },
			};
		}
		layers.push(inTime);
	}
	return { found: chain(layers, entries), late: undefined };
}

interface Choice {
	readonly index: number;
	readonly before: Choice | undefined;
	/** Milliseconds since the entry before it. */
	readonly after: number;
	readonly isLate: boolean;
}

function choicesFor(
	pattern: EntryPattern,
	entries: readonly JournalEntry[],
	layer: readonly Choice[] | undefined,
	began: number,
): Choice[] {
	const choices: Choice[] = [];
	let next = 0;
	let before: Choice | undefined;
	for (const [index, entry] of entries.entries()) {
		if (layer && (layer[next]?.index ?? entries.length) < index) {
			before = layer[next];
			next++;
		}
		if ((layer === undefined || before) && matchesEntry(pattern, entry)) {
			const since = before ? timeOf(entries[before.index]) : began;
			const after = timeOf(entry) - since;
			choices.push({ index, before, after, isLate: pattern.within !== undefined && after > pattern.within });
		}
	}
	return choices;
}

/** The earliest end, followed back to its beginning. */
function chain(layers: readonly (readonly Choice[])[], entries: readonly JournalEntry[]): readonly JournalEntry[] {
	const found: JournalEntry[] = [];
	for (let choice = layers.at(-1)?.[0]; choice; choice = choice.before) {
		const entry = entries[choice.index];
		found.unshift(...(entry ? [entry] : []));
	}
	return found;
}

function timeOf(entry: JournalEntry | undefined): number {
	return Date.parse(entry?.at ?? '');
}
