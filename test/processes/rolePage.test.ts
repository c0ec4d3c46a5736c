import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { ShownField, ShownForm, ToRole } from '../../src/views/role/protocol';
import { hostPage, openBrowser, type PageHost } from '../support/pages';

const words: Readonly<Record<string, string>> = {
	...Object.fromEntries(
		[
			...[
				'undo',
				'openText',
				'configurations',
				'rename',
				'remove',
				'none',
				'notGiven',
				'missing',
				'addMissing',
				'show',
			],
			...['hide', 'hidden', 'help', 'severity:error', 'severity:warning', 'noProblems'],
		].map(name => [name, name]),
	),
	...{ removeNamed: 'remove {0}', renameNamed: 'rename {0}', openNamed: 'open {0}', defaultIs: 'default {0}' },
	...{ ofField: '{0} {1}', problemsAre: '{0} problems' },
};

/** The form of a role in Chromium, by keyboard and by the words that a screen reader gets. */
suite('page of a role', () => {
	let browser: Browser;
	let page: Page;
	let host: PageHost<ToRole>;
	suiteSetup(async () => {
		({ browser } = await openBrowser());
	});
	suiteTeardown(() => browser.close());
	setup(async () => {
		page = await browser.newPage({ viewport: { width: 500, height: 700 } });
	});
	teardown(() => page.close());

	const field = (label: string, value: string | undefined, more: Partial<ShownField> = {}): ShownField => ({
		...{ id: `id "of" ${label}`, label, value, default: undefined, required: false, closed: false, choices: [] },
		...{ hint: '', problems: [], secret: false, missing: false, locked: undefined, ...more },
	});
	const withFields = (...fields: readonly ShownField[]): ToRole => ({
		type: 'form',
		form: {
			...{ role: 'Mill', kind: 'worker role', problems: [] },
			sections: [
				{
					...{ id: 'endpoint', title: 'Endpoints', add: { text: 'Add Endpoint', what: 'endpoint' } },
					entries: [
						{
							id: 'door',
							title: 'Door',
							note: 'InputEndpoint',
							problems: [],
							fields,
							own: true,
							removable: true,
							renamable: true,
						},
					],
				},
			],
		} satisfies ShownForm,
	});
	const open = async (...fields: readonly ShownField[]) => {
		host = await hostPage<ToRole>(page, 'role', words, (message, post) => {
			if (message.type === 'loaded') {
				void post(withFields(...fields));
			}
		});
		await host.load();
		await page.getByRole('heading', { name: 'Endpoints' }).waitFor();
	};
	const asked = () => host.said.filter(({ type }) => type !== 'loaded');
	const id = (label: string) => `id "of" ${label}`;
	const drawn = (text: string) => page.locator('main').getByText(text, { exact: true }).waitFor();

	test('Enter takes what was typed, Escape leaves it, an empty optional field takes its attribute out', async () => {
		await open(field('port', '80', { required: true }), field('localPort', '81'), field('probe', undefined));
		const port = page.getByRole('textbox', { name: 'port', exact: true });
		await port.fill('8080');
		await page.keyboard.press('Escape');
		assert.equal(await port.inputValue(), '80');
		await port.fill('90');
		await page.keyboard.press('Enter');
		await page.keyboard.press('Tab');
		await page.getByRole('textbox', { name: 'localPort' }).fill('');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Tab');
		assert.deepEqual(asked(), [
			{ type: 'set', id: id('port'), value: '90' },
			{ type: 'set', id: id('localPort'), value: null },
		]);
	});

	test('a choice shows its default, what is written though it may not be, and takes one out again', async () => {
		await open(
			field('kind', undefined, { closed: true, choices: ['a', 'b'], default: 'a' }),
			field('odd', 'x', { closed: true, choices: ['a'] }),
		);
		const options = (name: string) => page.getByRole('combobox', { name }).locator('option').allTextContents();
		assert.deepEqual(
			[await options('kind'), await options('odd')],
			[
				['default a', 'a', 'b'],
				['notGiven', 'x', 'a'],
			],
		);
		await page.getByRole('combobox', { name: 'odd' }).selectOption({ label: 'notGiven' });
		assert.deepEqual(asked(), [{ type: 'set', id: id('odd'), value: null }]);
	});

	test('a new form keeps the focus, the cursor and what was typed; a problem is said and belongs to its field', async () => {
		await open(field('port', '80'), field('other', 'a'));
		const port = page.getByRole('textbox', { name: 'port' });
		await port.focus();
		await page.keyboard.type('x');
		await page.keyboard.press('Home');
		const problem = { severity: 'error', message: 'No.' } as const;
		await host.post(withFields(field('port', '80', { problems: [problem] }), field('other', 'b')));
		await page.waitForFunction("document.getElementById('announcements').textContent === '1 problems'");
		await page.keyboard.type('y');
		assert.equal(await port.inputValue(), 'yx80');
		assert.equal(await page.getByRole('textbox', { name: 'other' }).inputValue(), 'b');
		assert.deepEqual(asked(), [], 'nothing is taken before it is finished');
		await host.post(withFields(field('port', '80', { problems: [problem] }), field('other', 'c')));
		await page.waitForFunction("[...document.querySelectorAll('input')].at(-1).value === 'c'");
		const about = await page.evaluate(
			"document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent",
		);
		assert.match(String(about), /severity:error: No\./);
		assert.equal(await port.getAttribute('aria-invalid'), 'true');
		await page.keyboard.press('Tab');
		assert.deepEqual(asked(), [{ type: 'set', id: id('port'), value: 'yx80' }], 'going away takes it');
	});

	test('a secret is nowhere in the page until it is asked for', async () => {
		await open(field('Key', '•••', { secret: true }));
		const box = page.getByLabel('Key', { exact: true });
		assert.equal(await box.inputValue(), '');
		await page.getByRole('button', { name: 'show Key' }).click();
		assert.deepEqual(asked(), [{ type: 'reveal', id: id('Key') }]);
		await host.post({ type: 'secret', id: id('Key'), value: 's3cret' });
		await page.getByRole('button', { name: 'hide Key' }).click();
		assert.equal(await page.evaluate("document.documentElement.outerHTML.includes('s3cret')"), false);
		await box.fill('new');
		await page.keyboard.press('Enter');
		assert.deepEqual(asked().at(-1), { type: 'set', id: id('Key'), value: 'new' });
	});

	test('adds, removes, renames, undoes; what is locked cannot be typed into and says why', async () => {
		await open(
			field('port', '80', { locked: 'read-only.' }),
			field('Local', undefined, { missing: true, required: true }),
		);
		for (const name of ['Add Endpoint', 'remove Door', 'rename Door', 'open Door', 'addMissing Local', 'undo']) {
			await page.getByRole('button', { name, exact: true }).click();
		}
		assert.deepEqual(asked(), [
			{ type: 'add', what: 'endpoint' },
			{ type: 'remove', id: 'door' },
			{ type: 'rename', id: 'door' },
			{ type: 'open', id: 'door' },
			{ type: 'addMissing', id: id('Local') },
			{ type: 'undo' },
		]);
		assert.equal(await page.getByLabel('port').getAttribute('readonly'), '');
		await drawn('read-only.');
		await host.post({ type: 'gone', text: 'Mill is gone.' });
		await drawn('Mill is gone.');
	});
});
