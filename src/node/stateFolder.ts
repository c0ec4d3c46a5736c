import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { Failure } from '../base/failure';

/** The place of one deployment's instance folders, held until it is released. */
export interface StateFolder {
	readonly folder: string;
	/** 32 hexadecimal digits, as Azure makes them; the same for the same service and place. */
	readonly deploymentId: string;
	release(): void;
}

/** Where instance folders live by default: a folder in the user's cache. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
	switch (platform) {
		case 'win32':
			return path.join(env.LOCALAPPDATA ?? path.join(homedir(), 'AppData', 'Local'), 'Rolewright');
		case 'darwin':
			return path.join(homedir(), 'Library', 'Caches', 'Rolewright');
		default:
			return path.join(env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'rolewright');
	}
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
	try {
		mkdirSync(folder, { recursive: true });
		if (!holderLives(lock)) {
			rmSync(lock, { force: true });
		}
		writeFileSync(lock, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
			return false;
		}
		throw new Failure(`The folder '${folder}' cannot be written: name another one for the state of the instances.`);
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
