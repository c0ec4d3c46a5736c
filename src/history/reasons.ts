import type { Cause, JournalEntry } from '../lifecycle/journal';
import { type Entries, entryAt, keyOf, timeOf } from './entries';
import { type LastWords, lastWords } from './lastWords';
import { type RestartRule, type RuleName, ruleOf } from './restartRules';
import { type Place, placeText } from './thrown';
import type { Localization } from './words';

/** Why an instance restarted: a sentence, and the chain under it. */
export interface Reason {
	/** The `restart` entry. */
	readonly n: number;
	readonly key: string;
	readonly instance: string;
	readonly at: number;
	/** Left out where the causes are of a kind that is not known here. */
	readonly rule: RuleName | undefined;
	/** Nothing is wrong with the role: somebody asked for it, or the platform does it to everybody. */
	readonly isAsked: boolean;
	/** `Run returned`: for a list, or a line above the code. */
	readonly short: string;
	readonly sentence: string;
	readonly chain: readonly ReasonLink[];
	readonly fix: string | undefined;
	/** How often it happened in a row, this time included. */
	readonly times: number;
	/** Milliseconds until the next start. */
	readonly delay: number;
}

export interface ReasonLink {
	readonly text: string;
	/** The journal entry that it speaks of. */
	readonly n?: number;
	readonly place?: Place;
	/** The page about the rule. */
	readonly page?: RuleName;
}

type RestartEntry = JournalEntry & { readonly event: 'restart' };

/** Restarts further apart than so many milliseconds are not one series; the number is ours. */
const seriesGap = 10 * 60_000;

/**
 * The reason of a `restart` entry; `undefined` where this is none. `restarts`: the numbers of the restarts of its instance,
 * the oldest first; without them they are searched.
 */
export function reasonOf(
	entries: Entries,
	n: number,
	l10n: Localization,
	restarts?: readonly number[],
): Reason | undefined {
	const entry = entryAt(entries, n);
	if (entry?.event !== 'restart') {
		return undefined;
	}
	const found = ruleOf(entry.cause);
	const rule = found?.rule;
	const cause = found?.cause ?? entry.cause[0] ?? { what: l10n.t('an unknown cause'), detail: '' };
	const words = lastWords(entries, entry);
	const series = seriesOf(entries, entry, rule, restarts ?? restartsOf(entries, keyOf(entry)));
	const happened = happening(rule, cause, words, l10n);
	const clauses = [happened, ...(rule ? [rule.law(l10n)] : []), againText(series, entry, l10n)];
	return {
		...{ n, key: keyOf(entry), instance: entry.instance ?? '', at: timeOf(entry), rule: rule?.name },
		isAsked: rule?.isAsked ?? false,
		short: sentence(rule?.short(l10n, cause) ?? cause.what),
		sentence: `${sentence(clauses.join('; '))}.`,
		chain: chainOf(entries, entry, { rule, words, series }, l10n),
		fix: rule?.fix?.(l10n),
		times: series.times,
		delay: entry.delay,
	};
}

/** The restarts of one instance, or of all, the oldest first. */
export function restartsOf(entries: Entries, key?: string): readonly number[] {
	return entries.flatMap(entry =>
		entry.event === 'restart' && (key === undefined || keyOf(entry) === key) ? entry.n : [],
	);
}

function happening(
	rule: RestartRule | undefined,
	cause: Cause,
	words: LastWords | undefined,
	l10n: Localization,
): string {
	const place = placeOf(cause);
	switch (rule?.name) {
		case 'runReturned': {
			const at = place ?? words?.thrown?.runPlace;
			const returned = at ? l10n.t('Run returned at {0}', placeText(at)) : l10n.t('Run returned');
			return words ? l10n.t('{0}, most likely because {1}', returned, wordsText(words, l10n)) : returned;
		}
		case 'unhandledException': {
			const where = cause.what.replace(/^unhandled exception in /, '');
			return place
				? l10n.t('{0} threw at {1}: {2}', where, placeText(place), cause.detail)
				: l10n.t('{0} threw {1}', where, cause.detail);
		}
		case 'processEnded': {
			const ended = `${rule.short(l10n, cause)} (${cause.detail})`;
			return words ? l10n.t('{0} after {1}', ended, wordsText(words, l10n)) : ended;
		}
		case 'startupTaskFailed':
			// Its detail ends with the rule, which comes next.
			return l10n.t('{0}: {1}', rule.short(l10n, cause), cause.detail.replace(/;[^;']*$/, ''));
		case 'roleNotStarted':
		case 'hostLost':
		case 'disksNotPrepared':
			return l10n.t('{0}: {1}', rule.short(l10n, cause), cause.detail);
		default:
			return rule?.short(l10n, cause) ?? (cause.detail ? `${cause.what} (${cause.detail})` : cause.what);
	}
}

function wordsText({ line, thrown }: LastWords, l10n: Localization): string {
	if (!thrown) {
		return l10n.t('the role wrote "{0}"', line);
	}
	const what = `${thrown.type.split('.').at(-1)}: ${thrown.message}`;
	return thrown.by ? l10n.t('{0} threw {1}', thrown.by, what) : what;
}

interface Series {
	readonly times: number;
	/** Milliseconds from the first to this one. */
	readonly time: number;
}

function seriesOf(
	entries: Entries,
	restart: RestartEntry,
	rule: RestartRule | undefined,
	restarts: readonly number[],
): Series {
	let times = 1;
	let earliest = timeOf(restart);
	for (let place = restarts.indexOf(restart.n) - 1; place >= 0; place--) {
		const entry = entryAt(entries, restarts[place] ?? 0);
		if (entry?.event !== 'restart' || earliest - timeOf(entry) > seriesGap) {
			break;
		}
		if (ruleOf(entry.cause)?.rule === rule) {
			times++;
			earliest = timeOf(entry);
		}
	}
	return { times, time: timeOf(restart) - earliest };
}

function againText({ times, time }: Series, { delay }: RestartEntry, l10n: Localization): string {
	const next = delay > 0 ? l10n.t('next try in {0}', timeText(delay, l10n)) : l10n.t('it starts again at once');
	return times === 1 ? next : `${l10n.t('{0} times in {1}', times, timeText(time, l10n))}, ${next}`;
}

interface Known {
	readonly rule: RestartRule | undefined;
	readonly words: LastWords | undefined;
	readonly series: Series;
}

/** From what happened first to what comes next. */
function chainOf(
	entries: Entries,
	restart: RestartEntry,
	{ rule, words, series }: Known,
	l10n: Localization,
): readonly ReasonLink[] {
	const said: readonly ReasonLink[] = words
		? [
				{
					text: l10n.t('The role wrote: {0}', words.line),
					n: words.n,
					...(words.thrown?.place && { place: words.thrown.place }),
				},
			]
		: [];
	const causes = restart.cause.map((cause): ReasonLink => {
		const place = placeOf(cause);
		const text = cause.detail ? `${sentence(cause.what)}: ${cause.detail}` : sentence(cause.what);
		return { text, ...(cause.n !== undefined && { n: cause.n }), ...(place && { place }) };
	});
	const law: readonly ReasonLink[] = rule ? [{ text: `${sentence(rule.law(l10n))}.`, page: rule.name }] : [];
	const again = `${sentence(againText(series, restart, l10n))}.`;
	const delay = restart.delay > 0 ? ` ${l10n.t("The delay is Rolewright's own.")}` : '';
	return [
		...submitted(entries, restart, rule, l10n),
		...said,
		...causes,
		...law,
		...goodbye(entries, restart, l10n),
		{ text: `${again}${delay}`, n: restart.n },
	];
}

/** What was changed, where the role did not want to take it as it runs. */
function submitted(
	entries: Entries,
	restart: RestartEntry,
	rule: RestartRule | undefined,
	l10n: Localization,
): readonly ReasonLink[] {
	if (rule?.name !== 'changingCancelled' && rule?.name !== 'certificateChanged') {
		return [];
	}
	const first = entries[0]?.n ?? 1;
	for (let index = restart.n - first; index >= 0; index--) {
		const entry = entries[index];
		if (entry?.event === 'configuration') {
			const names = entry.changes.map(({ role, setting }) => (setting ? `${role}: ${setting}` : role));
			return [{ text: l10n.t('A configuration was submitted that changes {0}.', names.join(', ')), n: entry.n }];
		}
	}
	return [];
}

/** Whether the role could say goodbye. */
function goodbye(entries: Entries, restart: RestartEntry, l10n: Localization): readonly ReasonLink[] {
	const first = entries[0]?.n ?? 1;
	const key = keyOf(restart);
	for (let index = restart.n - first - 1; index >= 0; index--) {
		const entry = entries[index];
		if (!entry || keyOf(entry) !== key) {
			continue;
		}
		if (entry.event === 'call' && entry.call === 'OnStop') {
			const text =
				entry.phase === 'begin'
					? l10n.t('OnStop was called and did not return.')
					: entry.error
						? l10n.t('OnStop was called and threw {0}.', entry.error.type)
						: l10n.t('OnStop was called and returned.');
			return [{ text, n: entry.n }];
		}
		if (entry.event === 'call' && entry.call === 'OnStart') {
			return [{ text: l10n.t('OnStop was not called.') }];
		}
		if (entry.event === 'restart') {
			break;
		}
	}
	return [];
}

function placeOf({ file, line }: Cause): Place | undefined {
	return file === undefined ? undefined : { file, ...(line !== undefined && { line }) };
}

function sentence(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A stretch of time for people, in the largest unit that says enough. */
export function timeText(milliseconds: number, l10n: Localization): string {
	if (milliseconds < 1_000) {
		return l10n.t('{0} ms', Math.round(milliseconds));
	}
	if (milliseconds < 90_000) {
		return l10n.t('{0} s', Math.round(milliseconds / 1_000));
	}
	if (milliseconds < 90 * 60_000) {
		return l10n.t('{0} min', Math.round(milliseconds / 60_000));
	}
	return l10n.t('{0} h', Math.round(milliseconds / 3_600_000));
}
