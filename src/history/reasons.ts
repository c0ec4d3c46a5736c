import type { Cause } from '../lifecycle/journal/journal';
import { type Entries, entryAt, keyOf, timeOf } from './entries';
import { type LastWords, lastWords } from './lastWords';
import { chainOf, placeOf, type ReasonLink, sentence } from './reasonChain';
import { type RestartRule, type RuleName, ruleOf } from './restartRules';
import { againText, restartsOf, seriesOf } from './restartSeries';
import { placeText } from './thrown';
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
	const clauses = [happened, ...(rule ? [rule.law(l10n, cause)] : []), againText(series, entry, l10n)];
	return {
		...{ n, key: keyOf(entry), instance: entry.instance ?? '', at: timeOf(entry), rule: rule?.name },
		isAsked: rule?.isAsked ?? false,
		short: sentence(rule?.short(l10n, cause) ?? cause.what),
		sentence: `${sentence(clauses.join('; '))}.`,
		chain: chainOf(entries, entry, { rule, cause, words, series }, l10n),
		fix: rule?.fix?.(l10n),
		times: series.times,
		delay: entry.delay,
	};
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
