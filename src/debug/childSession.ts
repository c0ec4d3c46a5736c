import type { DebugTarget } from '../lifecycle/hostVocabulary';
import { type CodeFolders, codeFoldersOf } from './codeFolders';
import { debuggedInstances } from './debuggedInstances';
import type { DebuggedRun } from './debugWorld';
import type { InstanceOrders } from './instanceSession';

/** The debug session of one life of one instance. */
export interface ChildSession {
	/** Its address when the life began: `staging:Worker_IN_0` in the staging slot. */
	readonly instance: string;
	readonly life: number;
	/** What a person sees in the call stack: `Worker_IN_0`, later `Worker_IN_0 (life 2)`. */
	readonly name: string;
	readonly target: DebugTarget;
	/** The folder of the role's code, and the copy of it that the instance runs. */
	readonly code: CodeFolders | undefined;
}

/** What the sessions of an instance tell of it, and ask for it. */
export interface ChildListener extends InstanceOrders {
	/** Its process stops at a breakpoint, or goes on. */
	stands(stopped: boolean): void;
	/** Its debugger has gone without having been told to: its process has ended, or is left as it was. */
	lost(): void;
}

/** What an editor does for the children of a debug session. */
export interface ChildDebuggers {
	/**
	 * Resolves when the debugger has its breakpoints; rejects with a Failure, a sentence for the user, where it cannot.
	 */
	attach(child: ChildSession, listener: ChildListener): Promise<void>;
	/** Ends its sessions, also those that are on their way, and leaves its process alive; resolves when none stands. */
	detach(child: ChildSession, process: 'lives' | 'ended'): Promise<void>;
	/** Resolves when no session of it stands: they end by themselves when their process has ended. */
	over(child: ChildSession): Promise<void>;
}

/** The session of the life that has just begun; the key names its instance in the journal (`history/entries.ts`). */
export function childOf(run: DebuggedRun, key: string, target: DebugTarget): ChildSession {
	const found = debuggedInstances(run).find(each => each.key === key);
	const instance = found?.address ?? key;
	const { life, role } = found?.snapshot ?? { life: 1, role: undefined };
	const name = life === 1 ? instance : `${instance} (life ${life})`;
	return { instance, life, name, target, code: codeFoldersOf(run, instance, role) };
}
