import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { npm, root } from './command.mjs';

/** Makes `node_modules` what the lock file says. Only built-in modules here: nothing may be installed yet. */
export async function installDependencies() {
	if (!isInstalled()) {
		// Not `ci`: it refuses a lock file that does not name the optional packages of every other platform, as one made
		// on a registry without them. Nothing is saved, so the lock file stays as it is.
		await npm(['install', '--no-save', '--loglevel=error']);
	}
}

/** What some tests run beside Node and .NET, each with a way to see that it is there. */
const programs = [
	// The smallest part of Mono that runs the host for .NET Framework: 13 packages, 7 MB.
	{ debian: 'mono-runtime', shows: ['mono', '--version'] },
	{ debian: 'php-cli', shows: ['php', '--version'] },
	{ debian: 'python3-debugpy', shows: ['/usr/bin/python3', '-c', 'import debugpy'] },
];

/** Installs them where that asks nobody; without one of them its tests are skipped, and say so. */
export function installPrograms() {
	const isThere = ({ shows: [program, ...args] }) => spawnSync(program, args, { stdio: 'ignore' }).status === 0;
	const missing = programs.filter(program => !isThere(program)).map(({ debian }) => debian);
	if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
		return;
	}
	console.error(`Installing ${missing.join(', ')} with apt-get, once.`);
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const apt = args => spawnSync('apt-get', args, { env, stdio: 'ignore', timeout: 180_000 }).status === 0;
	const installed = apt(['update']) && apt(['install', '--yes', '--no-install-recommends', ...missing]);
	if (!installed) {
		console.error('They could not be installed; the tests that need them are skipped.');
	}
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
