import * as vscode from 'vscode';
import { entryAt, keyOf, outputAround } from '../../history/entries';
import { isBad } from '../../history/entryKinds';
import type { ReasonLink } from '../../history/reasonChain';
import { type Reason, reasonOf } from '../../history/reasons';
import type { RuleName } from '../../history/restartRules';
import { type Place, placeIn, placeText } from '../../history/thrown';
import { clockText } from '../../history/ticks';
import { roleOf } from '../../lifecycle/domains';
import type { JournalEntry } from '../../lifecycle/journal/journal';
import { entryText } from '../../lifecycle/journal/journalText';
import { addressOf } from '../../lifecycle/slots';
import type { Details, Row } from '../../views/timeline/protocol';
import type { JournalSource } from './journalSource';

/** What a button of the details does: the page knows its title, and only this end what is behind it. */
export type DetailsAction =
	| { readonly do: 'openCode'; readonly place: Place }
	| { readonly do: 'showEntry'; readonly n: number }
	| { readonly do: 'openPage'; readonly page: RuleName }
	| { readonly do: 'openDefinition'; readonly role: string }
	| { readonly do: 'showOutput'; readonly instance: string };

export function rowOf(entry: JournalEntry): Row {
	return {
		n: entry.n,
		time: clockText(Date.parse(entry.at)),
		instance: entry.instance === undefined ? '' : addressOf({ instance: entry.instance, ...slotOf(entry) }),
		text: linesOf(entry).join(' ⏎ '),
		bad: isBad(entry),
	};
}

/** What is shown of an entry, and what the buttons in it do, by their place in `details.actions`. */
export function detailsAndActions(
	source: JournalSource,
	n: number,
): { readonly details: Details; readonly actions: readonly DetailsAction[] } | undefined {
	const { entries } = source;
	const entry = entryAt(entries, n);
	if (!entry) {
		return undefined;
	}
	const buttons = new Buttons();
	const reason = reasonOf(entries, n, vscode.l10n);
	const explanation = reason && {
		sentence: reason.sentence,
		chain: reason.chain.map(link => ({ text: link.text, actions: linkActions(link, n, buttons) })),
		fix: reason.fix,
	};
	addActions(source, entry, reason, buttons);
	const output = entry.instance === undefined ? [] : outputAround(entries, n, keyOf(entry));
	const row = rowOf(entry);
	return {
		details: {
			n,
			title: [String(n), row.time, row.instance || vscode.l10n.t('Deployment'), entry.event].join(' · '),
			lines: linesOf(entry),
			fields: fieldsOf(entry),
			explanation,
			output: output.map(rowOf),
			after: output.filter(each => each.n < n).length,
			actions: buttons.shown,
		},
		actions: buttons.actions,
	};
}

/** The end of a step says nothing in an output; in a list of all entries it has its line. */
function linesOf(entry: JournalEntry): readonly string[] {
	const { lines } = entryText(entry);
	const said = lines.some(line => line !== '');
	return said ? lines : [entry.event === 'step' ? `${entry.step}/9 done` : entry.event];
}

class Buttons {
	readonly shown: { readonly title: string; readonly inChain: boolean }[] = [];
	readonly actions: DetailsAction[] = [];

	add(title: string, action: DetailsAction, inChain = false): number {
		this.shown.push({ title, inChain });
		return this.actions.push(action) - 1;
	}
}

function linkActions({ place, n, page }: ReasonLink, restart: number, buttons: Buttons): readonly number[] {
	return [
		...(place ? [buttons.add(placeText(place), { do: 'openCode', place }, true)] : []),
		...(n === undefined || n === restart
			? []
			: [buttons.add(vscode.l10n.t('entry {0}', n), { do: 'showEntry', n }, true)]),
		...(page === undefined ? [] : [buttons.add(vscode.l10n.t('read more'), { do: 'openPage', page }, true)]),
	];
}

function addActions(source: JournalSource, entry: JournalEntry, reason: Reason | undefined, buttons: Buttons): void {
	const { instance } = entry;
	const place = reason?.chain.find(link => link.place)?.place ?? placeOf(entry);
	if (place) {
		buttons.add(vscode.l10n.t('Open {0}', placeText(place)), { do: 'openCode', place });
	}
	const role = instance && roleOf(instance);
	if (source.definition !== undefined && role !== undefined) {
		buttons.add(vscode.l10n.t('Open Definition'), { do: 'openDefinition', role });
	}
	if (source.definition !== undefined && instance !== undefined) {
		buttons.add(vscode.l10n.t('Show Output'), { do: 'showOutput', instance });
	}
	const restart = reason ? undefined : restartAfter(source, entry);
	if (restart !== undefined) {
		buttons.add(vscode.l10n.t('Show the restart that came of it'), { do: 'showEntry', n: restart });
	}
}

/** The restart that this entry led to, or whose state it tells. */
function restartAfter({ timeline }: JournalSource, entry: JournalEntry): number | undefined {
	const isRecycling = entry.event === 'state' && /^(Restarting|Cycling)Role$/.test(entry.state);
	const key = keyOf(entry);
	for (const lane of timeline.lanes) {
		const caused = lane.restarts.find(({ causes }) => causes.includes(entry.n));
		const next = isRecycling && lane.key === key ? lane.restarts.find(({ n }) => n > entry.n) : undefined;
		if (caused ?? next) {
			return (caused ?? next)?.n;
		}
	}
	return undefined;
}

function placeOf(entry: JournalEntry): Place | undefined {
	if (entry.event === 'output') {
		return placeIn(entry.text);
	}
	const error = entry.event === 'call' ? entry.error : undefined;
	return error?.file === undefined
		? undefined
		: { file: error.file, ...(error.line !== undefined && { line: error.line }) };
}

function fieldsOf(entry: JournalEntry): Details['fields'] {
	return Object.entries(entry).map(([name, value]) => [
		name,
		typeof value === 'string' ? value : JSON.stringify(value, undefined, 1),
	]);
}

function slotOf({ slot }: JournalEntry): { readonly slot?: 'staging' } {
	return slot === undefined ? {} : { slot };
}
