import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { Failure } from '../../base/failure';
import { makeFolder } from './folders';

/** The place of one deployment's instance folders, held until it is released. */
export interface StateFolder {
	readonly folder: string;
	/** 32 hexadecimal digits, as Azure makes them; the same for the same service and place. */
	readonly deploymentId: string;
	release(): void;
}

/** Where instance folders live by default: a folder in the user's cache. */
export function cacheFolder(
	env: NodeJS.ProcessEnv = process.env,
	platform = process.platform,
	userHome = homedir(),
): string {
	// A user without a home, as some services of the system have, keeps nothing for long.
	const home = absolute(userHome) ?? tmpdir();
	switch (platform) {
		case 'win32':
			return path.join(absolute(env.LOCALAPPDATA) ?? path.join(home, 'AppData', 'Local'), 'Rolewright');
		case 'darwin':
			return path.join(home, 'Library', 'Caches', 'Rolewright');
		default:
			return path.join(absolute(env.XDG_CACHE_HOME) ?? path.join(home, '.cache'), 'rolewright');
	}
}

/** A relative one, which the rules for these variables do not allow, would be a folder of whatever is worked on. */
function absolute(folder: string | undefined): string | undefined {
	return folder !== undefined && path.isAbsolute(folder) ? folder : undefined;
}

/** More deployments of one service at the same time than anybody wants. */
const mostPlaces = 32;

/**
 * Takes the folder of a service below `base`, named for the service and told apart by the path of its definition. While
 * another fabric holds it, the next one is taken, so that a service can run several times at once. Throws a `Failure`.
 */
export function claimStateFolder(base: string, service: string, definition: string): StateFolder {
	const name = service.replace(/[^\p{L}\p{N}_-]/gu, '_').slice(0, 40) || 'service';
	for (let place = 0; place < mostPlaces; place++) {
		const deploymentId = createHash('sha256').update(`${definition}\n${place}`).digest('hex').slice(0, 32);
		const folder = path.join(path.resolve(base), `${name}-${deploymentId.slice(0, 8)}`);
		const lock = path.join(folder, 'held-by');
		if (hold(folder, lock)) {
			return { folder, deploymentId, release: () => rmSync(lock, { force: true }) };
		}
	}
	throw new Failure(`The service runs ${mostPlaces} times already: stop one of these deployments first.`);
}

/** A lock that a fabric has left behind, which was ended by force, holds nothing. */
function hold(folder: string, lock: string): boolean {
	const unusable = () =>
		new Failure(`The folder '${folder}' cannot be written: name another one for the state of the instances.`);
	try {
		makeFolder(folder);
	} catch {
		throw unusable();
	}
	try {
		if (!holderLives(lock)) {
			rmSync(lock, { force: true });
		}
		writeFileSync(lock, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
			return false;
		}
		throw unusable();
	}
}

function holderLives(lock: string): boolean {
	try {
		const pid = Number(readFileSync(lock, 'utf8'));
		return Number.isInteger(pid) && pid > 0 && process.kill(pid, 0);
	} catch (error) {
		// EPERM: it lives and belongs to somebody else.
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}
