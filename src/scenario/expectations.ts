import type { Span } from '../base/span';
import { durationText } from '../lifecycle/duration';
import { startFailures } from '../lifecycle/instance/startFailures';
import type { JournalEntry } from '../lifecycle/journal/journal';
import { entryText } from '../lifecycle/journal/journalText';
import { addressOf } from '../lifecycle/slots';
import type { DeploymentSnapshot } from '../lifecycle/snapshot';
import { targeted } from '../lifecycle/targets';
import { findSequence, matchesEntry, matchesValue, nearness } from './patterns';
import type { EntryPattern, Expectation, FileExpectation, ResourceFile, StateExpectation } from './scenario';

/** What an expectation is held against. */
export interface Observed {
	/** The entries that count: of a step those since it began, at the end of a scenario all of them. */
	readonly entries: readonly JournalEntry[];
	/** When the first of them could have come, in milliseconds since 1970. */
	readonly began: number;
	readonly snapshot: DeploymentSnapshot;
	/** The content of a file in a local resource; `undefined` where there is none. */
	readonly fileText: (file: ResourceFile) => string | undefined;
}

/** An expectation that does not hold. */
export interface Miss {
	readonly span: Span;
	readonly expected: string;
	readonly instead: string;
	/** The part of the journal that it happened in. */
	readonly around: readonly JournalEntry[];
	/** True where nothing that may still come can mend it. */
	readonly isFinal: boolean;
}

/** Everything of an expectation that does not hold now; none where all of it does. */
export function missesOf(expectation: Expectation, observed: Observed): readonly Miss[] {
	return [
		...expectation.never.flatMap(pattern => missOfNever(pattern, observed)),
		...missOfEvents(expectation, observed),
		...expectation.output.flatMap(pattern => missOfOutput(pattern, observed)),
		...expectation.states.flatMap(state => missOfState(state, observed)),
		...expectation.files.flatMap(file => missOfFile(file, observed)),
	];
}

/** What `rolewright run` ends with (interfaces.md 1). The entries are the whole journal. */
export function exitOf(entries: readonly JournalEntry[]): 0 | 1 {
	const failures = startFailures();
	entries.forEach(failures.take);
	return failures.any() ? 1 : 0;
}

/** An entry as a line for people. */
export function journalLine(entry: JournalEntry): string {
	const [line = '', ...more] = entryText(entry).lines;
	const text = line === '' ? `${entry.event} ${'phase' in entry ? entry.phase : ''}`.trim() : line;
	const who = addressOf({ ...entry, instance: entry.instance ?? '-' });
	return `${entry.at.slice(11, 23)} ${who} ${text}${more.length > 0 ? ' …' : ''}`;
}

function missOfNever(pattern: EntryPattern, { entries }: Observed): readonly Miss[] {
	const found = entries.find(entry => matchesEntry(pattern, entry));
	return found
		? [
				{
					span: pattern.span,
					expected: `nothing like ${pattern.written}`,
					instead: `it came: ${journalLine(found)}`,
					around: around(entries, found),
					isFinal: true,
				},
			]
		: [];
}

function missOfEvents({ events }: Expectation, { entries, began }: Observed): readonly Miss[] {
	const { found, late } = findSequence(events, entries, began);
	const missed = events[found.length];
	if (!missed) {
		return [];
	}
	const last = found.at(-1);
	const behind = last ? ` after ${journalLine(last)}` : '';
	const nearest = late?.entry ?? nearestEntry(missed, entries.slice(last ? entries.indexOf(last) + 1 : 0));
	return [
		{
			span: missed.span,
			expected: `${missed.written}${behind}`,
			instead: late ? `it came ${durationText(late.after)} later, which is too late` : insteadOf(nearest),
			around: around(entries, nearest ?? last ?? entries.at(-1)),
			isFinal: false,
		},
	];
}

function missOfOutput(pattern: EntryPattern, { entries }: Observed): readonly Miss[] {
	if (entries.some(entry => matchesEntry(pattern, entry))) {
		return [];
	}
	const nearest = nearestEntry(pattern, entries);
	return [
		{
			span: pattern.span,
			expected: `a line of output like ${pattern.written}`,
			instead: insteadOf(nearest),
			around: around(entries, nearest ?? entries.at(-1)),
			isFinal: false,
		},
	];
}

function missOfState(
	{ target, state, states, span }: StateExpectation,
	{ entries, snapshot }: Observed,
): readonly Miss[] {
	const meant = instancesOf(target.text, snapshot);
	const others = meant.filter(each => !states.includes(each.state));
	if (meant.length > 0 && others.length === 0) {
		return [];
	}
	const are = others.map(each => `${addressOf(each)} is ${each.state} (${each.text})`);
	const isOf = (entry: JournalEntry) =>
		others.some(each => each.instance === entry.instance && each.slot === entry.slot);
	const last = entries.findLast(isOf);
	return [
		{
			span,
			expected: `${target.text} is ${state}`,
			instead: are.length > 0 ? are.join(', ') : `there is no '${target.text}'`,
			around: around(entries, last ?? entries.at(-1)),
			isFinal: false,
		},
	];
}

function missOfFile(expected: FileExpectation, { entries, fileText }: Observed): readonly Miss[] {
	const text = fileText(expected);
	const isThere = text !== undefined;
	if (isThere === expected.exists && (!isThere || !expected.content || matchesValue(expected.content, text))) {
		return [];
	}
	const { instance, resource, file, exists, content, span } = expected;
	const last = entries.findLast(entry => entry.instance === instance && entry.event === 'disk');
	const begins = (text ?? '').length > 200 ? `${text?.slice(0, 200)}…` : text;
	return [
		{
			span,
			expected: `${file} in ${resource} of ${instance} ${exists ? `exists${contentText(content)}` : 'does not exist'}`,
			instead: isThere ? `it is there: ${JSON.stringify(begins)}` : 'there is no such file',
			around: around(entries, last ?? entries.at(-1)),
			isFinal: false,
		},
	];
}

function contentText(content: FileExpectation['content']): string {
	switch (content?.kind) {
		case 'contains':
			return ` and contains ${JSON.stringify(content.text)}`;
		case 'matches':
			return ` and matches ${content.expression}`;
		default:
			return '';
	}
}

/** `target` is an address: `all`, `Worker_IN_0`, `staging:Worker`. */
export function instancesOf(target: string, snapshot: DeploymentSnapshot): DeploymentSnapshot['instances'] {
	return targeted(target, snapshot).instances;
}

function insteadOf(nearest: JournalEntry | undefined): string {
	return nearest ? `the nearest is ${journalLine(nearest)}` : 'nothing of the sort came';
}

/** The entry that agrees most with the pattern, the last one of those. */
function nearestEntry(pattern: EntryPattern, entries: readonly JournalEntry[]): JournalEntry | undefined {
	let best: JournalEntry | undefined;
	let most = 1;
	for (const entry of entries) {
		const agrees = nearness(pattern, entry);
		if (agrees >= Math.max(2, most)) {
			best = entry;
			most = agrees;
		}
	}
	return best;
}

const linesBefore = 8;
const linesAfter = 4;

function around(entries: readonly JournalEntry[], centre: JournalEntry | undefined): readonly JournalEntry[] {
	const at = centre ? entries.indexOf(centre) : -1;
	return at < 0 ? [] : entries.slice(Math.max(0, at - linesBefore), at + linesAfter + 1);
}
