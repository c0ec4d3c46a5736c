import type { JournalEntry } from '../lifecycle/journal';
import { type ChildSessions, followInstances } from './childSessions';
import type { DebuggedRun, DebugWorld } from './debugWorld';
import { outputOf } from './journalOutput';
import type { LifecycleFilters } from './lifecycleFilters';
import { followLifecycle, type LifecycleStops } from './lifecycleStops';

/** A debug session's hold on a service that runs. */
export interface Following {
	/** Lets go of every process, then of the service. */
	end(): Promise<void>;
	/** The answer to a request about the instances as threads; undefined for any other. */
	answer: LifecycleStops['answer'];
	detach: ChildSessions['detach'];
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
	filters: () => LifecycleFilters,
	leaving: 'stop' | 'leave',
): Following {
	const { deployment, stop } = run;
	const lifecycle = followLifecycle(run, filters, event);
	const children = followInstances(run, debuggers, clock, sentence => event('output', important(sentence)));
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
		answer: lifecycle.answer,
		detach: children.detach,
		async end() {
			watching.dispose();
			lifecycle.dispose();
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

/** An output that the editor shows as a message of its own, too: whatever is said so is said once. */
export function important(sentence: string): object {
	return { category: 'important', output: `${sentence}\n` };
}
