import type { JournalEntry } from '../lifecycle/journal/journal';
import { type ChildSessions, followInstances } from './childSessions';
import { debuggedInstances, planAt } from './debuggedInstances';
import type { DebuggedRun, DebugWorld } from './debugWorld';
import { outputOf } from './journalOutput';
import type { ServiceNames } from './lifecycleCondition';
import type { LifecycleFilters } from './lifecycleFilters';
import { followLifecycle, type LifecycleStops } from './lifecycleStops';

/** What becomes of the service when its session ends. */
export type Leaving = 'stop' | 'leave';

/** A debug session's hold on a service that runs. */
export interface Following {
	/** Lets go of every process, then of the service: it stops or is left, as is said or else as it was begun. */
	end(how?: Leaving): Promise<void>;
	/** The answer to a request about the instances as threads; undefined for any other. */
	answer: LifecycleStops['answer'];
	detach: ChildSessions['detach'];
	/** What a condition may name now. */
	names(): ServiceNames;
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
	world: Pick<DebugWorld, 'debuggers' | 'clock' | 'declarationOf' | 'stands'>,
	filters: () => LifecycleFilters,
	leaving: Leaving,
): Following {
	const { deployment, stop } = run;
	const lifecycle = followLifecycle(run, filters, event, world);
	const children = followInstances(run, world.debuggers, world.clock, say);
	const refusals = new Set<string>();
	const show = (entry: JournalEntry): void => {
		const isRefusal = entry.event === 'note' && entry.about === 'debugger';
		const output = isRefusal && !refusals.has(entry.text) ? important(entry.text) : outputOf(entry);
		if (isRefusal) {
			refusals.add(entry.text);
		}
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

	let isStopping = false;

	function say(sentence: string): void {
		event('output', important(sentence));
	}

	return {
		answer: lifecycle.answer,
		names: () => namesOf(run),
		detach: children.detach,
		async end(how = leaving) {
			isStopping = how === 'stop';
			watching.dispose();
			lifecycle.dispose();
			// A process that stands at a breakpoint could not stop in order: it is let go first.
			await children.detachAll();
			if (how === 'stop') {
				await stop();
			} else {
				for (const { address } of debuggedInstances(run)) {
					deployment.setDebug(address, false);
					deployment.goOn(address);
				}
			}
			showing.dispose();
		},
		endAtOnce: () => void (isStopping && stop()),
	};
}

function namesOf(run: DebuggedRun): ServiceNames {
	const plans = new Set([run.plan, ...debuggedInstances(run).map(({ address }) => planAt(run, address))]);
	const roles = [...plans].flatMap(plan => plan.roles);
	return {
		roles: [...new Set(roles.map(({ name }) => name))],
		settings: [...new Set(roles.flatMap(({ settings }) => Object.keys(settings)))],
	};
}

/** An output that the editor shows as a message of its own, too: whatever is said so is said once. */
export function important(sentence: string): object {
	return { category: 'important', output: `${sentence}\n` };
}
