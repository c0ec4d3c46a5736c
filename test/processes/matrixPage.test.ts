import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { matrixOf } from '../../src/compare/matrix';
import type { ToMatrix } from '../../src/views/matrix/protocol';
import { configured, role } from '../support/findings';
import { matrixNames } from '../support/matrixNames';
import { hostPage, openBrowser, type PageHost } from '../support/pages';
import { serviceFrom } from '../support/services';

/** The configurations side by side in Chromium, by keyboard and by the words that a screen reader gets. */
suite('page of the configurations', () => {
	let browser: Browser;
	let page: Page;
	let host: PageHost<ToMatrix>;
	suiteSetup(async () => {
		({ browser } = await openBrowser());
	});
	suiteTeardown(() => browser.close());
	setup(async () => {
		page = await browser.newPage({ viewport: { width: 1000, height: 600 } });
	});
	teardown(() => page.close());

	const setting = (name: string, value: string) => `<Setting name="${name}" value="${value}"/>`;
	const values = (greeting: string, key: string) =>
		`<ConfigurationSettings>${setting('Greeting', greeting)}${setting('Key', key)}</ConfigurationSettings>`;
	const matrix = (greeting: string, locked?: string): ToMatrix => {
		const { columns, rows } = matrixOf(
			serviceFrom({
				definition: role(
					'Mill',
					'<ConfigurationSettings><Setting name="Greeting"/><Setting name="Key"/></ConfigurationSettings>',
				),
				Local: configured('Mill', values(greeting, 'c2VjcmV0')),
				Cloud: configured('Mill', '', 3),
			}).service,
		);
		const shown = columns.map(each => (locked !== undefined && each.name === 'Cloud' ? { ...each, locked } : each));
		return { type: 'matrix', title: 'Shop', columns: shown, rows, onlyDifferences: false };
	};
	const open = async (first = matrix('hello')) => {
		host = await hostPage<ToMatrix>(page, 'matrix', matrixNames, (message, post) => {
			if (message.type === 'loaded') {
				void post(first);
			}
		});
		await host.load();
		await page.getByRole('row').nth(1).waitFor();
	};
	const focused = () =>
		page.evaluate(
			"document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent",
		) as Promise<string>;
	const press = async (...keys: string[]) => {
		for (const key of keys) {
			await page.keyboard.press(key);
		}
	};
	const asked = () => host.said.filter(({ type }) => type !== 'loaded');
	const announced = (text: string) =>
		page.waitForFunction(
			`document.getElementById('announcements').textContent.replace('\\u00a0', '') === ${JSON.stringify(text)}`,
		);
	const greeting = { kind: 'setting', role: 'Mill', name: 'Greeting' };
	const key = { ...greeting, name: 'Key' };
	const [local, cloud] = ['/s/ServiceConfiguration.Local.cscfg', '/s/ServiceConfiguration.Cloud.cscfg'];

	test('a grid with one stop of Tab; the arrows go from cell to cell, and each says its mark in words', async () => {
		await open();
		await page.getByRole('grid', { name: 'grid' }).waitFor();
		assert.equal(await page.locator('[data-id][tabindex="0"]').count(), 1);
		await page.locator('[data-id][tabindex="0"]').focus();
		const path: string[] = [await focused()];
		for (const step of [
			'ArrowDown',
			'ArrowDown',
			'ArrowRight',
			'ArrowRight',
			'ArrowRight',
			'ArrowDown',
			'Home',
			'End',
		]) {
			await press(step);
			path.push(await focused());
		}
		assert.deepEqual(path, [
			'entry',
			'kind:osFamily',
			'Mill, kind:instances',
			'≠ mark:different',
			'2, mark:different',
			'3, mark:different',
			'missing, mark:missing',
			'Mill, Setting Greeting',
			'missing, mark:missing',
		]);
	});

	test('Enter and F2 edit, Enter takes, Escape leaves; the cell keeps the focus', async () => {
		await open();
		await page.locator('td.value-cell, td[data-id*="Greeting"]').nth(1).focus();
		assert.equal(await focused(), 'hello, mark:missing');
		await press('Enter');
		assert.equal(await focused(), 'Mill, Setting Greeting in Local');
		await page.keyboard.type('good day');
		await press('Escape');
		assert.deepEqual([await focused(), asked()], ['hello, mark:missing', []]);
		await press('F2');
		await page.keyboard.type('good day');
		await press('Enter');
		assert.equal(await focused(), 'hello, mark:missing');
		assert.deepEqual(asked(), [{ type: 'set', subject: greeting, path: local, value: 'good day' }]);
		await host.post(matrix('good day'));
		await announced('Mill, Setting Greeting in Local: good day');
		assert.equal(await focused(), 'good day, mark:missing');
	});

	test('what is typed survives a change of the text meanwhile', async () => {
		await open();
		await page.locator('td[data-id*="Greeting"]').nth(1).focus();
		await press('F2');
		await page.keyboard.type('hal');
		await host.post(matrix('salut'));
		await announced('Mill, Setting Greeting in Local: salut');
		await page.keyboard.type('lo');
		await press('Enter');
		assert.deepEqual(asked(), [{ type: 'set', subject: greeting, path: local, value: 'hallo' }]);
	});

	test('a secret is nowhere in the page until it is asked for, and typing over it does not need it', async () => {
		await open();
		const isThere = () => page.evaluate("document.documentElement.outerHTML.includes('c2VjcmV0')");
		await page.locator('td[data-id*="Key"]').nth(1).focus();
		assert.equal(await focused(), '•••, hidden, mark:missing');
		assert.equal(await isThere(), false);
		await press('F2');
		assert.equal(await page.evaluate('document.activeElement.value'), '');
		await press('Escape');
		await page.getByRole('button', { name: 'show' }).click();
		assert.deepEqual(asked(), [{ type: 'reveal', subject: key, path: local }]);
		await host.post({ type: 'secret', subject: { ...key, kind: 'setting' }, path: local, value: 'c2VjcmV0' });
		await page.getByText('c2VjcmV0').waitFor();
		await page.getByRole('button', { name: 'hide' }).click();
		assert.equal(await isThere(), false);
	});

	test('adds what is missing, copies across, says why a file cannot be written', async () => {
		await open();
		await page.locator('td[data-id*="Greeting"]').nth(2).focus();
		await page.getByRole('button', { name: 'add', exact: true }).click();
		await page.locator('td[data-id*="Greeting"]').nth(1).focus();
		await page.getByRole('button', { name: 'copy to Cloud' }).click();
		assert.deepEqual(asked(), [
			{ type: 'add', subject: greeting, paths: [cloud] },
			{ type: 'copy', subject: greeting, from: local, to: [cloud] },
		]);
		await host.post(matrix('hello', 'Cloud is read-only.'));
		await page.locator('[aria-readonly="true"]').first().waitFor();
		await page.locator('td[data-id*="Greeting"]').nth(2).focus();
		await press('F2');
		await announced('Cloud is read-only.');
	});

	test('filters, shows only what differs, and remembers both', async () => {
		await open();
		const entries = () => page.getByRole('rowheader').allTextContents();
		await page.getByRole('button', { name: 'onlyDifferences' }).click();
		assert.deepEqual(await entries(), ['kind:instances', 'Setting Greeting', 'Setting Key']);
		await announced('3 of 4 rows');
		await page.getByRole('searchbox').fill('hidden');
		assert.deepEqual(await entries(), ['Setting Key']);
		await host.load();
		await page.getByRole('row').nth(1).waitFor();
		assert.deepEqual(await entries(), ['Setting Key']);
	});
});
