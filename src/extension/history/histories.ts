import * as vscode from 'vscode';
import { type Entries, entryAt, keyOf } from '../../history/entries';
import { type Reason, reasonOf } from '../../history/reasons';
import { Timeline } from '../../history/timeline';
import { roleOf } from '../../lifecycle/domains';
import type { JournalEntry } from '../../lifecycle/journal/journal';
import type { RunningServices } from '../run/runningServices';

/** The journal of a service's run: of the one that goes on, or of the last one that this window saw. */
export interface History {
	readonly definition: string;
	readonly entries: Entries;
	/** Made when it is first looked at, and kept up with the entries from then on. */
	readonly timeline: Timeline;
	/** The numbers of the `restart` entries of each instance (`keyOf`), the oldest first. */
	readonly restarts: ReadonlyMap<string, readonly number[]>;
	/** The file that holds every entry of the run; the next run of the service writes it anew. */
	readonly journalFile: string | undefined;
}

/** What came: `begins` where it is another run, or older entries are not kept any more, so that all is to be read again. */
export interface HistoryNews {
	readonly definition: string;
	readonly begins: boolean;
	readonly entries: Entries;
}

/** Milliseconds in which entries are gathered before readers hear of them: a screen is not drawn more often. */
const gatherFor = 100;

/** Entries that are kept of a run at the most; the older half goes when there are more. */
const mostEntries = 200_000;

/**
 * Keeps the journals for the readers that look back, also after a service has ended: what went wrong is read then.
 */
export class Histories implements vscode.Disposable {
	private readonly kept = new Map<string, Kept>();
	private readonly news = new vscode.EventEmitter<HistoryNews>();
	private readonly listening: vscode.Disposable;
	private timer: NodeJS.Timeout | undefined;

	readonly onNews = this.news.event;

	constructor(running: RunningServices) {
		this.listening = vscode.Disposable.from(
			running.onDidWriteEntry(({ definition, entry }) => this.take(definition, entry)),
			running.onDidChange(definition => {
				const kept = this.kept.get(definition);
				if (kept) {
					kept.journalFile = running.runOf(definition)?.service?.journalFile ?? kept.journalFile;
				}
			}),
		);
	}

	dispose(): void {
		clearTimeout(this.timer);
		vscode.Disposable.from(this.listening, this.news).dispose();
	}

	of(definition: string): History | undefined {
		return this.kept.get(definition);
	}

	/** The last restart of an instance, or of any instance of a role; `undefined` where none has restarted. */
	lastReason(definition: string, of: { readonly key: string } | { readonly role: string }): Reason | undefined {
		const history = this.kept.get(definition);
		return history && reasonIn(history, latest(restartsOf(history, of)));
	}

	private take(definition: string, entry: JournalEntry): void {
		const known = this.kept.get(definition);
		const kept = known && entry.n === known.last + 1 ? known : new Kept(definition);
		this.kept.set(definition, kept);
		kept.take(entry);
		this.timer ??= setTimeout(() => this.tell(), gatherFor);
	}

	private tell(): void {
		this.timer = undefined;
		for (const kept of this.kept.values()) {
			const news = kept.takeNews();
			if (news) {
				this.news.fire(news);
			}
		}
	}
}

/** The reason of a restart that a history tells of. */
export function reasonIn({ entries, restarts }: History, n: number): Reason | undefined {
	const entry = entryAt(entries, n);
	return entry && reasonOf(entries, n, vscode.l10n, restarts.get(keyOf(entry)));
}

/** The highest number; 0 where there is none. */
export function latest(restarts: readonly number[]): number {
	return restarts.reduce((highest, n) => Math.max(highest, n), 0);
}

/** The restarts of one instance, or of all instances of a role. */
export function restartsOf(
	history: History | undefined,
	of: { readonly key: string } | { readonly role: string },
): readonly number[] {
	if (!history) {
		return [];
	}
	if ('key' in of) {
		return history.restarts.get(of.key) ?? [];
	}
	const isOfRole = (n: number) => roleOf(entryAt(history.entries, n)?.instance ?? '') === of.role;
	return [...history.restarts.values()].flat().filter(isOfRole);
}

class Kept implements History {
	entries: JournalEntry[] = [];
	readonly restarts = new Map<string, number[]>();
	journalFile: string | undefined;
	private made: Timeline | undefined;
	private begins = true;
	/** The number of the last entry that readers have heard of. */
	private told = 0;

	constructor(readonly definition: string) {}

	get last(): number {
		return this.entries.at(-1)?.n ?? 0;
	}

	get timeline(): Timeline {
		this.made ??= new Timeline();
		const { size, lastEntry } = this.made;
		this.made.append(size === 0 ? this.entries : this.after(lastEntry));
		return this.made;
	}

	take(entry: JournalEntry): void {
		this.entries.push(entry);
		if (entry.event === 'restart') {
			const key = keyOf(entry);
			const known = this.restarts.get(key);
			known?.push(entry.n) ?? this.restarts.set(key, [entry.n]);
		}
		if (this.entries.length > mostEntries) {
			this.entries = this.entries.slice(this.entries.length >> 1);
			this.made = undefined;
			this.begins = true;
		}
	}

	takeNews(): HistoryNews | undefined {
		const { begins, definition } = this;
		const entries = begins ? this.entries : this.after(this.told);
		this.begins = false;
		this.told = this.last;
		return entries.length > 0 ? { definition, begins, entries } : undefined;
	}

	private after(n: number): JournalEntry[] {
		return this.entries.slice(Math.max(0, n + 1 - (this.entries[0]?.n ?? 1)));
	}
}
