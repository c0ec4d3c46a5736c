import type { JournalEntry } from '../lifecycle/journal/journal';
import { type Entries, entryAt, keyOf, timeOf } from './entries';
import { type RestartRule, ruleOf } from './restartRules';
import type { Localization } from './words';

export type RestartEntry = JournalEntry & { readonly event: 'restart' };

/** How often an instance restarted in a row for the same reason. */
export interface Series {
	readonly times: number;
	/** Milliseconds from the first to this one. */
	readonly time: number;
}

/** Restarts further apart than so many milliseconds are not one series; the number is ours. */
const seriesGap = 10 * 60_000;

/** The restarts of one instance, or of all, the oldest first. */
export function restartsOf(entries: Entries, key?: string): readonly number[] {
	return entries.flatMap(entry =>
		entry.event === 'restart' && (key === undefined || keyOf(entry) === key) ? entry.n : [],
	);
}

/** `restarts`: the numbers of the restarts of its instance, the oldest first. */
export function seriesOf(
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

/** How often it happened, and what comes next. */
export function againText({ times, time }: Series, { delay }: RestartEntry, l10n: Localization): string {
	const next = delay > 0 ? l10n.t('next try in {0}', timeText(delay, l10n)) : l10n.t('it starts again at once');
	return times === 1 ? next : `${l10n.t('{0} times in {1}', times, timeText(time, l10n))}, ${next}`;
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
