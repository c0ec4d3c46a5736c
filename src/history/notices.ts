import { roleOf } from '../lifecycle/domains';
import type { JournalEntry } from '../lifecycle/journal/journal';
import { type Entries, entryAt, keyOf, timeOf } from './entries';
import { reasonOf } from './reasons';
import { ruleOf } from './restartRules';
import type { Localization } from './words';

/** So many restarts that nobody asked for within so many milliseconds are told; one alone may be chance. */
const toldFrom = 2;
const within = 60_000;

/** The same role is not spoken of again so soon, in milliseconds. */
const silence = 5 * 60_000;

/** A restart that a person should hear of. */
export interface Notice {
	/** The `restart` entry. */
	readonly n: number;
	readonly instance: string;
	readonly sentence: string;
}

/** A run so far: its entries, and the numbers of the restarts of each instance (`keyOf`), the oldest first. */
export interface Restarted {
	readonly entries: Entries;
	readonly restarts: ReadonlyMap<string, readonly number[]>;
}

/** Says of one run when a role keeps ending: once for all its instances, and not again for a while. */
export class RestartNotices {
	private readonly spoken = new Map<string, number>();

	/** The notices that these entries, the newest of the run, give rise to. */
	of(run: Restarted, news: Entries, l10n: Localization): readonly Notice[] {
		return news.flatMap(entry => {
			if (entry.event !== 'restart' || entry.instance === undefined || !isUnasked(entry)) {
				return [];
			}
			const role = roleOf(keyOf(entry));
			const last = this.spoken.get(role);
			const restarts = run.restarts.get(keyOf(entry)) ?? [];
			const isSilent = last !== undefined && timeOf(entry) - last < silence;
			if (isSilent || recentOf(run, restarts, entry) < toldFrom) {
				return [];
			}
			this.spoken.set(role, timeOf(entry));
			const reason = reasonOf(run.entries, entry.n, l10n, restarts);
			return reason ? [{ n: entry.n, instance: entry.instance, sentence: reason.sentence }] : [];
		});
	}
}

/** How many of the restarts up to this one nobody asked for and were short before it. */
function recentOf({ entries }: Restarted, restarts: readonly number[], until: JournalEntry): number {
	return restarts.filter(n => {
		const entry = n <= until.n ? entryAt(entries, n) : undefined;
		return entry !== undefined && isUnasked(entry) && timeOf(until) - timeOf(entry) <= within;
	}).length;
}

function isUnasked(entry: JournalEntry): boolean {
	return entry.event === 'restart' && ruleOf(entry.cause)?.rule.isAsked === false;
}
