import * as vscode from 'vscode';
import type { Entries } from '../history/entries';
import { readJournal } from '../history/readJournal';
import { Timeline } from '../history/timeline';
import type { Follows } from '../views/timeline/protocol';
import { inform, MendableFailure, type Offer, offer } from './commands';
import type { Histories } from './histories';
import type { RunningServices } from './runningServices';
import type { ServiceIndex } from './serviceIndex';

/** What a timeline is about; it is kept with the page over a reload of the window. */
export type JournalSubject =
	| { readonly kind: 'service'; readonly definition: string }
	| { readonly kind: 'file'; readonly uri: string };

/** A journal that can be looked at. */
export interface JournalSource {
	readonly title: string;
	readonly definition: string | undefined;
	readonly entries: Entries;
	readonly timeline: Timeline;
	readonly follows: Follows;
}

export function isSubject(value: unknown): value is JournalSubject {
	if (typeof value !== 'object' || value === null || !('kind' in value)) {
		return false;
	}
	const { kind, definition, uri } = value as Record<string, unknown>;
	return (kind === 'service' && typeof definition === 'string') || (kind === 'file' && typeof uri === 'string');
}

/** The journal of the run of a service; before the first one it is empty. */
export function serviceSource(
	definition: string,
	histories: Histories,
	running: RunningServices,
	index: ServiceIndex,
): JournalSource {
	const nothing = new Timeline();
	return {
		title: index.serviceAt(definition)?.name ?? vscode.workspace.asRelativePath(definition),
		definition,
		get entries() {
			return histories.of(definition)?.entries ?? [];
		},
		get timeline() {
			return histories.of(definition)?.timeline ?? nothing;
		},
		get follows() {
			return running.runOf(definition) ? 'running' : 'stopped';
		},
	};
}

/** The journal of a command-line run. Rejects with a `Failure` where the file holds none. */
export async function fileSource(uri: vscode.Uri): Promise<JournalSource> {
	const title = vscode.workspace.asRelativePath(uri);
	const text = new TextDecoder().decode(await readFile(uri, title));
	const { entries, skipped } = readJournal(text);
	if (entries.length === 0) {
		throw new MendableFailure(
			vscode.l10n.t(
				'{0} holds no journal: it is what "rolewright run --format jsonl" prints, one JSON object a line.',
				title,
			),
			openAnother(),
		);
	}
	if (skipped.length > 0) {
		const text = vscode.l10n.t('{0} lines of {1} are no entries of a journal and are left out.', skipped.length, title);
		inform(text, offer(vscode.l10n.t('Open the File'), 'vscode.open', uri));
	}
	const timeline = new Timeline();
	timeline.append(entries);
	return { title, definition: undefined, entries, timeline, follows: 'saved' };
}

async function readFile(uri: vscode.Uri, title: string): Promise<Uint8Array> {
	try {
		return await vscode.workspace.fs.readFile(uri);
	} catch {
		throw new MendableFailure(vscode.l10n.t('{0} cannot be read.', title), openAnother());
	}
}

function openAnother(): Offer {
	return offer(vscode.l10n.t('Open Another'), 'rolewright.openJournal');
}
