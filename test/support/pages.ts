import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Entries, entryAt } from '../../src/history/entries';
import { entryKinds, isBad } from '../../src/history/entryKinds';
import { filterEntries, keepsAll } from '../../src/history/filter';
import type { Picture } from '../../src/history/picture';
import { Timeline } from '../../src/history/timeline';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';
import { entryText } from '../../src/lifecycle/journal/journalText';
import type { Message } from '../../src/views/protocol';
import type { Follows, FromTimeline, Row, ToTimeline } from '../../src/views/timeline/protocol';
import type { ToTopology } from '../../src/views/topology/protocol';

const root = path.resolve(__dirname, '..', '..');

/** A Chromium of its own for pages of `dist/views`. */
export async function openBrowser(
	size: { width?: number; height?: number } = {},
): Promise<{ browser: Browser; page: Page }> {
	const { openBrowser: open } = await import(path.join(root, 'scripts', 'editor', 'browser.mjs'));
	return open(size);
}

/** What runs in a page is text: this side knows no DOM. */
export const painted = 'new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))';

export interface PageHost<ToPage extends Message> {
	post(message: ToPage): Promise<void>;
	/** Everything that the page has said, in order. */
	readonly said: readonly Message[];
	load(): Promise<void>;
}

/** Puts a bundled page into the browser as the extension does; its words are their own names unless they are given. */
export async function hostPage<ToPage extends Message>(
	page: Page,
	name: 'timeline' | 'topology' | 'matrix' | 'role',
	words: Readonly<Record<string, string>>,
	answer: (message: Message, post: (message: ToPage) => Promise<void>) => void,
): Promise<PageHost<ToPage>> {
	const said: Message[] = [];
	/** What comes too late for a page that is left already is lost. */
	const post = async (message: ToPage): Promise<void> => {
		const json = JSON.stringify(JSON.stringify(message));
		await page.evaluate(`window.postMessage(JSON.parse(${json}), '*')`).catch(() => {});
	};
	await page.exposeFunction('tellHost', (message: Message) => {
		said.push(message);
		answer(message, post);
	});
	const views = path.join(root, 'dist', 'views');
	const read = (file: string) => readFileSync(path.join(views, file), 'utf8');
	const files: Readonly<Record<string, { contentType: string; body: string }>> = {
		'/': { contentType: 'text/html', body: html(name, words) },
		'/page.js': { contentType: 'text/javascript', body: read(`${name}.js`) },
		'/page.css': { contentType: 'text/css', body: read('page.css') },
	};
	await page.route('http://127.0.0.1:1/**', route =>
		route.fulfill(files[new URL(route.request().url()).pathname] ?? { status: 404 }),
	);
	return { post, said, load: async () => void (await page.goto('http://127.0.0.1:1/')) };
}

function html(name: string, words: Readonly<Record<string, string>>): string {
	const json = JSON.stringify(words).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
	return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${name}</title><link rel="stylesheet" href="/page.css"></head>
<body data-subject="null" data-words="${json}"><main id="page"></main>
<div id="announcements" class="visually-hidden" role="status" aria-live="polite"></div>
<script>let state; window.acquireVsCodeApi = () => ({
	postMessage: message => window.tellHost(message),
	getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
	setState: value => sessionStorage.setItem('state', JSON.stringify(value)),
});</script><script src="/page.js"></script></body></html>`;
}

const timelineWords: readonly string[] = [
	...['view', 'chart', 'chartHelp', 'table', 'filter', 'filterText', 'who', 'everyone', 'deployment', 'kinds'],
	...['zoomIn', 'zoomOut', 'zoomAll', 'follow', 'export', 'copy', 'copied', 'running', 'stopped', 'saved', 'nothing'],
	...['details', 'pick', 'why', 'fix', 'output', 'noOutput', 'thisEntry', 'number', 'time', 'instance', 'text'],
	...entryKinds.map(kind => `kind:${kind}`),
];

export interface TimelineHost extends PageHost<ToTimeline> {
	/** Loads the page anew with this journal. */
	open(entries: Entries, follows?: Follows): Promise<void>;
	append(entries: Entries): Promise<void>;
	/** The same journal from its beginning; `whole`: a file has what came before it. */
	begin(more: { readonly whole: boolean }): Promise<void>;
}

/** Plays the extension for a timeline: keeps the entries, answers what the page asks. */
export async function hostTimeline(page: Page): Promise<TimelineHost> {
	let entries: Entries = [];
	let timeline = new Timeline();
	let follows: Follows = 'saved';
	const words = {
		...Object.fromEntries(timelineWords.map(name => [name, name])),
		...{ entries: '{0} entries', entriesOf: '{0} of {1} entries', exportAs: 'export {0}', wholeRole: 'all of {0}' },
		...{ earlier: 'without the first {0}', openWhole: 'the whole' },
	};
	const host = await hostPage<ToTimeline>(page, 'timeline', words, (message, post) => {
		const asked = message as FromTimeline | { readonly type: 'loaded' };
		switch (asked.type) {
			case 'loaded':
				void post({ type: 'begin', title: 'Shop', follows, change: timeline.whole() });
				return;
			case 'filter': {
				const numbers = keepsAll(asked.filter) ? undefined : filterEntries(entries, asked.filter);
				void post({ type: 'passing', numbers });
				return;
			}
			case 'rows':
				void post({ type: 'rows', rows: asked.numbers.flatMap(n => rowOf(entryAt(entries, n)) ?? []) });
				return;
			case 'details': {
				const row = rowOf(entryAt(entries, asked.n));
				const lists = { fields: [], output: [], after: 0, actions: [], explanation: undefined };
				if (row) {
					void post({
						type: 'details',
						details: { n: row.n, title: `${row.n} ${row.instance}`, lines: [row.text], ...lists },
					});
				}
				return;
			}
		}
	});
	return {
		...host,
		async open(all, state = 'saved') {
			entries = all;
			follows = state;
			timeline = new Timeline();
			timeline.append(all);
			await host.load();
			await page.waitForFunction("(document.querySelector('canvas')?.width ?? 300) !== 300");
			await page.evaluate(painted);
		},
		begin: more => host.post({ type: 'begin', title: 'Shop', follows, change: timeline.whole(), ...more }),
		async append(more) {
			const known = timeline.lastEntry;
			entries = [...entries, ...more];
			timeline.append(more);
			await host.post({ type: 'append', change: timeline.since(known + 1) });
		},
	};
}

export async function hostTopology(
	page: Page,
): Promise<PageHost<ToTopology> & { show(picture: Picture): Promise<void> }> {
	const names = ['picture', 'pictureHelp', 'zoomIn', 'zoomOut', 'asText'];
	const words = { ...Object.fromEntries(names.map(name => [name, name])), exportAs: 'export {0}' };
	const host = await hostPage<ToTopology>(page, 'topology', words, () => {});
	return { ...host, show: picture => host.post({ type: 'picture', picture, status: 'Running' }) };
}

function rowOf(entry: JournalEntry | undefined): Row | undefined {
	return (
		entry && {
			...{ n: entry.n, time: entry.at.slice(11, 23), instance: entry.instance ?? '' },
			...{ text: entryText(entry).lines.join(' '), bad: isBad(entry) },
		}
	);
}
