import type { Disposable } from '../base/emitter';
import { Failure } from '../base/failure';
import { instanceFolders } from '../lifecycle/environment';
import type { DebugTarget } from '../lifecycle/hostVocabulary';
import type { JournalEntry } from '../lifecycle/journal';
import type { Clock } from '../lifecycle/world';
import type { DebuggedRun } from './debugWorld';

/** The debug session of one life of one instance. */
export interface ChildSession {
	readonly instance: string;
	readonly life: number;
	/** What a person sees in the call stack: `Worker_IN_0`, later `Worker_IN_0 (life 2)`. */
	readonly name: string;
	readonly target: DebugTarget;
	/** The folder of the role's code, and the copy of it that the instance runs. */
	readonly code: CodeFolders | undefined;
}

export interface CodeFolders {
	readonly original: string;
	readonly copy: string;
}

/** What an editor does for the children of a debug session. */
export interface ChildDebuggers {
	/**
	 * Resolves when the debugger has its breakpoints; rejects with a Failure, a sentence for the user, where it cannot.
	 * `stands` is told whenever the process stops at a breakpoint, and when it goes on.
	 */
	attach(child: ChildSession, stands: (stopped: boolean) => void): Promise<void>;
	/** Ends a session and leaves its process alive; one that is over already is none of its concern. */
	detach(child: ChildSession): Promise<void>;
}

export interface ChildSessions extends Disposable {
	/** Lets go of the instance; it runs on, and its later lives wait for nobody. */
	detach(instance: string): Promise<void>;
	/** Lets go of every process, as a debugger that leaves does. */
	detachAll(): Promise<void>;
}

/** Milliseconds until a process that waits goes on alone: an attach that fails may never answer (running-dotnet-roles.md 4.1). */
const patience = 10_000;

/**
 * Follows a deployment's journal and keeps one session for each instance that waits for a debugger, anew in each life.
 * Whatever goes wrong with a debugger, the instance runs on, and `say` tells a person so, each sentence once.
 */
export function followInstances(
	{ deployment, plan }: DebuggedRun,
	debuggers: ChildDebuggers,
	clock: Clock,
	say: (sentence: string) => void,
): ChildSessions {
	const children = new Map<string, { readonly child: ChildSession; readonly limit: Disposable }>();
	const said = new Set<string>();
	// Whoever comes late finds those that wait already.
	for (const entry of lastWords(deployment.journal.entries)) {
		read(entry);
	}
	const following = deployment.journal.onEntry(read);

	function read(entry: JournalEntry): void {
		const { instance, deploymentId } = entry;
		// A deployment in staging has instances of the same names, which nobody debugs.
		if (instance === undefined || deploymentId !== undefined) {
			return;
		}
		switch (wordOf(entry)) {
			case 'waiting':
			case 'reachable':
				forget(instance);
				begin(instance, entry);
				return;
			case 'attached':
				children.get(instance)?.limit.dispose();
				return;
			case 'ended':
				forget(instance);
		}
	}

	function begin(instance: string, entry: JournalEntry): void {
		if (entry.event !== 'debugger' || !entry.target) {
			return;
		}
		const found = deployment.snapshot.instances.find(other => other.instance === instance);
		const { life, role } = found ?? { life: 1, role: undefined };
		const name = life === 1 ? instance : `${instance} (life ${life})`;
		const original = plan.roles.find(other => other.name === role)?.code;
		const code = original === undefined ? undefined : { original, copy: instanceFolders(plan, instance).approot };
		const child: ChildSession = { instance, life, name, target: entry.target, code };
		const late = () => giveUp(child, `The debugger did not attach to ${name} within 10 seconds; it runs without.`);
		children.set(instance, { child, limit: clock.after(patience, late) });
		const stands = (stopped: boolean) => isCurrent(child) && deployment.debuggerStopped(instance, stopped);
		debuggers.attach(child, stands).then(
			() => isCurrent(child) && goOn(child),
			error => giveUp(child, sentenceOf(error, name)),
		);
	}

	/**
	 * A .NET host cannot see whether its debugger has its breakpoints yet, so it gets word. The inspector of a Node host
	 * is told by the debugger itself.
	 */
	function goOn({ instance, target }: ChildSession): void {
		if (target.kind === 'dotnet') {
			children.get(instance)?.limit.dispose();
			deployment.goOn(instance);
		}
	}

	function giveUp(child: ChildSession, sentence: string): void {
		if (!isCurrent(child)) {
			return;
		}
		forget(child.instance);
		void debuggers.detach(child);
		deployment.goOn(child.instance);
		if (!said.has(sentence)) {
			said.add(sentence);
			say(sentence);
		}
	}

	function isCurrent(child: ChildSession): boolean {
		return children.get(child.instance)?.child === child;
	}

	/** The life is over, or nobody waits for it any more: its session ends by itself, as its process does. */
	function forget(instance: string): void {
		children.get(instance)?.limit.dispose();
		children.delete(instance);
	}

	function dispose(): void {
		following.dispose();
		for (const instance of [...children.keys()]) {
			forget(instance);
		}
	}

	return {
		dispose,
		async detach(instance) {
			deployment.setDebug(instance, false);
			const child = children.get(instance)?.child;
			forget(instance);
			if (child) {
				await debuggers.detach(child);
			}
		},
		async detachAll() {
			const open = [...children.values()].map(({ child }) => child);
			dispose();
			await Promise.all(open.map(child => debuggers.detach(child)));
		},
	};
}

/** What an entry says about the debugger of its instance. */
function wordOf(entry: JournalEntry): 'waiting' | 'reachable' | 'attached' | 'detached' | 'ended' | undefined {
	if (entry.event === 'debugger') {
		return entry.phase === 'stopped' || entry.phase === 'continued' ? undefined : entry.phase;
	}
	return entry.event === 'process' && entry.phase === 'ended' && entry.role !== 'task' ? 'ended' : undefined;
}

/** The last entry of each instance that says anything about its debugger. */
function lastWords(entries: readonly JournalEntry[]): Iterable<JournalEntry> {
	return new Map(entries.filter(wordOf).map(entry => [entry.instance, entry])).values();
}

function sentenceOf(error: unknown, name: string): string {
	return error instanceof Failure ? error.message : `The debugger could not attach to ${name}: ${error}`;
}
