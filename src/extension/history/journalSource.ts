import * as vscode from 'vscode';
import type { Entries } from '../../history/entries';
import { readJournal } from '../../history/readJournal';
import { Timeline } from '../../history/timeline';
import type { Follows } from '../../views/timeline/protocol';
import { inform, MendableFailure, type Offer, offer } from '../commands';
import type { RunningServices } from '../run/runningServices';
import type { ServiceIndex } from '../workspace/serviceIndex';
import type { Histories } from './histories';

/** What a timeline is about; it is kept with the page over a reload of the window. */
export type JournalSubject =
	| { readonly kind: 'service'; readonly definition: string }
	/** `definition`: of the service whose run has written it, where that is known. */
	| { readonly kind: 'file'; readonly uri: string; readonly definition?: string };

/** A journal that can be looked at. */
export interface JournalSource {
	readonly title: string;
	readonly definition: string | undefined;
	readonly entries: Entries;
	readonly timeline: Timeline;
	readonly follows: Follows;
	/** The file with every entry of the run, also of those that are not kept in memory any more. */
	readonly whole?: JournalSubject | undefined;
}

export function isSubject(value: unknown): value is JournalSubject {
	if (typeof value !== 'object' || value === null || !('kind' in value)) {
		return false;
	}
	const { kind, definition, uri } = value as Record<string, unknown>;
	return kind === 'service'
		? typeof definition === 'string'
		: kind === 'file' && typeof uri === 'string' && ['string', 'undefined'].includes(typeof definition);
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
		title: titleOf(definition, index),
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
		get whole() {
			const file = histories.of(definition)?.journalFile;
			return file === undefined
				? undefined
				: ({ kind: 'file', uri: vscode.Uri.file(file).toString(), definition } as const);
		},
	};
}

/** The journal that a run has left in a file. Rejects with a `Failure` where the file holds none. */
export async function fileSource(
	uri: vscode.Uri,
	definition: string | undefined,
	index: ServiceIndex,
): Promise<JournalSource> {
	const path = vscode.workspace.asRelativePath(uri);
	const title = definition === undefined ? path : vscode.l10n.t('{0}, the whole run', titleOf(definition, index));
	const text = new TextDecoder().decode(await readFile(uri, path));
	const { entries, skipped } = readJournal(text);
	if (entries.length === 0) {
		throw new MendableFailure(
			vscode.l10n.t(
				'{0} holds no journal: it is what "rolewright run --format jsonl" prints, one JSON object a line.',
				path,
			),
			openAnother(),
		);
	}
	if (skipped.length > 0) {
		const text = vscode.l10n.t('{0} lines of {1} are no entries of a journal and are left out.', skipped.length, path);
		inform(text, offer(vscode.l10n.t('Open the File'), 'vscode.open', uri));
	}
	const timeline = new Timeline();
	timeline.append(entries);
	return { title, definition, entries, timeline, follows: 'saved' };
}

function titleOf(definition: string, index: ServiceIndex): string {
	return index.serviceAt(definition)?.name ?? vscode.workspace.asRelativePath(definition);
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
