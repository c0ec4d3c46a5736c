import type { JournalEntry } from '../lifecycle/journal/journal';
import { type Entries, keyOf } from './entries';
import type { Localization } from './words';

type DiskEntry = JournalEntry & { readonly event: 'disk' };

/** What an instance went through after an entry, for somebody who just watched: what its code was told, what its disks kept. */
export function retell(entries: Entries, after: number, key: string, l10n: Localization): readonly string[] {
	const own = entries.filter(entry => entry.n > after && keyOf(entry) === key);
	const told = own.flatMap(entry => (isTold(entry) ? toldText(entry, l10n) : []));
	return [
		told.length > 0
			? l10n.t('Its code was told: {0}.', told.join(', '))
			: l10n.t('Its code was told nothing: it goes on as it was.'),
		...disksText(
			own.flatMap(entry => (entry.event === 'disk' ? entry : [])),
			l10n,
		),
	];
}

/** `Run` is the work itself, and `StatusCheck` comes whatever happens. */
function isTold(entry: JournalEntry): entry is JournalEntry & { readonly event: 'call' } {
	return entry.event === 'call' && entry.phase === 'end' && entry.call !== 'Run' && entry.call !== 'StatusCheck';
}

function toldText({ call, result }: JournalEntry & { readonly event: 'call' }, l10n: Localization): string {
	const isCancelled = typeof result === 'object' && result !== null && Reflect.get(result, 'cancel') === true;
	return isCancelled ? l10n.t('{0} (and it cancelled)', call) : call;
}

/** Local storage by its names; the folder around it, and what every role has without asking, say nothing that they do not. */
function disksText(disks: readonly DiskEntry[], l10n: Localization): readonly string[] {
	const named = disks.filter(
		({ disk, name }) => disk !== 'local' || (name !== undefined && name !== 'DiagnosticStore'),
	);
	const of = (...effects: readonly DiskEntry['effect'][]) => [
		...new Set(named.filter(({ effect }) => effects.includes(effect)).map(each => diskText(each, l10n))),
	];
	const kept = of('kept');
	const lost = of('emptied', 'rebuilt');
	return [
		...(kept.length > 0 ? [l10n.t('Kept: {0}.', kept.join(', '))] : []),
		...(lost.length > 0 ? [l10n.t('Emptied or made anew: {0}.', lost.join(', '))] : []),
	];
}

function diskText({ disk, name }: DiskEntry, l10n: Localization): string {
	switch (disk) {
		case 'local':
			return l10n.t("local storage '{0}'", name ?? '');
		case 'windows':
			return l10n.t('the system disk');
		case 'application':
			return l10n.t('the application files');
	}
}
