import { mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

/**
 * The variables by which what a build leaves lying about comes into a folder of this process's own in the cache: pipes and
 * sockets of build servers that were ended, empty folders of the compiler. The next process that builds removes what the
 * dead have left. Nothing on Windows, whose temporary folder holds no pipes.
 */
export async function buildTemp(cache: string): Promise<Readonly<Record<string, string>>> {
	const all = path.join(cache, 'build-temp');
	const folder = path.join(all, String(process.pid));
	if (process.platform === 'win32' || folder.length > longestForSockets) {
		return {};
	}
	try {
		await mkdir(folder, { recursive: true, mode: 0o700 });
		const others = (await readdir(all)).filter(name => /^\d+$/.test(name) && !lives(Number(name)));
		await Promise.all(others.map(name => rm(path.join(all, name), { recursive: true, force: true })));
	} catch {
		return {};
	}
	return { TMPDIR: folder, ...sharedLocks() };
}

/** The path of a socket has 104 characters at the most on macOS, and the runtime's own name for one takes 42. */
const longestForSockets = 60;

/** Every NuGet of a user locks packages in one folder below the temporary one, so that it has to stay where the others look. */
function sharedLocks(): Readonly<Record<string, string>> {
	const chosen = process.env.NUGET_SCRATCH;
	return { NUGET_SCRATCH: chosen || path.join(tmpdir(), `NuGetScratch${userInfo().username}`) };
}

function lives(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		// EPERM: it lives and belongs to somebody else.
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}
