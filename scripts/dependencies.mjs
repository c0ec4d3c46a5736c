import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { npm, root } from './command.mjs';

/** Makes `node_modules` what the lock file says. Only built-in modules here: nothing may be installed yet. */
export async function installDependencies() {
	if (isInstalled()) {
		return;
	}
	// `ci` would take away what a running editor or test still uses; it is for a folder that has nothing.
	const fresh = !existsSync(path.join(root, 'node_modules'));
	await npm([fresh ? 'ci' : 'install', '--loglevel=error']);
}

/** npm keeps a copy of the lock file for what it really installed. Optional packages are those of other platforms. */
function isInstalled() {
	const installed = packagesIn('node_modules/.package-lock.json');
	const wanted = Object.entries(packagesIn('package-lock.json') ?? {});
	return (
		installed !== undefined &&
		wanted.every(([name, { version, optional }]) => !name || optional || installed[name]?.version === version)
	);
}

function packagesIn(file) {
	try {
		return JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages;
	} catch {
		return undefined;
	}
}
