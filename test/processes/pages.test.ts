import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { makeJournal } from '../../bench/timeline';
import { topologyPicture } from '../../src/history/topologyPicture';
import { english } from '../../src/history/words';
import { hostTimeline, hostTopology, openBrowser, painted } from '../support/pages';

/** The pages in Chromium, by keyboard and by the words that a screen reader gets. */
suite('pages', () => {
	let browser: Browser;
	let page: Page;
	suiteSetup(async () => {
		({ browser } = await openBrowser());
	});
	suiteTeardown(() => browser.close());
	setup(async () => {
		page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
	});
	teardown(() => page.close());

	const active = (attribute: string) => page.evaluate(`document.activeElement.getAttribute('${attribute}')`);
	const text = (selector: string) => page.evaluate(`document.querySelector('${selector}')?.textContent ?? null`);
	const becomes = (selector: string, expected: string) =>
		page.waitForFunction(`document.querySelector('${selector}')?.textContent === ${JSON.stringify(expected)}`);

	test('timeline: arrows go from entry to entry and from lane to lane, and the entry is read out', async () => {
		const host = await hostTimeline(page);
		await host.open(makeJournal(500));
		await page.getByRole('listbox', { name: 'chart' }).focus();
		await page.keyboard.press('ArrowRight');
		await becomes('.details h2', '1 Front_IN_0');
		await page.keyboard.press('ArrowRight');
		await becomes('.details h2', '2 Front_IN_0');
		await becomes('#chart-entry', '2 Front_IN_0. host process 100 started');
		await becomes('#announcements', '2 Front_IN_0. host process 100 started');
		assert.equal(await active('aria-activedescendant'), 'chart-entry');
		await page.keyboard.press('ArrowDown');
		await page.waitForFunction("/Front_IN_3/.test(document.querySelector('.details h2').textContent)");
		await page.keyboard.press('Home');
		await page.keyboard.press('ArrowLeft');
		const first = await text('.details h2');
		await page.keyboard.press('End');
		await page.waitForFunction(`document.querySelector('.details h2').textContent !== ${JSON.stringify(first)}`);
	});

	test('timeline: as a table only what is seen exists, and the keys go to every row', async () => {
		const host = await hostTimeline(page);
		await host.open(makeJournal(5_000));
		await page.getByRole('button', { name: 'table', exact: true }).click();
		const grid = page.getByRole('grid', { name: 'table' });
		await grid.focus();
		await page.keyboard.press('End');
		await page.waitForSelector('#row-5000[aria-selected="true"]');
		assert.equal(await grid.getAttribute('aria-rowcount'), '5001');
		assert.equal(await grid.getAttribute('aria-activedescendant'), 'row-5000');
		assert.ok((await page.locator('.rows > .row').count()) < 100);
		await page.keyboard.press('ArrowUp');
		await page.waitForSelector('#row-4999[aria-selected="true"]');
		await page.keyboard.press('Home');
		await page.waitForSelector('#row-1[aria-selected="true"]');
		await becomes('#row-1 > :last-child', 'Starting');
	});

	test('timeline: filters by words, kind and instance, and the view is there again after the tab was hidden', async () => {
		const host = await hostTimeline(page);
		await host.open(makeJournal(500));
		await page.getByRole('button', { name: 'kind:output' }).click();
		await page.getByRole('combobox').selectOption('Worker_IN_1');
		await page.getByRole('searchbox').fill('onstart');
		await page.waitForFunction("/^saved · 2 of 500 entries$/.test(document.querySelector('.count').textContent)");
		await host.open(makeJournal(500));
		await page.waitForFunction("/^saved · 2 of 500 entries$/.test(document.querySelector('.count').textContent)");
		assert.equal(await page.getByRole('button', { name: 'kind:output' }).getAttribute('aria-pressed'), 'false');
		assert.equal(await page.getByRole('searchbox').inputValue(), 'onstart');
	});

	test('timeline: the kinds are one stop of the Tab key', async () => {
		const host = await hostTimeline(page);
		await host.open(makeJournal(100));
		assert.equal(await page.locator('.kinds button[tabindex="0"]').count(), 1);
		await page.getByRole('button', { name: 'kind:states' }).focus();
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('ArrowRight');
		assert.equal(await page.evaluate('document.activeElement.textContent'), 'kind:processes');
		await page.keyboard.press('Space');
		assert.equal(await active('aria-pressed'), 'false');
	});

	test('timeline: what is written meanwhile appears, and an entry that is asked for elsewhere is shown', async () => {
		const journal = makeJournal(300);
		const host = await hostTimeline(page);
		await host.open(journal.slice(0, 100), 'running');
		await host.append(journal.slice(100, 250));
		await becomes('.count', 'running · 250 entries');
		await host.append(journal.slice(250));
		await becomes('.count', 'running · 300 entries');
		await host.post({ type: 'show', n: 299 });
		await page.waitForFunction("document.querySelector('.details h2')?.textContent.startsWith('299 ')");
		assert.equal(await active('aria-label'), 'details');
	});

	test('timeline: at 200 % nothing is cut off at the side, and the parts keep a useful height', async () => {
		await page.setViewportSize({ width: 500, height: 350 });
		const host = await hostTimeline(page);
		await host.open(makeJournal(1_000));
		assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
		assert.equal(await page.evaluate("document.querySelector('.chart').clientHeight >= 150"), true);
	});

	test('timeline: a few lanes leave their room to the details', async () => {
		const host = await hostTimeline(page);
		await host.open(makeJournal(100));
		const heights = () =>
			page.evaluate("['.chart', '.details'].map(part => document.querySelector(part).clientHeight)") as Promise<
				[number, number]
			>;
		const [, empty] = await heights();
		assert.ok(empty < 100, `${empty} before anything is chosen`);
		await page.getByRole('listbox', { name: 'chart' }).focus();
		await page.keyboard.press('ArrowRight');
		await becomes('.details h2', '1 Front_IN_0');
		const [chart, details] = await heights();
		assert.ok(chart < 150 && details > 400, `${chart} and ${details}`);
	});

	test('timeline: its table follows a run to the newest entry, until somebody scrolls away from it, and when they come back', async () => {
		const journal = makeJournal(400);
		const host = await hostTimeline(page);
		await host.open(journal.slice(0, 200), 'running');
		await page.getByRole('button', { name: 'table', exact: true }).click();
		const follows = () => page.getByRole('button', { name: 'follow' }).getAttribute('aria-pressed');
		const inView = (n: number) =>
			page.waitForFunction(`(() => {
				const [row, table] = ['#row-${n}', '.table'].map(part => document.querySelector(part)?.getBoundingClientRect());
				return row && row.top >= table.top && row.bottom <= table.bottom;
			})()`);
		await inView(200);
		await host.append(journal.slice(200, 300));
		await inView(300);
		assert.equal(await follows(), 'true');
		await page.getByRole('grid').hover();
		await page.mouse.wheel(0, -2_000);
		await page.waitForSelector('[aria-pressed="false"]:text("follow")');
		await inView(200);
		await host.append(journal.slice(300));
		await becomes('.count', 'running · 400 entries');
		await page.evaluate(painted);
		await inView(200);
		await page.mouse.wheel(0, 20_000);
		await page.waitForSelector('[aria-pressed="true"]:text("follow")');
		await inView(400);
	});

	test('timeline: what the table lists is exported, not the part of the time that the hidden chart showed', async () => {
		const host = await hostTimeline(page);
		const journal = makeJournal(300);
		await host.open(journal);
		await page.getByRole('button', { name: 'table', exact: true }).click();
		await page.getByRole('button', { name: 'export SVG' }).click();
		await page.evaluate(painted);
		const ends = [journal[0], journal.at(-1)].map(entry => Date.parse(entry?.at ?? ''));
		assert.deepEqual(host.said.at(-1), { type: 'export', format: 'svg', from: ends[0], to: (ends[1] ?? 0) + 1 });
	});

	test('timeline: of a long run it says what only the journal file holds, and opens that', async () => {
		const host = await hostTimeline(page);
		await host.open(makeJournal(300).slice(200));
		await becomes('.heading', 'Shopsaved · 100 entries');
		await host.begin({ whole: true });
		await becomes('.heading', 'Shopsaved · 100 entrieswithout the first 200 the whole');
		await page.getByRole('button', { name: 'the whole' }).click();
		await page.evaluate(painted);
		assert.deepEqual(host.said.at(-1), { type: 'whole' });
	});

	test('timeline: zooming keeps the place, and everything can be shown again', async () => {
		const host = await hostTimeline(page);
		await host.open(makeJournal(2_000));
		const width = () => page.evaluate("document.querySelector('.chart').scrollWidth") as Promise<number>;
		const narrow = await width();
		await page.getByRole('listbox').focus();
		for (let press = 0; press < 5; press++) {
			await page.keyboard.press('+');
		}
		await page.evaluate(painted);
		assert.ok((await width()) > 4 * narrow);
		await page.keyboard.press('0');
		await page.evaluate(painted);
		assert.equal(await width(), narrow);
	});

	test('topology: the arrow keys go in their direction, and a new picture keeps the focus', async () => {
		const instances = [0, 1, 2].map(index => ({
			...{ instance: `Mill_IN_${index}`, index, upgradeDomain: index, faultDomain: index % 2 },
		}));
		const picture = topologyPicture(
			{
				service: 'Shop',
				deployments: [
					{
						...{ slot: 'production', upgradeDomainCount: 5, rules: [] },
						roles: [{ name: 'Mill', kind: 'WorkerRole', endpoints: [], instances }],
					},
				],
			},
			english,
		);
		const host = await hostTopology(page);
		await host.load();
		await host.show(picture);
		await page.locator('[data-id="production/Mill_IN_0"]').focus();
		await page.keyboard.press('ArrowRight');
		assert.equal(await active('data-id'), 'production/Mill_IN_2');
		await host.show(picture);
		await page.evaluate(painted);
		assert.equal(await active('data-id'), 'production/Mill_IN_2');
		assert.equal(await active('aria-label'), 'Mill_IN_2, not running, upgrade domain 2, fault domain 0');
		await page.keyboard.press('Enter');
		await page.evaluate(painted);
		assert.deepEqual(host.said.at(-1), { type: 'open', role: 'Mill', instance: 'Mill_IN_2' });
		assert.equal(await page.locator('.as-text li').count(), 5);
	});
});
