// Puts a real VS Code (server and workbench) on disk, from the npm registry alone: the package code-server carries it.
// Nothing is compiled and no install script is run.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const codeServer = '4.139.1';
/** code-server's `engines.node`; the package `node-<platform>-<arch>` carries its binary. */
const nodeVersion = '24.21.0';
/** Raised when the steps below change, so that an older installation is not taken for a good one. */
const recipe = 1;

/** Packages and extensions of the server that no one needs here (chat, sandboxes): half of its size. */
const dropped = {
	packages: [
		'@github/copilot-sdk',
		'@microsoft/mxc-sdk',
		'@devcontainers/cli',
		'@vscode/sandbox-runtime',
		'@vscode/copilot-api',
	],
	extensions: ['copilot', 'mermaid-markdown-features', 'microsoft-authentication', 'github', 'tunnel-forwarding'],
};

const windows = process.platform === 'win32';

/** Finds the editor in the user's cache, or installs it there. Throws a sentence where npm cannot. */
export function installEditor() {
	const platform = `${windows ? 'win' : process.platform}-${process.arch}`;
	const folder = path.join(cacheFolder(), 'rolewright', `vscode-${codeServer}-${platform}-${recipe}`);
	const vscode = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
	const ownNode = process.versions.node.split('.')[0] === nodeVersion.split('.')[0];
	const carried = path.join(folder, 'node_modules', `node-${platform}`, 'bin', windows ? 'node.exe' : 'node');
	const editor = { node: ownNode ? process.execPath : carried, vscode };
	const ready = path.join(folder, 'ready');
	if (existsSync(ready) && existsSync(editor.node)) {
		return editor;
	}

	console.error(`Installing VS Code (code-server ${codeServer}) from the npm registry into ${folder}, once: 465 MB.`);
	rmSync(ready, { force: true });
	mkdirSync(folder, { recursive: true });
	writeJson(path.join(folder, 'package.json'), {
		private: true,
		dependencies: { 'code-server': codeServer, ...(ownNode ? {} : { [`node-${platform}`]: nodeVersion }) },
	});
	npmInstall(folder);
	installServer(vscode);
	writeFileSync(ready, '');
	return editor;
}

/** code-server leaves the dependencies of VS Code itself to its install script; these are that script's two steps. */
function installServer(vscode) {
	const file = path.join(vscode, 'package.json');
	const manifest = JSON.parse(readFileSync(file, 'utf8'));
	for (const name of dropped.packages) {
		delete manifest.dependencies[name];
	}
	writeJson(file, manifest);
	npmInstall(vscode);
	npmInstall(path.join(vscode, 'extensions'));
	for (const name of dropped.extensions) {
		rmSync(path.join(vscode, 'extensions', name), { recursive: true, force: true });
	}
	const ripgrep = path.join(vscode, 'node_modules', '@vscode', 'ripgrep-universal', 'bin');
	for (const other of readdirSync(ripgrep).filter(name => name !== `${process.platform}-${process.arch}`)) {
		rmSync(path.join(ripgrep, other), { recursive: true, force: true });
	}
	replaceNativeModules(vscode);
}

/** Two native modules come without a binary. Without a log writer output channels stay empty: they show their file. */
function replaceNativeModules(vscode) {
	for (const name of ['native-watchdog', 'spdlog']) {
		const folder = path.join(vscode, 'node_modules', '@vscode', name);
		const { main = 'index.js' } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
		const target = path.join(folder, main.endsWith('.js') ? main : `${main}.js`);
		cpSync(path.join(import.meta.dirname, 'native', `${name}.cjs`), target);
	}
}

function npmInstall(folder) {
	const options = [
		'--omit=dev',
		'--ignore-scripts',
		'--no-audit',
		'--no-fund',
		'--no-package-lock',
		'--loglevel=error',
	];
	const result = spawnSync('npm', ['install', ...options], { cwd: folder, stdio: ['ignore', 2, 2], shell: windows });
	if (result.status !== 0) {
		throw new Error(`npm could not install VS Code in ${folder}; is the npm registry reachable?`);
	}
}

function cacheFolder() {
	if (process.env.XDG_CACHE_HOME) {
		return process.env.XDG_CACHE_HOME;
	}
	if (windows) {
		return process.env.LOCALAPPDATA ?? os.tmpdir();
	}
	return path.join(os.homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
}

function writeJson(file, value) {
	writeFileSync(file, JSON.stringify(value, undefined, '\t'));
}
