import { roleOf } from '../lifecycle/domains';
import type { JournalEntry } from '../lifecycle/journal/journal';
import { entryText } from '../lifecycle/journal/journalText';
import { type Entries, keyOf } from './entries';
import { type EntryKind, kindOf } from './entryKinds';

/** What of a journal somebody wants to see; what is empty or left out keeps nothing back. */
export interface EntryFilter {
	/** Words that all stand somewhere in the entry, in any case. */
	readonly text?: string;
	readonly role?: string;
	/** The key of an instance (`keyOf`). */
	readonly instance?: string;
	/** The kinds that are not wanted. */
	readonly hidden?: readonly EntryKind[];
}

export function keepsAll({ text, role, instance, hidden }: EntryFilter): boolean {
	return !text?.trim() && !role && !instance && !hidden?.length;
}

/** The numbers of the entries that pass. Entries of the deployment belong to every role and instance. */
export function filterEntries(entries: Entries, filter: EntryFilter): readonly number[] {
	const hidden = new Set(filter.hidden);
	const words = (filter.text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
	return entries.flatMap(entry => (passes(entry, filter, hidden, words) ? entry.n : []));
}

function passes(
	entry: JournalEntry,
	{ role, instance }: EntryFilter,
	hidden: ReadonlySet<EntryKind>,
	words: readonly string[],
): boolean {
	if (hidden.has(kindOf(entry)) || (instance && entry.instance !== undefined && keyOf(entry) !== instance)) {
		return false;
	}
	if (role && entry.instance !== undefined && roleOf(entry.instance) !== role) {
		return false;
	}
	if (words.length === 0) {
		return true;
	}
	const text = `${entry.instance ?? ''} ${entry.event} ${entryText(entry).lines.join(' ')}`.toLowerCase();
	return words.every(word => text.includes(word));
}
