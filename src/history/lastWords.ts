import type { JournalEntry } from '../lifecycle/journal/journal';
import { type Entries, keyOf } from './entries';
import { isBad } from './entryKinds';
import { readThrown, type Thrown } from './thrown';

/** The last thing that a role complained of before its life ended. */
export interface LastWords {
	readonly n: number;
	readonly line: string;
	readonly thrown: Thrown | undefined;
}

type OutputEntry = JournalEntry & { readonly event: 'output' };

/**
 * Searches the life that ended with this restart. What a role writes takes a way of its own to the journal and may come
 * after the call that it was written in; what it writes in `OnStop` counts only where it is an exception and nothing else
 * was complained of.
 */
export function lastWords(entries: Entries, restart: JournalEntry): LastWords | undefined {
	const { lines, stopped } = outputOfLife(entries, restart);
	const before = lines.filter(({ n }) => n < stopped);
	return lastComplaint(before) ?? lastException(lines.filter(({ n }) => n > stopped));
}

/** An exception counts as the last one while no more than so many other lines came after it. */
const linesAfterException = 10;

/** A stack is rarely longer; the head of one that is longer is lost. */
const longestStack = 60;

/** Nobody reads further back for a reason. */
const mostLines = longestStack + 4 * linesAfterException;

interface LifeOutput {
	readonly lines: readonly OutputEntry[];
	/** The number of the entry that begins `OnStop`; no entry has a higher one where it was not called. */
	readonly stopped: number;
}

function outputOfLife(entries: Entries, restart: JournalEntry): LifeOutput {
	const key = keyOf(restart);
	const lines: OutputEntry[] = [];
	let stopped = Number.POSITIVE_INFINITY;
	for (let index = restart.n - (entries[0]?.n ?? 1) - 1; index >= 0 && lines.length < mostLines; index--) {
		const entry = entries[index];
		if (!entry || keyOf(entry) !== key) {
			continue;
		}
		if (
			entry.event === 'restart' ||
			(entry.event === 'process' && entry.phase === 'started' && entry.role !== 'task')
		) {
			break;
		}
		if (entry.event === 'output') {
			lines.unshift(entry);
		} else if (entry.event === 'call' && entry.call === 'OnStop' && entry.phase === 'begin') {
			stopped = entry.n;
		}
	}
	return { lines, stopped };
}

/** A line on the error stream that the role went on after is not what it ended of; an exception may be. */
function lastComplaint(lines: readonly OutputEntry[]): LastWords | undefined {
	const exception = lastException(lines);
	const last = lines.at(-1);
	return (
		exception ?? (last && isComplaint(last) ? { n: last.n, line: last.text.trim(), thrown: undefined } : undefined)
	);
}

/** A stack is many lines: those that belong together are read as one text. */
function lastException(lines: readonly OutputEntry[]): LastWords | undefined {
	const end = lines.findLastIndex(isComplaint);
	if (end < 0 || lines.length - 1 - end > linesAfterException) {
		return undefined;
	}
	let start = end;
	while (start > 0 && end - start < longestStack && isComplaint(lines[start - 1])) {
		start--;
	}
	const block = lines.slice(start, end + 1);
	const thrown = readThrown(block.map(({ text }) => text).join('\n'));
	const head = thrown && (block.find(({ text }) => text.includes(thrown.message)) ?? block[0]);
	return head && { n: head.n, line: head.text.trim(), thrown };
}

function isComplaint(entry: OutputEntry | undefined): boolean {
	return entry !== undefined && (isBad(entry) || /^\s+at \S|^\s+File "|^\s+--- /.test(entry.text));
}
