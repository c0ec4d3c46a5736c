import type { Disposable, Emitter } from '../base/emitter';
import type { JournalEntry } from '../lifecycle/journal/journal';
import type { Journal } from '../lifecycle/journal/journalLog';
import type { DeploymentSnapshot } from '../lifecycle/snapshot';
import type { Clock } from '../lifecycle/world';
import { type Miss, missesOf, type Observed } from './expectations';
import { matchesEntry } from './patterns';
import { isWatch } from './readExpectations';
import type { Expectation } from './scenario';

/** The part of a deployment that expectations are held against. */
export interface Watched {
	readonly journal: Pick<Journal, 'entries' | 'after' | 'length' | 'onEntry'>;
	readonly snapshot: DeploymentSnapshot;
	readonly onSnapshot: Emitter<DeploymentSnapshot>['event'];
}

export interface Window extends Pick<Observed, 'began' | 'fileText'> {
	readonly watched: Watched;
	/** The number of the last entry before. */
	readonly from: number;
	readonly clock: Clock;
	/** Resolves when nothing is waited for any more. */
	readonly ended: Promise<unknown>;
}

/**
 * Waits until the expectation holds, until it cannot hold any more, or until its time is over, and tells what is amiss
 * then. Where it only says what may never come, it watches for the whole time.
 */
export function missesWithin(expectation: Expectation, window: Window): Promise<readonly Miss[]> {
	const { watched, from, clock, ended, began, fileText } = window;
	const misses = (): readonly Miss[] =>
		missesOf(expectation, {
			...{ began, fileText },
			entries: watched.journal.after(from),
			snapshot: watched.snapshot,
		});
	return new Promise(resolve => {
		const open: Disposable[] = [];
		const finish = (found: readonly Miss[]): void => {
			for (const each of open.splice(0)) {
				each.dispose();
			}
			resolve(found);
		};
		const look = (): boolean => {
			const found = misses();
			const isOver = found.some(miss => miss.isFinal) || watched.snapshot.status === 'Stopped';
			if (isOver || (found.length === 0 && !isWatch(expectation))) {
				finish(found);
				return true;
			}
			return false;
		};
		if (look()) {
			return;
		}
		// An entry that the expectation does not speak of changes nothing.
		open.push(watched.journal.onEntry(entry => concerns(expectation, entry) && look()));
		open.push(watched.onSnapshot(look));
		open.push(clock.after(expectation.within, () => finish(misses())));
		void ended.then(() => finish([]));
	});
}

function concerns({ events, never, output }: Expectation, entry: JournalEntry): boolean {
	return [...events, ...never, ...output].some(pattern => matchesEntry(pattern, entry));
}
