// Starts the VS Code that install.mjs put on disk. It listens on 127.0.0.1 only, in a profile of its own.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installEditor } from './install.mjs';

/** A window that shows nothing of its own and asks nobody outside. */
const quietSettings = {
	'chat.disableAIFeatures': true,
	'extensions.autoCheckUpdates': false,
	'extensions.autoUpdate': false,
	'extensions.ignoreRecommendations': true,
	'files.simpleDialog.enable': true,
	'git.enabled': false,
	'remote.autoForwardPorts': false,
	'remote.restoreForwardedPorts': false,
	'telemetry.telemetryLevel': 'off',
	'terminal.integrated.gpuAcceleration': 'off',
	'workbench.enableExperiments': false,
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	'workbench.startupEditor': 'none',
};

/**
 * `extensions`: folders that count as installed. `vsix`: packed extensions that are installed.
 * `automation`: honour extensionDevelopmentPath and extensionTestsPath of the address; toasts are not shown then.
 * `trust`: false leaves workspace trust on, as a user has it; the folder is then untrusted until trusted.
 */
export async function startServer({
	settings = {},
	env = {},
	extensions = [],
	vsix = [],
	automation = false,
	trust = true,
	port = 0,
}) {
	const { node, vscode } = installEditor();
	const main = path.join(vscode, 'out', 'server-main.js');
	const profile = makeProfile({ ...quietSettings, ...settings }, extensions);
	const serverEnv = { ...ownEnvironment(), EXTENSIONS_GALLERY: '{}', ...env };
	for (const file of vsix) {
		installVsix(node, main, profile, file, serverEnv);
	}
	const child = spawn(
		node,
		[
			...[main, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
			...[...profile.options, '--accept-server-license-terms', '--telemetry-level', 'off'],
			...(trust ? ['--disable-workspace-trust'] : []),
			...(automation ? ['--enable-smoke-test-driver'] : []),
		],
		{ env: serverEnv, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' },
	);
	const exited = new Promise(resolve => child.once('exit', resolve));
	// The server starts processes of its own: its whole group ends, whatever happens to us.
	const kill = signal => killGroup(child, signal);
	const killNow = () => kill('SIGKILL');
	process.once('exit', killNow);

	async function stop() {
		kill('SIGTERM');
		const patience = setTimeout(killNow, 5000);
		await exited;
		clearTimeout(patience);
		killNow();
		process.off('exit', killNow);
		rmSync(profile.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
	}

	try {
		const authority = `127.0.0.1:${await listeningPort(child, exited)}`;
		return { authority, profile: profile.folder, exited, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** The address of a window on a folder; `payload` holds pairs such as `['extensionTestsPath', remoteUri(...)]`. */
export function windowAddress({ authority }, folder, payload = []) {
	const kind = folder.endsWith('.code-workspace') ? 'workspace' : 'folder';
	const query = new URLSearchParams({ [kind]: path.resolve(folder) });
	if (payload.length > 0) {
		query.set('payload', JSON.stringify(payload));
	}
	return `http://${authority}/?${query}`;
}

export function remoteUri({ authority }, file) {
	const absolute = path
		.resolve(file)
		.replaceAll('\\', '/')
		.replace(/^(?!\/)/, '/');
	return `vscode-remote://${authority}${encodeURI(absolute)}`;
}

function makeProfile(settings, extensions) {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'rolewright-vscode-'));
	const userSettings = path.join(folder, 'user', 'User');
	mkdirSync(userSettings, { recursive: true });
	writeFileSync(path.join(userSettings, 'settings.json'), JSON.stringify(settings, undefined, '\t'));
	mkdirSync(path.join(folder, 'extensions'));
	for (const extension of extensions) {
		const { publisher, name, version } = JSON.parse(readFileSync(path.join(extension, 'package.json'), 'utf8'));
		const link = path.join(folder, 'extensions', `${publisher}.${name}-${version}`);
		symlinkSync(path.resolve(extension), link, process.platform === 'win32' ? 'junction' : 'dir');
	}
	const options = ['server-data-dir', 'user-data-dir', 'extensions-dir'].flatMap(option => [
		`--${option}`,
		path.join(folder, option.split('-')[0]),
	]);
	return { folder, options };
}

function installVsix(node, main, profile, file, env) {
	const args = [main, ...profile.options, '--accept-server-license-terms', '--install-extension', path.resolve(file)];
	const { status, stdout, stderr } = spawnSync(node, args, { env, encoding: 'utf8' });
	// The command ends with 0 even where the installation failed; only its text tells.
	if (status !== 0 || !/successfully installed/.test(stdout)) {
		throw new Error(`VS Code could not install ${file}:\n${stdout}${stderr}`);
	}
}

/** Variables of the editor in whose terminal we may run would make the new one talk to the old one. */
function ownEnvironment() {
	const foreign = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

function listeningPort(child, exited) {
	return new Promise((resolve, reject) => {
		let text = '';
		const read = data => {
			text += data;
			const port = /Extension host agent listening on (\d+)/.exec(text)?.[1];
			if (port) {
				resolve(port);
			}
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		const fail = what => reject(new Error(`The VS Code server ${what}:\n${text}`));
		exited.then(() => fail('ended before it listened'));
		setTimeout(() => fail('did not listen within 60 s'), 60_000).unref();
	});
}

function killGroup(child, signal) {
	try {
		if (process.platform === 'win32') {
			spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
		} else {
			process.kill(-child.pid, signal);
		}
	} catch {
		// It is gone already.
	}
}
