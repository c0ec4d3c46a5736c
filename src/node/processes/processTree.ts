import { pause } from '../clock';
import type { ProcessRecord } from './processStart';

/** A process and its descendants, named by the first of them. */
export interface ProcessTree {
	readonly pid: number | undefined;
	readonly record: ProcessRecord | undefined;
	/** It was asked politely to end. */
	asked?: boolean;
}

/** Those that were started here and may have living members. */
export const living = new Set<ProcessTree>();

/** Those of them whose head has ended. */
const headless = new Set<ProcessTree>();

/** How long the rest of a tree that was asked to end may take when its head is gone, and how often that is looked at. */
const askedGrace = 5_000;
const askedLook = 20;

/** A command interpreter ends at once when it is asked to; what it has started may still be about to. */
export async function asksAreHeard(tree: ProcessTree): Promise<void> {
	for (let waited = 0; tree.asked && waited < askedGrace && treeLives(tree); waited += askedLook) {
		await pause(askedLook);
	}
}

/** False when nobody is left in the tree. */
export function signalTree(tree: ProcessTree, signal: NodeJS.Signals | 0): boolean {
	try {
		return process.platform !== 'win32' && tree.pid !== undefined && process.kill(-tree.pid, signal);
	} catch (error) {
		// EPERM: a member has changed its user; it lives, and is not ours to end.
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

export function treeLives(tree: ProcessTree): boolean {
	return signalTree(tree, 0);
}

/** Trees whose head has ended stay in `living`; those that have died out since are forgotten when the next one comes. */
export function keepHeadless(tree: ProcessTree): void {
	for (const other of headless) {
		if (!treeLives(other)) {
			headless.delete(other);
			living.delete(other);
		}
	}
	headless.add(tree);
}
