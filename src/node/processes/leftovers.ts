import { randomBytes } from 'node:crypto';
import { appendFileSync, type Dirent, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Disposable } from '../../base/emitter';
import { Failure } from '../../base/failure';
import { makeFolder } from '../disks/folders';
import { shortFolders } from '../runtimeProtocol/privateFolder';
import { startKeeper } from './keeper';
import { startTimeOf } from './processAge';
import { killProcessTree } from './processes';
import type { ProcessRecord } from './processStart';

/**
 * A fabric that is killed cannot end its processes: its keeper does (keeper.ts). Where there is none, or it was killed
 * too, the next fabric ends what is left, since every process is written down in the state folder. A number alone proves nothing, as the system gives it to another process later: on Linux a
 * process must carry the mark of the dead fabric in its environment, elsewhere it must have started when it was
 * written down. One state folder has one fabric at a time.
 */
export function openProcessRecord(
	stateFolder: string,
	keep: (mark: string, file: string) => Disposable = startKeeper,
): ProcessRecord & Disposable {
	const folder = path.join(stateFolder, '.processes');
	try {
		makeFolder(folder, 0o700);
	} catch (error) {
		throw new Failure(
			`The state folder '${stateFolder}' cannot be written (${(error as Error).message}); choose another one.`,
		);
	}
	endLeftovers(folder, stateFolder);
	const mark = randomBytes(16).toString('hex');
	const file = path.join(folder, `${process.pid}-${mark}`);
	writeFileSync(file, `${line(process.pid)}\n`, { mode: 0o600 });
	const keeper = keep(mark, file);
	return {
		variables: { [markVariable]: mark },
		folderPrefix: folderPrefix(mark),
		add: pid => appendFileSync(file, `${line(pid)}\n`),
		dispose: () => {
			keeper.dispose();
			rmSync(file, { force: true });
		},
	};
}

/** In the environment of every process of a fabric. */
const markVariable = 'ROLEWRIGHT_FABRIC';

interface Recorded {
	readonly pid: number;
	/** Milliseconds since 1970 when it was written down. */
	readonly at: number;
}

/** How far the start that the system tells may lie from the moment of writing: it counts in seconds. */
const startTolerance = 3_000;

function line(pid: number): string {
	return `${pid} ${Date.now()}`;
}

function endLeftovers(folder: string, stateFolder: string): void {
	for (const name of readdirSync(folder)) {
		const mark = /^\d+-([0-9a-f]{32})$/.exec(name)?.[1];
		if (!mark) {
			continue;
		}
		const file = path.join(folder, name);
		const [fabric, ...processes] = recorded(readFileSync(file, 'utf8'));
		if (fabric && isFabric(fabric)) {
			throw new Failure(
				`The service runs already, in process ${fabric.pid}; stop it there, or give this run a state folder other than '${stateFolder}'.`,
			);
		}
		for (const pid of process.platform === 'linux' ? marked(mark) : processes.filter(stillRuns).map(({ pid }) => pid)) {
			killProcessTree(pid);
		}
		for (const left of temporaryFolders().filter(({ name }) => name.startsWith(folderPrefix(mark)))) {
			rmSync(path.join(left.parentPath, left.name), removal);
		}
		rmSync(file, { force: true });
	}
}

/** On Windows an ended process may hold files a moment longer. */
const removal = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 } as const;

/** Enough of the mark to be nobody else's, and short: a socket is to stand in the folder. */
function folderPrefix(mark: string): string {
	return `rw-${mark.slice(0, 12)}-`;
}

function temporaryFolders(): Dirent[] {
	return shortFolders()
		.flatMap(folder => (existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []))
		.filter(entry => entry.isDirectory());
}

function recorded(text: string): Recorded[] {
	return [...text.matchAll(/^(\d+) (\d+)$/gm)].map(([, pid, at]) => ({ pid: Number(pid), at: Number(at) }));
}

/** The record of a living fabric names the process that wrote it, which had started before. */
function isFabric({ pid, at }: Recorded): boolean {
	if (pid === process.pid) {
		return at >= Date.now() - process.uptime() * 1000 - startTolerance;
	}
	const started = startTimeOf(pid);
	return started !== undefined && started <= at + startTolerance;
}

function stillRuns({ pid, at }: Recorded): boolean {
	const started = startTimeOf(pid);
	return started !== undefined && Math.abs(started - at) <= startTolerance;
}

/** Every process that carries the mark: also those whose parents are gone. */
function marked(mark: string): number[] {
	return readdirSync('/proc')
		.filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
		.filter(name => {
			try {
				return readFileSync(`/proc/${name}/environ`, 'latin1').includes(`${markVariable}=${mark}`);
			} catch {
				// It has ended meanwhile, or belongs to somebody else.
				return false;
			}
		})
		.map(Number);
}
