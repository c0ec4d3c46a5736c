import type { Page } from 'playwright-core';
import type { Entries } from '../src/history/entries';
import type { JournalEntry, JournalEvent } from '../src/lifecycle/journal/journal';
import { entryText } from '../src/lifecycle/journal/journalText';
import { hostTimeline, openBrowser, painted } from '../test/support/pages';
import { type Measured, median } from './measure';

const size = 100_000;

/**
 * The page of a timeline with 100,000 entries in Chromium: from the entries to the first picture, and the longest frame
 * while it is scrolled in time, zoomed, and scrolled as a table. The peer is the same journal as one plain text.
 */
export async function measureTimeline(runs = 5): Promise<readonly Measured[]> {
	const { browser, page } = await openBrowser();
	try {
		const entries = makeJournal(size);
		const host = await hostTimeline(page);
		const opened: number[] = [];
		for (let run = 0; run < runs; run++) {
			const began = performance.now();
			await host.open(entries);
			opened.push(performance.now() - began);
		}
		const inView = await work(page, "document.querySelector('.chart').dispatchEvent(new Event('scroll'))");
		const chart = await longestFrame(page, '.chart', 'scrollLeft', 6);
		await page.getByRole('button', { name: 'table', exact: true }).click();
		await page.evaluate(painted);
		const inTable = await work(page, "document.querySelector('.table').scrollTop += frame % 10 === 0 ? 3000 : 37");
		const table = await longestFrame(page, '.table', 'scrollTop', 1);
		const plain = await openPlain(page, entries);
		const plainFrames = await longestFrame(page, 'pre', 'scrollTop', 1);
		return [
			{ what: 'timeline: 100,000 entries, from the entries to the first picture', ...middle(opened), bound: 500 },
			{ what: '  peer: the same journal as one plain text', milliseconds: plain },
			{ what: 'timeline: the work of a frame with all 100,000 in view', milliseconds: inView, bound: 50 },
			{ what: 'timeline: the longest frame while it is scrolled and zoomed', milliseconds: chart, bound: 50 },
			{ what: 'timeline: the work of a frame while its table is scrolled', milliseconds: inTable, bound: 50 },
			{ what: 'timeline: the longest frame while its table is scrolled', milliseconds: table, bound: 50 },
			{ what: '  peer: the longest frame of the plain text', milliseconds: plainFrames },
		];
	} finally {
		await browser.close();
	}
}

function middle(times: readonly number[]): { readonly milliseconds: number; readonly fastest: number } {
	return { milliseconds: median(times), fastest: Math.min(...times) };
}

/** Twelve instances that start, write, answer and now and then end. */
export function makeJournal(count: number): Entries {
	const entries: JournalEntry[] = [];
	let time = Date.parse('2026-01-05T10:00:00.000Z');
	const add = (instance: string, event: JournalEvent) => {
		time += 7 + ((entries.length * 31) % 60);
		entries.push({ n: entries.length + 1, at: new Date(time).toISOString(), instance, ...event });
	};
	for (let turn = 0; entries.length < count; turn++) {
		const instance = `${turn % 3 === 0 ? 'Front' : 'Worker'}_IN_${turn % 6}`;
		add(instance, { event: 'state', state: 'StartingRole', text: 'Starting' });
		add(instance, { event: 'process', phase: 'started', pid: 100 + turn, role: 'host' });
		add(instance, { event: 'call', call: 'OnStart', phase: 'begin' });
		add(instance, { event: 'call', call: 'OnStart', phase: 'end', result: true });
		add(instance, { event: 'state', state: 'ReadyRole', text: 'Ready' });
		add(instance, { event: 'call', call: 'Run', phase: 'begin' });
		for (let line = 0; line < 80; line++) {
			add(instance, {
				event: 'output',
				stream: line % 20 === 0 ? 'stderr' : 'stdout',
				text: `message ${turn}.${line} done`,
			});
		}
		add(instance, { event: 'call', call: 'Run', phase: 'end' });
		const n = entries.length;
		add(instance, { event: 'restart', cause: [{ what: 'Run returned', detail: '', n }], delay: 0 });
	}
	return entries.slice(0, count);
}

/** Processor time of the page's thread for a frame with this step in it, which other processes of the machine do not touch. */
async function work(page: Page, step: string, frames = 50): Promise<number> {
	const session = await page.context().newCDPSession(page);
	await session.send('Performance.enable', { timeDomain: 'threadTicks' });
	const spent = async () => {
		const { metrics } = await session.send('Performance.getMetrics');
		return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
	};
	const before = await spent();
	await page.evaluate(`(async () => {
		for (let frame = 0; frame < ${frames}; frame++) {
			${step};
			await new Promise(requestAnimationFrame);
		}
	})()`);
	return (((await spent()) - before) * 1_000) / frames;
}

/** Zooms in, then scrolls a little each frame for two seconds; the longest time between two frames. */
function longestFrame(page: Page, selector: string, side: 'scrollLeft' | 'scrollTop', zooms: number): Promise<number> {
	return page.evaluate(`(async () => {
		const box = document.querySelector('${selector}');
		const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
		let before = await frame();
		let longest = 0;
		const next = async () => {
			const now = await frame();
			longest = Math.max(longest, now - before);
			before = now;
		};
		for (let zoom = 0; zoom < ${zooms}; zoom++) {
			box.dispatchEvent(new KeyboardEvent('keydown', { key: '+' }));
			await next();
		}
		box.${side} = 0;
		const end = performance.now() + 2000;
		for (let step = 0; performance.now() < end; step++) {
			box.${side} += step % 40 === 0 ? box.clientWidth * 3 : 37;
			await next();
		}
		return longest;
	})()`);
}

async function openPlain(page: Page, entries: Entries): Promise<number> {
	await page.goto('about:blank');
	const text = entries.map(entry => entryText(entry).lines.join(' ')).join('\n');
	const began = performance.now();
	await page.evaluate(`(async () => {
		const pre = document.body.appendChild(document.createElement('pre'));
		pre.style.cssText = 'height: 500px; overflow: auto';
		pre.textContent = ${JSON.stringify(text)};
		await ${painted};
	})()`);
	return performance.now() - began;
}
