import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { DiskArea, DiskContents, DiskRequest, WrittenFiles } from '../../lifecycle/disks/worldDisks';

/** Nobody waits longer for a report than for the role: what comes after so many files is not counted. */
const mostFiles = 10_000;

/** Names that a person is shown of the files that a role wrote where it loses them. */
const shownNames = 5;

/** What stands on the disks now. `stagedAt`: wall time in milliseconds at which approot was a fresh copy of the code. */
export async function diskContents(request: DiskRequest, stagedAt: number): Promise<DiskContents> {
	const { folders, localResources, effects } = request;
	const stores = localResources.map(({ path: place }) => path.resolve(place));
	const isRebuilt = effects.application === 'rebuilt';
	const writtenUntil = (until: number) =>
		writtenFiles(request, file => file.changedAt > stagedAt && file.changedAt <= until);
	const [areas, written] = await Promise.all([
		Promise.all([
			area({ disk: 'local' }, [folders.temp, folders.logs, folders.resources], stores),
			area({ disk: 'windows' }, [folders.windows], []),
			...localResources.map(({ name, path: place }) => area({ disk: 'local', name }, [place], [])),
		]),
		isRebuilt ? writtenUntil(Number.POSITIVE_INFINITY) : undefined,
	]);
	return { areas, ...(written ? { written } : { writtenAndKept: writtenUntil(Date.now()) }) };
}

async function area(
	named: Pick<DiskArea, 'disk' | 'name'>,
	folders: readonly string[],
	without: readonly string[],
): Promise<DiskArea> {
	const found = (await Promise.all(folders.map(folder => filesIn(folder, without)))).flat();
	return { ...named, files: found.length, bytes: sum(found) };
}

/** The time at which a file's content or name was last changed cannot be set by whoever changes it. */
async function writtenFiles(
	{ folders, sites = [] }: DiskRequest,
	isWritten: (file: FoundFile) => boolean,
): Promise<WrittenFiles> {
	const found = await Promise.all([
		named(folders.approot, folders.approot, isWritten),
		...sites.map(({ to }) => named(to, folders.root, isWritten)),
	]);
	const written = found.flat();
	return { files: written.length, bytes: sum(written), names: written.slice(0, shownNames).map(({ name }) => name) };
}

/** The copies of sites that lie beside approot are named by where they are in the instance's folder. */
async function named(folder: string, from: string, isWritten: (file: FoundFile) => boolean) {
	const written = (await filesIn(folder, [])).filter(isWritten);
	return written.map(({ file, bytes }) => ({ name: path.relative(from, file).replaceAll('\\', '/'), bytes }));
}

interface FoundFile {
	readonly file: string;
	readonly bytes: number;
	readonly changedAt: number;
}

/** The files below a folder, links not followed; a folder that is gone or closed to us holds none. */
async function filesIn(folder: string, without: readonly string[]): Promise<readonly FoundFile[]> {
	const found: FoundFile[] = [];
	const look = async (place: string): Promise<void> => {
		const entries = await readdir(place, { withFileTypes: true }).catch((): Dirent[] => []);
		for (const entry of entries) {
			const file = path.join(place, entry.name);
			if (found.length >= mostFiles || without.includes(file)) {
				continue;
			}
			if (entry.isDirectory()) {
				await look(file);
			} else if (entry.isFile()) {
				const stats = await lstat(file).catch(() => undefined);
				if (stats) {
					// The clock of the copy counts whole milliseconds.
					found.push({ file, bytes: stats.size, changedAt: Math.floor(stats.ctimeMs) });
				}
			}
		}
	};
	await look(folder);
	return found;
}

function sum(files: readonly Pick<FoundFile, 'bytes'>[]): number {
	return files.reduce((total, { bytes }) => total + bytes, 0);
}
