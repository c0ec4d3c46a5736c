import { keyOf } from '../history/entries';
import type { JournalEntry } from '../lifecycle/journal/journal';

export type DebuggerWord = 'waiting' | 'reachable' | 'attached' | 'detached' | 'ended';

/** What an entry says about the debugger of its instance. */
export function wordOf(entry: JournalEntry): DebuggerWord | undefined {
	if (entry.event === 'debugger') {
		return entry.phase === 'stopped' || entry.phase === 'continued' ? undefined : entry.phase;
	}
	return entry.event === 'process' && entry.phase === 'ended' && entry.role !== 'task' ? 'ended' : undefined;
}

/** The last entry of each instance that says anything about its debugger. */
export function lastWords(entries: readonly JournalEntry[]): Iterable<JournalEntry> {
	return new Map(entries.filter(wordOf).map(entry => [keyOf(entry), entry])).values();
}
