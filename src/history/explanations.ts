import type { InstanceStatus } from '../lifecycle/journal/journal';
import { addressOf, type Slot } from '../lifecycle/slots';
import { type Entries, keyOf, timeOf } from './entries';
import { type Reason, reasonOf } from './reasons';
import type { Localization } from './words';

/** What is to say about the restarts of one instance. */
export interface InstanceExplanation {
	readonly instance: string;
	readonly slot: Slot;
	/** The newest first. */
	readonly reasons: readonly Reason[];
	/** How it is at the end of the journal. */
	readonly last: { readonly state: InstanceStatus; readonly text: string; readonly since: number } | undefined;
}

/** Every instance that the journal tells of, in the order in which it first does. */
export function explainAll(entries: Entries, l10n: Localization): readonly InstanceExplanation[] {
	const found = new Map<string, Mutable>();
	for (const entry of entries) {
		const { instance, slot = 'production' } = entry;
		if (instance === undefined) {
			continue;
		}
		const known = found.get(keyOf(entry)) ?? { instance, slot, reasons: [], restarts: [], last: undefined };
		found.set(keyOf(entry), known);
		known.slot = slot;
		if (entry.event === 'state') {
			known.last = { state: entry.state, text: entry.text, since: timeOf(entry) };
		} else if (entry.event === 'restart') {
			known.restarts.push(entry.n);
			const reason = reasonOf(entries, entry.n, l10n, known.restarts);
			known.reasons.push(...(reason ? [reason] : []));
		}
	}
	return [...found.values()].map(each => ({ ...each, reasons: [...each.reasons].reverse() }));
}

interface Mutable extends InstanceExplanation {
	slot: Slot;
	readonly reasons: Reason[];
	readonly restarts: number[];
	last: InstanceExplanation['last'];
}

/** Whether a name that somebody gave, with or without its slot, means this instance. */
export function isNamed({ instance, slot }: InstanceExplanation, name: string): boolean {
	return name === instance || name === addressOf({ instance, slot });
}
