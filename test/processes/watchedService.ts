import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';
import { type RunningService, type RunRequest, startService } from '../../src/runner/startService';

/** A service that runs in this process, with its journal to be awaited and to be compared. */
export interface WatchedService {
	readonly service: RunningService;
	readonly entries: readonly JournalEntry[];
	/** The first entry from here on (or from the entry `after`) of which this is true. */
	until(is: (entry: JournalEntry) => boolean, after?: number): Promise<JournalEntry>;
	/** The first line of output of an instance that is so. */
	line(instance: string, text: string | RegExp, after?: number): Promise<JournalEntry>;
	/** An orderly stop; nothing of it is left. */
	stop(): Promise<void>;
}

const limit = 20_000;

export async function watchService(request: Partial<RunRequest> & Pick<RunRequest, 'path'>): Promise<WatchedService> {
	const stateFolder = mkdtempSync(path.join(tmpdir(), 'rolewright-state-'));
	const entries: JournalEntry[] = [];
	const looking = new Set<() => void>();
	const service = await startService({
		build: 'auto',
		onStopLimit: 60_000,
		timeFactor: 1,
		stateFolder,
		distFolder: path.resolve(__dirname, '../../dist'),
		progress: () => {},
		onEntry: entry => {
			entries.push(entry);
			for (const look of looking) {
				look();
			}
		},
		...request,
	});
	const until: WatchedService['until'] = async (is, after = 0) => {
		const found = new Promise<JournalEntry>(resolve => {
			const look = (): void => {
				const entry = entries.find(each => each.n > after && is(each));
				if (entry) {
					looking.delete(look);
					resolve(entry);
				}
			};
			looking.add(look);
			look();
		});
		const expired = new AbortController();
		const late = wait(limit, undefined, { signal: expired.signal }).then(() => {
			throw new Error(
				`It did not come; the last of the journal:\n${entries
					.slice(-30)
					.map(entry => JSON.stringify(entry))
					.join('\n')}`,
			);
		});
		try {
			return await Promise.race([found, late]);
		} finally {
			expired.abort();
			late.catch(() => {});
		}
	};
	return {
		service,
		entries,
		until,
		line: (instance, text, after) =>
			until(
				entry =>
					entry.event === 'output' &&
					entry.instance === instance &&
					(typeof text === 'string' ? entry.text === text : text.test(entry.text)),
				after,
			),
		stop: async () => {
			await service.stop();
			rmSync(stateFolder, { recursive: true, force: true });
		},
	};
}

export function isState(instance: string, state: string): (entry: JournalEntry) => boolean {
	return entry => entry.event === 'state' && entry.instance === instance && entry.state === state;
}
