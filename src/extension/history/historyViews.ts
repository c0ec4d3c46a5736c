import * as vscode from 'vscode';
import { Failure } from '../../base/failure';
import { RestartNotices } from '../../history/notices';
import { openPlace } from '../code/codePlaces';
import { command, inform, MendableFailure, offer, report } from '../commands';
import { textIn } from '../run/instanceChoice';
import type { RunningServices } from '../run/runningServices';
import { restorePages } from '../webviewPage';
import { chooseService } from '../workspace/serviceChoice';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { type Histories, type History, type HistoryNews, latest, restartsOf } from './histories';
import { fileSource, isSubject, type JournalSource, type JournalSubject, serviceSource } from './journalSource';
import { registerRestartLenses } from './restartLenses';
import type { DetailsAction } from './timelineDetails';
import { TimelinePanel } from './timelinePanel';

/** What looks back at a run: the timeline, the reasons of restarts, where they are told. */
export function registerHistoryViews(
	extension: vscode.Uri,
	histories: Histories,
	index: ServiceIndex,
	running: RunningServices,
	log: vscode.LogOutputChannel,
): vscode.Disposable & { readonly timelines: Timelines } {
	const timelines = new Timelines(extension, histories, index, running, log);
	const notices = new Map<string, RestartNotices>();
	const parts = vscode.Disposable.from(
		timelines,
		registerRestartLenses(histories, index, log),
		histories.onNews(news => {
			timelines.hear(news);
			if (news.begins) {
				notices.set(news.definition, new RestartNotices());
			}
			notify(histories.of(news.definition), news, notices.get(news.definition), timelines);
		}),
		running.onDidChange(definition => timelines.followsChanged(definition)),
		restorePages('timeline', (subject, panel) => timelines.restore(subject, panel)),
		command('showTimeline', log, async argument => {
			const service = await chooseService(index, argument);
			await (service && timelines.open({ kind: 'service', definition: service.definition }));
		}),
		command('openJournal', log, async argument => {
			const uri = argument instanceof vscode.Uri ? argument : await pickJournal();
			await (uri && timelines.open({ kind: 'file', uri: uri.toString() }));
		}),
		command('explainRestart', log, async argument => {
			const service = await chooseService(index, argument);
			return service && explain(service.definition, argument, histories, timelines);
		}),
		command('explainRule', log, name => openRule(extension, name)),
	);
	return { timelines, dispose: () => parts.dispose() };
}

/** The timelines that are open, one for each journal. */
export class Timelines implements vscode.Disposable {
	private readonly panels = new Map<string, TimelinePanel>();

	constructor(
		private readonly extension: vscode.Uri,
		private readonly histories: Histories,
		private readonly index: ServiceIndex,
		private readonly running: RunningServices,
		private readonly log: vscode.LogOutputChannel,
	) {}

	dispose(): void {
		for (const panel of [...this.panels.values()]) {
			panel.dispose();
		}
	}

	/** The one of a service (by its definition), or of a file (by its address). */
	of(key: string): TimelinePanel | undefined {
		return this.panels.get(key);
	}

	async open(subject: JournalSubject, kept?: vscode.WebviewPanel): Promise<TimelinePanel> {
		const key = subject.kind === 'service' ? subject.definition : subject.uri;
		const known = this.panels.get(key);
		if (known) {
			known.reveal();
			return known;
		}
		const source = await this.sourceOf(subject);
		const panel = new TimelinePanel(
			subject,
			source,
			{
				extension: this.extension,
				act: (action, from) => this.act(action, from),
				open: other => this.open(other),
				closed: () => this.panels.delete(key),
				failed: error => report(error, this.log),
			},
			kept,
		);
		this.panels.set(key, panel);
		return panel;
	}

	/** After the window was loaded again. A journal that is not there any more has no tab. */
	restore(subject: unknown, kept: vscode.WebviewPanel): void {
		const opened = isSubject(subject) ? this.open(subject, kept) : Promise.reject(new Failure(''));
		opened.catch(error => {
			kept.dispose();
			if (!(error instanceof Failure) || error.message) {
				report(error, this.log);
			}
		});
	}

	hear(news: HistoryNews): void {
		this.panels.get(news.definition)?.hear(news);
	}

	followsChanged(definition: string): void {
		this.panels.get(definition)?.followsChanged();
	}

	private async sourceOf(subject: JournalSubject): Promise<JournalSource> {
		return subject.kind === 'service'
			? serviceSource(subject.definition, this.histories, this.running, this.index)
			: fileSource(vscode.Uri.parse(subject.uri), subject.definition, this.index);
	}

	private async act(action: DetailsAction, { definition }: JournalSource): Promise<void> {
		switch (action.do) {
			case 'openCode':
				await openPlace(this.running, definition, action.place);
				return;
			case 'openPage':
				await openRule(this.extension, action.page);
				return;
			case 'openDefinition':
				await vscode.commands.executeCommand('rolewright.openDefinition', { definition, role: action.role });
				return;
			case 'showOutput':
				await vscode.commands.executeCommand('rolewright.showOutput', { definition, instance: action.instance });
				return;
			case 'showEntry':
				return;
		}
	}
}

/** The last restart of what the command was called on: an instance, a role, or the whole service. */
async function explain(
	definition: string,
	argument: unknown,
	histories: Histories,
	timelines: Timelines,
): Promise<void> {
	const history = histories.of(definition);
	const instance = fieldOf(argument, 'instance');
	const role = textIn(argument, 'role');
	const wanted = typeof instance === 'string' ? { key: instance } : role === undefined ? undefined : { role };
	const restarts = wanted ? restartsOf(history, wanted) : [...(history?.restarts.values() ?? [])].flat();
	const asked = fieldOf(argument, 'n');
	const n = typeof asked === 'number' ? asked : latest(restarts);
	if (n === 0) {
		const name = typeof instance === 'string' ? instance : (role ?? vscode.l10n.t('The service'));
		const showTimeline = offer(vscode.l10n.t('Show Timeline'), 'rolewright.showTimeline', definition);
		inform(vscode.l10n.t('{0} has not restarted in this run.', name), showTimeline);
		return;
	}
	const panel = await timelines.open({ kind: 'service', definition });
	panel.show(n);
}

function fieldOf(argument: unknown, name: string): unknown {
	return typeof argument === 'object' && argument !== null ? Reflect.get(argument, name) : undefined;
}

/** The page about a rule of the platform, readable without a network. */
async function openRule(extension: vscode.Uri, name: unknown): Promise<void> {
	// The name may come from a link: only a plain word becomes a part of a path.
	const page = typeof name === 'string' && /^\w+$/.test(name) ? `${name}.md` : undefined;
	if (page === undefined) {
		throw new MendableFailure(
			vscode.l10n.t('There is no page about {0}.', String(name)),
			offer(vscode.l10n.t('Open Documentation'), 'rolewright.openDocumentation'),
		);
	}
	const uri = vscode.Uri.joinPath(extension, 'docs', 'lifecycle', page);
	await vscode.commands.executeCommand('markdown.showPreview', uri);
}

function notify(
	history: History | undefined,
	news: HistoryNews,
	notices: RestartNotices | undefined,
	timelines: Timelines,
): void {
	for (const { n, instance, sentence } of history ? (notices?.of(history, news.entries, vscode.l10n) ?? []) : []) {
		const explainIt = vscode.l10n.t('Explain');
		const showOutput = vscode.l10n.t('Show Output');
		const text = vscode.l10n.t('{0} keeps restarting: {1}', instance, sentence);
		void vscode.window.showWarningMessage(text, explainIt, showOutput).then(async answer => {
			const { definition } = news;
			if (answer === explainIt) {
				(await timelines.open({ kind: 'service', definition })).show(n);
			} else if (answer === showOutput) {
				await vscode.commands.executeCommand('rolewright.showOutput', { definition, instance });
			}
		});
	}
}

async function pickJournal(): Promise<vscode.Uri | undefined> {
	const picked = await vscode.window.showOpenDialog({
		title: vscode.l10n.t('Open Saved Journal'),
		openLabel: vscode.l10n.t('Open'),
		filters: { [vscode.l10n.t('Journals')]: ['jsonl'], [vscode.l10n.t('All files')]: ['*'] },
	});
	return picked?.[0];
}
