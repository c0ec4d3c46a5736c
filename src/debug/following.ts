import type { JournalEntry } from '../lifecycle/journal';
import { followInstances } from './childSessions';
import type { DebuggedRun, DebugWorld } from './debugWorld';
import { outputOf } from './journalOutput';

/** A debug session's hold on a service that runs. */
export interface Following {
	/** Lets go of every process, then of the service. */
	end(): Promise<void>;
	/** Makes an `end` that is under way wait for nobody. */
	endAtOnce(): void;
}

/**
 * Shows what a service does as events of the debug adapter protocol, and debugs its instances. `leaving` says what
 * becomes of the service at the end: whoever started it stops it.
 */
export function follow(
	run: DebuggedRun,
	event: (name: string, body?: object) => void,
	{ debuggers, clock }: Pick<DebugWorld, 'debuggers' | 'clock'>,
	leaving: 'stop' | 'leave',
): Following {
	const { deployment, stop } = run;
	const say = (sentence: string): void => {
		event('output', { category: 'important', output: `${sentence}\n` });
		debuggers.say(sentence);
	};
	const children = followInstances(run, { ...debuggers, say }, clock);
	const show = (entry: JournalEntry): void => {
		const output = outputOf(entry);
		if (output) {
			event('output', output);
		}
	};
	deployment.journal.entries.forEach(show);
	const showing = deployment.journal.onEntry(show);
	// The service may end by another hand: the tree's, the palette's.
	const watching = deployment.onSnapshot(({ status }) => {
		if (status === 'Stopped') {
			event('terminated');
		}
	});

	return {
		async end() {
			watching.dispose();
			// A process that stands at a breakpoint could not stop in order: it is let go first.
			await children.detachAll();
			if (leaving === 'stop') {
				await stop();
			} else {
				for (const { instance } of deployment.snapshot.instances) {
					deployment.setDebug(instance, false);
				}
			}
			showing.dispose();
		},
		endAtOnce: () => void (leaving === 'stop' && stop()),
	};
}
