// A window without a server behind it, as a browser has that shows a repository: only the web worker extension host runs,
// and only extensions with a `browser` entry.
import { createReadStream, readFileSync, realpathSync, statSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { openBrowser } from './browser.mjs';
import { installEditor } from './install.mjs';

const types = {
	'.js': 'text/javascript',
	'.html': 'text/html',
	'.css': 'text/css',
	'.json': 'application/json',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.wasm': 'application/wasm',
	'.ttf': 'font/ttf',
};

const quiet = {
	'workbench.startupEditor': 'none',
	'workbench.enableExperiments': false,
	'telemetry.telemetryLevel': 'off',
	'extensions.autoCheckUpdates': false,
	'extensions.ignoreRecommendations': true,
};

/**
 * Serves the workbench with these extensions (folders) and a folder by its address, such as `memory:/shop`, whose files one
 * of them provides. `tests`: a script in one of the extension folders whose `run` is called in the worker.
 */
export async function startWeb({ extensions, folder, tests }) {
	const { vscode } = installEditor();
	const roots = extensions.map(each => realpathSync(each));
	const script = withoutServer(readFileSync(path.join(vscode, 'out/vs/code/browser/workbench/workbench.js'), 'utf8'));
	const server = http.createServer((request, response) => {
		const name = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
		response.setHeader('Access-Control-Allow-Origin', '*');
		response.setHeader('Cache-Control', 'no-store');
		if (name === '/') {
			return send(response, '.html', pageFor(authority()));
		}
		if (name.endsWith('/workbench/workbench.js')) {
			return send(response, '.js', script);
		}
		const [, root, rest] = /^\/(static|extension\/\d+)\/(.*)$/.exec(name) ?? [];
		const base = root === 'static' ? vscode : roots[Number(root?.split('/')[1])];
		const file = base && path.resolve(base, rest);
		if (!file?.startsWith(base + path.sep) || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
			// A built-in extension that came without its web build does nothing.
			return /^\/static\/extensions\/.*\.js$/.test(name)
				? send(response, '.js', 'exports.activate = () => {};')
				: response.writeHead(404).end();
		}
		response.setHeader('Content-Type', types[path.extname(file)] ?? 'text/plain');
		createReadStream(file).pipe(response);
	});
	await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
	const authority = () => `127.0.0.1:${server.address().port}`;
	const at = where => ({ scheme: 'http', authority: authority(), path: where });

	function pageFor(own) {
		const product = JSON.parse(readFileSync(path.join(vscode, 'product.json'), 'utf8'));
		const [scheme, rest] = folder.split(/:(.*)/s);
		const configuration = {
			userDataPath: '/user',
			isEnabledFileDownloads: true,
			isEnabledFileUploads: true,
			isEnabledCoderGettingStarted: false,
			enableWorkspaceTrust: false,
			productConfiguration: { ...product, extensionsGallery: undefined, webEndpointUrlTemplate: undefined },
			webviewEndpoint: `http://${own}/static/out/vs/workbench/contrib/webview/browser/pre`,
			configurationDefaults: quiet,
			_wrapWebWorkerExtHostInIframe: false,
			folderUri: { $mid: 1, scheme, authority: '', path: rest },
			developmentOptions: {
				extensions: roots.map((_, index) => at(`/extension/${index}`)),
				...(tests && { extensionTestsPath: at(addressOf(tests)), enableSmokeTestDriver: true }),
			},
		};
		const settings = JSON.stringify(configuration).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
		return `<!doctype html><html><head><meta charset="utf-8">
<meta id="vscode-workbench-web-configuration" data-settings="${settings}">
<link rel="stylesheet" href="/static/out/vs/code/browser/workbench/workbench.css"></head><body aria-label=""></body>
<script>globalThis._VSCODE_FILE_ROOT = location.origin + '/static/out/';</script>
<script type="module" src="/static/out/nls.messages.js"></script>
<script type="module" src="/static/out/vs/code/browser/workbench/workbench.js"></script></html>`;
	}

	function addressOf(file) {
		const real = realpathSync(file);
		const index = roots.findIndex(root => real.startsWith(root + path.sep));
		return `/extension/${index}/${path.relative(roots[index], real).replaceAll('\\', '/')}`;
	}

	return {
		url: `http://${authority()}/`,
		stop: () =>
			new Promise(resolve => {
				server.close(resolve);
				server.closeAllConnections();
			}),
	};
}

/** Runs the tests in a headless browser; each line that they print, and whether they came to their end without failing. */
export async function runWebTests({ extensions, folder, tests, limit = 60_000 }) {
	const server = await startWeb({ extensions, folder, tests });
	const { browser, page, outside } = await openBrowser();
	const lines = [];
	let timer;
	try {
		const code = await new Promise((resolve, reject) => {
			timer = setTimeout(() => reject(new Error(`no result after ${limit} ms:\n${lines.join('\n')}`)), limit);
			page.on('crash', () => reject(new Error('the page crashed')));
			page
				.exposeFunction('codeAutomationLog', (_type, words) => void lines.push(words.join(' ')))
				.then(() => page.exposeFunction('codeAutomationExit', resolve))
				.then(() => page.goto(server.url))
				.catch(reject);
		});
		return { code, lines, outside };
	} finally {
		clearTimeout(timer);
		await browser.close();
		await server.stop();
	}
}

/** The workbench of this server insists on a server behind it in two places; without them it is one of the web. */
function withoutServer(script) {
	const changed = script
		.replace(/(\{\.\.\.JSON\.parse\(\w+\)),remoteAuthority:location\.host\}/, '$1}')
		.replace(/(get userRoamingDataHome\(\)\{return .{1,80}?scheme:)\w+\.vscodeRemote/, '$1"vscode-userdata"');
	if (changed === script) {
		throw new Error('The workbench is of another version: the place where it names its server was not found.');
	}
	return changed;
}

function send(response, type, text) {
	response.setHeader('Content-Type', types[type]);
	response.end(text);
}
