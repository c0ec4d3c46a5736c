import { Emitter } from '../../base/emitter';
import type { JournalEntry, JournalEvent, JournalHeader } from './journal';

/** What everybody may do with a journal. */
export interface Journal {
	/**
	 * The entries in memory, oldest first: all of a run that is short, the newest of a long one. `n` tells how many came
	 * before the first of them; the whole is where the log was told to keep it (`Kept.store`).
	 */
	readonly entries: readonly JournalEntry[];
	/** The entries in memory with a higher number. */
	after(n: number): readonly JournalEntry[];
	/** The number of the last entry; 0 where there is none. */
	readonly length: number;
	readonly onEntry: Emitter<JournalEntry>['event'];
}

/** What becomes of entries beside being told. */
export interface Kept {
	/**
	 * Entries in memory at the most, half of which go when there are more, or when they are very long ones; without it all
	 * stay.
	 */
	readonly inMemory?: number;
	/** Hears every entry before anybody else does. */
	readonly store?: (entry: JournalEntry) => void;
}

/** The entries of a run in their order: whoever writes, one log numbers them all. */
export class JournalLog implements Journal {
	private kept: JournalEntry[] = [];
	private last = 0;
	/** Characters of what is kept, about. */
	private size = 0;
	private readonly emitter = new Emitter<JournalEntry>();
	readonly onEntry = this.emitter.event;

	constructor(private readonly keeping: Kept = {}) {}

	get entries(): readonly JournalEntry[] {
		return this.kept;
	}

	get length(): number {
		return this.last;
	}

	after(n: number): readonly JournalEntry[] {
		const first = this.kept[0]?.n ?? this.last + 1;
		return this.kept.slice(Math.max(0, n + 1 - first));
	}

	add(header: Omit<JournalHeader, 'n'>, event: JournalEvent): JournalEntry {
		const entry: JournalEntry = { n: ++this.last, ...header, ...event };
		this.keeping.store?.(entry);
		this.kept.push(entry);
		this.size += sizeOf(entry);
		const { inMemory } = this.keeping;
		if (inMemory !== undefined && (this.kept.length > inMemory || this.size > inMemory * usualSize)) {
			// A new list: who holds the old one goes on reading it. Half at a time costs each entry nothing to speak of.
			this.kept = this.kept.slice(this.kept.length >> 1);
			this.size = this.kept.reduce((sum, each) => sum + sizeOf(each), 0);
		}
		this.emitter.fire(entry);
		return entry;
	}
}

/** Characters of an entry that is neither short nor long. */
const usualSize = 500;

function sizeOf(entry: JournalEntry): number {
	return entry.event === 'output' ? entry.text.length : usualSize / 2;
}
