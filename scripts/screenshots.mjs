// node scripts/screenshots.mjs [--all-themes]
// Plays the walk through the README in a real VS Code and takes its pictures into media/. With --all-themes also in the
// other themes, into out/screenshots, for somebody to look at.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from './command.mjs';
import { openBrowser } from './editor/browser.mjs';
import { remoteUri, startServer, windowAddress } from './editor/server.mjs';
import { sampleFolder } from './sample.mjs';

const themes = ['Light Modern', 'Default High Contrast', 'Default High Contrast Light'];

await takeAll('Dark Modern', path.join(root, 'media'));
if (process.argv.includes('--all-themes')) {
	for (const theme of themes) {
		await takeAll(theme, path.join(root, 'out', 'screenshots', theme.replaceAll(' ', '-')));
	}
}

async function takeAll(theme, folder) {
	mkdirSync(folder, { recursive: true });
	const home = mkdtempSync(path.join(os.tmpdir(), 'rolewright-pictures-'));
	const sample = path.join(home, 'Greetings');
	cpSync(sampleFolder(), sample, { recursive: true, filter: source => !/[\\/](bin|obj)$/.test(source) });
	const settings = {
		'workbench.colorTheme': theme,
		'editor.minimap.enabled': false,
		'editor.stickyScroll.enabled': false,
		'files.autoSave': 'off',
		'workbench.layoutControl.enabled': false,
		'window.commandCenter': false,
		'debug.toolBarLocation': 'docked',
	};
	const server = await startServer({ extensions: [root], settings });
	const { browser, page } = await openBrowser({ width: 1180, height: 720, scale: 1 });
	try {
		const definition = remoteUri(server, path.join(sample, 'ServiceDefinition.csdef'));
		await page.goto(windowAddress(server, sample, [['openFile', definition]]));
		await page.locator('.tab.active', { hasText: 'ServiceDefinition.csdef' }).waitFor();
		await play(page, name => page.screenshot({ path: path.join(folder, `${name}.png`) }));
	} catch (error) {
		await page.screenshot({ path: path.join(root, 'out', 'screenshot-at-failure.png') });
		throw error;
	} finally {
		await browser.close();
		await server.stop();
		rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
	}
}

/** The story of the README: edit, see what breaks, run, debug. */
async function play(page, take) {
	const row = text => page.locator('.sidebar .monaco-list-row', { hasText: text }).first();
	await page.locator('.activitybar .action-label[aria-label^="Cloud Services"]').click();
	await row('FrontDesk').waitFor();
	await page.locator('.codelens-decoration', { hasText: '3 configurations' }).first().waitFor();

	await goTo(page, 'ServiceDefinition.csdef', 26);
	await page.keyboard.press('End');
	await page.keyboard.press('Enter');
	await page.keyboard.type('<');
	await page.locator('.suggest-widget .monaco-list-row').first().waitFor();
	await page.keyboard.press('Control+Space');
	await page.locator('.suggest-details').waitFor();
	await page.mouse.move(0, 0);
	await take('editing');
	await page.keyboard.press('Escape');
	await undoAll(page);

	await goTo(page, 'ServiceDefinition.csdef', 20);
	await page.keyboard.press('End');
	await page.keyboard.press('Enter');
	await page.keyboard.type('<Setting name="Language" ');
	await page.keyboard.type('/>');
	await command(page, 'Problems: Focus on Problems View');
	await page.locator('.panel .monaco-list-row', { hasText: 'Language' }).nth(2).waitFor();
	await take('problems');
	await undoAll(page);
	await page.keyboard.press('ControlOrMeta+J');

	await row('Greetings').hover();
	await row('Greetings').getByRole('button', { name: 'Start Service' }).click();
	await row('1 of 1 ready').waitFor({ timeout: 60_000 });
	await row('2 of 2 ready').waitFor({ timeout: 120_000 });
	await row('Ledger_IN_0').hover();
	await row('Ledger_IN_0').getByRole('button', { name: 'Show Output' }).click();
	await row('FrontDesk_IN_0').hover();
	await page.locator('.panel .view-line', { hasText: 'Ready' }).first().waitFor();
	await take('running');
	await row('Greetings').hover();
	await row('Greetings').getByRole('button', { name: 'Stop Service' }).click();
	await row('Not running').waitFor({ timeout: 60_000 });

	await goTo(page, 'FrontDesk/worker.js', (await lineOf('FrontDesk/worker.js', /onStart/)) + 1);
	await page.keyboard.press('F9');
	await goTo(page, 'ServiceDefinition.csdef', 1);
	await page.keyboard.press('F5');
	await page.locator('.debug-top-stack-frame-line').first().waitFor({ timeout: 120_000 });
	await page.locator('.debug-call-stack .monaco-list-row', { hasText: 'onStart' }).first().waitFor();
	await command(page, 'Notifications: Clear All Notifications');
	await page.locator('.notifications-toasts.visible').waitFor({ state: 'hidden' });
	await page.locator('.view-lines').first().hover();
	// The copy of the role that runs lies in a folder of this machine.
	await page.addStyleTag({ content: '.debug-call-stack .stack-frame .file-name { visibility: hidden }' });
	await take('debugging');
	await page.keyboard.press('Shift+F5');
	await page.locator('.debug-toolbar').waitFor({ state: 'hidden', timeout: 60_000 });
}

/** Counts from 1. */
function lineOf(file, pattern) {
	const lines = readFileSync(path.join(sampleFolder(), file), 'utf8').split('\n');
	return lines.findIndex(line => pattern.test(line)) + 1;
}

async function goTo(page, file, line) {
	await page.keyboard.press('ControlOrMeta+P');
	const input = page.locator('.quick-input-widget input');
	await input.fill(`${file}:${line}`);
	const hasText = path.posix.basename(file);
	await page.locator('.quick-input-list .monaco-list-row', { hasText }).first().click();
	await page.locator('.tab.active', { hasText }).waitFor();
	await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

async function command(page, title) {
	await page.keyboard.press('F1');
	await page.locator('.quick-input-widget input').fill(`>${title}`);
	await page
		.locator('.quick-input-list .monaco-list-row', { hasText: title.split(': ')[1] })
		.first()
		.click();
}

async function undoAll(page) {
	await command(page, 'File: Revert File');
	await page.locator('.tab.active.dirty').waitFor({ state: 'hidden' });
}
