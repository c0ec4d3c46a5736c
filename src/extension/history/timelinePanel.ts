import * as vscode from 'vscode';
import { type Entries, entryAt } from '../../history/entries';
import { type EntryFilter, filterEntries, keepsAll } from '../../history/filter';
import type { Lane } from '../../history/lane';
import { mermaidBlock } from '../../history/markup';
import { timelineJson } from '../../history/timelineJson';
import { timelineMermaid } from '../../history/timelineMermaid';
import { type PictureOptions, timelineSvg } from '../../history/timelineSvg';
import { addressOf } from '../../lifecycle/slots';
import type { ExportFormat, FromTimeline, ToTimeline } from '../../views/timeline/protocol';
import { openPage, type Page } from '../webviewPage';
import type { HistoryNews } from './histories';
import type { JournalSource, JournalSubject } from './journalSource';
import { type DetailsAction, detailsAndActions, rowOf } from './timelineDetails';
import { timelineWords } from './timelineWords';

export interface TimelineContext {
	readonly extension: vscode.Uri;
	readonly act: (action: DetailsAction, source: JournalSource) => unknown;
	/** Opens the timeline of another journal. */
	readonly open: (subject: JournalSubject) => Promise<unknown>;
	readonly closed: () => void;
	readonly failed: (error: unknown) => void;
}

/** The timeline of one journal in a tab: answers what its page asks, and tells it what is new. */
export class TimelinePanel {
	private readonly asked = new vscode.EventEmitter<FromTimeline>();
	/** What the page asks, before it is answered. */
	readonly onDidAsk = this.asked.event;
	private readonly page: Page<ToTimeline>;
	private filter: EntryFilter = {};
	/** The number of the last entry that the page knows. */
	private told = 0;
	/** Asked for before the page was there. */
	private wanted: number | undefined;

	constructor(
		subject: JournalSubject,
		private readonly source: JournalSource,
		private readonly context: TimelineContext,
		kept?: vscode.WebviewPanel,
	) {
		this.page = openPage<ToTimeline, FromTimeline>(
			context.extension,
			{
				...{ name: 'timeline', subject, words: timelineWords() },
				title: vscode.l10n.t('Timeline of {0}', source.title),
				onLoaded: () => this.begin(),
				onMessage: message => {
					this.asked.fire(message);
					void this.take(message).catch(context.failed);
				},
				onDidDispose: () => {
					this.asked.dispose();
					context.closed();
				},
			},
			kept,
		);
	}

	reveal(): void {
		this.page.reveal();
	}

	dispose(): void {
		this.page.dispose();
	}

	/** Shows an entry, with what is known of it. */
	show(n: number): void {
		this.page.reveal();
		if (this.page.isLoaded) {
			this.page.post({ type: 'show', n });
		} else {
			this.wanted = n;
		}
	}

	/** The service of this journal has written, or another run of it has begun. */
	hear({ begins, entries }: HistoryNews): void {
		if (!this.page.isLoaded) {
			return;
		}
		if (begins) {
			this.begin();
			return;
		}
		const news = entries.filter(({ n }) => n > this.told);
		const change = this.source.timeline.since(this.told + 1);
		const passing = keepsAll(this.filter) ? {} : { passing: filterEntries(news, this.filter) };
		this.told = this.source.timeline.lastEntry;
		this.page.post({ type: 'append', change, ...passing });
	}

	followsChanged(): void {
		this.page.post({ type: 'follows', follows: this.source.follows });
	}

	private begin(): void {
		const { title, follows, timeline, whole } = this.source;
		this.told = timeline.lastEntry;
		this.page.post({ type: 'begin', title, follows, change: timeline.whole(), whole: whole !== undefined });
		if (this.wanted !== undefined) {
			this.page.post({ type: 'show', n: this.wanted });
			this.wanted = undefined;
		}
	}

	/** Does what the page asks for. */
	async take(message: FromTimeline): Promise<void> {
		const { source, page } = this;
		switch (message.type) {
			case 'filter': {
				this.filter = message.filter;
				page.post({ type: 'passing', numbers: keepsAll(this.filter) ? undefined : this.passing() });
				return;
			}
			case 'rows': {
				const rows = message.numbers.flatMap(n => {
					const entry = entryAt(source.entries, n);
					return entry ? [rowOf(entry)] : [];
				});
				page.post({ type: 'rows', rows });
				return;
			}
			case 'details': {
				const found = detailsAndActions(source, message.n);
				if (found) {
					page.post({ type: 'details', details: found.details });
				}
				return;
			}
			case 'act': {
				const action = detailsAndActions(source, message.n)?.actions[message.action];
				if (action?.do === 'showEntry') {
					page.post({ type: 'show', n: action.n });
				} else if (action) {
					await this.context.act(action, source);
				}
				return;
			}
			case 'export':
				await this.exportAs(message.format, message.from, message.to);
				return;
			case 'copy':
				await vscode.env.clipboard.writeText(this.text());
				return;
			case 'whole':
				await (source.whole && this.context.open(source.whole));
				return;
		}
	}

	private passing(): readonly number[] {
		return filterEntries(this.source.entries, this.filter);
	}

	private passingEntries(): Entries {
		const { entries } = this.source;
		return keepsAll(this.filter) ? entries : this.passing().flatMap(n => entryAt(entries, n) ?? []);
	}

	/** A line an entry, its columns apart by tabs. */
	private text(): string {
		return this.passingEntries()
			.map(entry => {
				const { n, instance, text } = rowOf(entry);
				return `${[n, entry.at, instance, text].join('\t')}\n`;
			})
			.join('');
	}

	/** As a text that is not saved yet: the person decides where it goes. */
	private async exportAs(format: ExportFormat, from: number, to: number): Promise<void> {
		const { source } = this;
		const options: PictureOptions = {
			title: vscode.l10n.t('Timeline of {0}', source.title),
			...{ from, to: Math.min(to, source.follows === 'running' ? to : source.timeline.end + 1) },
			nameOf: ({ instance, slot }: Lane) => addressOf({ instance: instance || vscode.l10n.t('Deployment'), slot }),
			wants: lane => this.wants(lane),
			entries: this.passingEntries(),
		};
		const [language, content] = exported(format, source, options);
		const document = await vscode.workspace.openTextDocument({ language, content });
		await vscode.window.showTextDocument(document, { preview: false });
	}

	private wants({ instance, key, role }: Lane): boolean {
		if (this.filter.instance) {
			return instance === '' || key === this.filter.instance;
		}
		return !this.filter.role || instance === '' || role === this.filter.role;
	}
}

function exported(
	format: ExportFormat,
	{ timeline }: JournalSource,
	options: PictureOptions,
): readonly [language: string, content: string] {
	switch (format) {
		case 'json':
			return ['json', timelineJson(timeline, options)];
		case 'svg':
			return ['xml', timelineSvg(timeline, options)];
		case 'mermaid':
			return ['markdown', mermaidBlock(timelineMermaid(timeline, options))];
	}
}
