// A headless Chromium that shows the workbench, and whose requests stay on this machine.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const places = [
	process.env.CHROMIUM_PATH,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/usr/bin/google-chrome-stable',
	'/usr/bin/microsoft-edge',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const flags = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** Opens one page; `outside` collects the requests that wanted to leave the machine and were stopped. */
export async function openBrowser({ width = 1280, height = 800, scale = 1 } = {}) {
	const browser = await chromium.launch({ executablePath: findBrowser(), headless: true, args: flags });
	const context = await browser.newContext({
		viewport: { width, height },
		deviceScaleFactor: scale,
		permissions: ['clipboard-read', 'clipboard-write'],
	});
	const outside = [];
	await context.route(
		url => url.protocol.startsWith('http') && !/^(127\.0\.0\.1|localhost)$/.test(url.hostname),
		route => {
			outside.push(route.request().url());
			return route.abort();
		},
	);
	return { browser, page: await context.newPage(), outside };
}

/** Installs Debian's Chromium where there is none and where that may be done; throws a sentence otherwise. */
function findBrowser() {
	const find = () => places.find(place => place && existsSync(place));
	const found = find() ?? (installChromium() && find());
	if (!found) {
		throw new Error('No Chromium was found: install the package "chromium", or name a browser in CHROMIUM_PATH.');
	}
	return path.normalize(found);
}

function installChromium() {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
		return false;
	}
	console.error('Installing Chromium with apt-get, once.');
	const apt = args => {
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		return spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
	};
	return apt(['update']) && apt(['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-dejavu-core']);
}
