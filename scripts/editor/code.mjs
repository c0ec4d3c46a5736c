#!/usr/bin/env node
// Stands in for the `code` executable: takes the command line of a test run that @vscode/test-electron makes, plays it in
// the VS Code of install.mjs, and ends with the exit code of the tests.
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from './browser.mjs';
import { remoteUri, startServer, windowAddress } from './server.mjs';

const { values, positionals } = parseArgs({
	strict: false,
	allowPositionals: true,
	options: {
		extensionDevelopmentPath: { type: 'string', multiple: true },
		extensionTestsPath: { type: 'string' },
		'user-data-dir': { type: 'string' },
		timeout: { type: 'string', default: '900' },
	},
});
const userData = values['user-data-dir'];

// A test run of the real `code` has workspace trust off, whatever is asked; ours can have it on.
const server = await startServer({
	settings: JSON.parse(readFileSync(path.join(userData, 'User', 'settings.json'), 'utf8')),
	// What a service that runs in a test keeps on disk goes with the profile.
	env: { XDG_CACHE_HOME: path.join(userData, 'cache') },
	vsix: process.env.ROLEWRIGHT_EDITOR_VSIX ? [process.env.ROLEWRIGHT_EDITOR_VSIX] : [],
	automation: true,
	trust: process.env.ROLEWRIGHT_EDITOR_TRUST !== 'ask',
});
let browser;
for (const signal of ['SIGINT', 'SIGTERM']) {
	process.once(signal, () => finish(130));
}

try {
	const opened = await openBrowser();
	browser = opened.browser;
	await finish(await playTests(opened));
} catch (error) {
	console.error(error.message);
	await finish(70);
}

function playTests({ page, outside }) {
	const logs = path.join(userData, 'logs');
	mkdirSync(logs, { recursive: true });
	return new Promise((resolve, reject) => {
		const fail = async reason => {
			await page.screenshot({ path: path.join(logs, 'at-failure.png') }).catch(() => {});
			reject(new Error(reason));
		};
		page.once('crash', () => reject(new Error('The page of VS Code crashed.')));
		server.exited.then(() => reject(new Error('The VS Code server ended in the middle of the tests.')));
		setTimeout(() => fail(`The tests did not end within ${values.timeout} s.`), values.timeout * 1000);
		const log = (type, args) => appendFileSync(path.join(logs, 'window.log'), `[${type}] ${args.join(' ')}\n`);
		const exit = code => {
			if (outside.length > 0) {
				console.error(`The window asked for ${[...new Set(outside)].join(' ')}; nothing may leave the machine.`);
			}
			resolve(code || Number(outside.length > 0));
		};
		openWindow(page, log, exit).catch(reject);
	});
}

/** The workbench calls these two functions of its page when something else than a person drives it. */
async function openWindow(page, log, exit) {
	await page.exposeFunction('codeAutomationLog', log);
	await page.exposeFunction('codeAutomationExit', exit);
	const payload = [
		...values.extensionDevelopmentPath.map(folder => ['extensionDevelopmentPath', remoteUri(server, folder)]),
		['extensionTestsPath', remoteUri(server, values.extensionTestsPath)],
		['skipWelcome', 'true'],
		['skipReleaseNotes', 'true'],
	];
	await page.goto(windowAddress(server, positionals[0], payload));
}

async function finish(code) {
	await browser?.close().catch(() => {});
	const logs = path.join(server.profile, 'user', 'logs');
	if (existsSync(logs)) {
		cpSync(logs, path.join(userData, 'logs'), { recursive: true });
	}
	await server.stop();
	process.exit(code);
}
