import type { DebugProtocol } from '@vscode/debugprotocol';
import { keyOf } from '../history/entries';
import type { Stand } from '../lifecycle/gate';
import type { JournalEntry, RoleError } from '../lifecycle/journal/journal';
import { entryText } from '../lifecycle/journal/journalText';
import { instanceAt } from './debuggedInstances';
import type { DebuggedRun } from './debugWorld';

/** Frames at the most: what is further back is in the output. */
const depth = 30;

type Frame = Pick<DebugProtocol.StackFrame, 'name' | 'source' | 'line' | 'column' | 'presentationHint'>;

/**
 * The lifecycle of an instance as a call stack: on top where it stands, below it what led there, back to when it was last
 * Ready or began to be.
 */
export function framesOf(address: string, { at }: Stand, run: DebuggedRun): readonly Frame[] {
	const instance = instanceAt(run, address);
	const state = instance?.snapshot.text ?? 'Not there';
	const top =
		at?.instance === address ? { name: at.text, ...placeOf(at.error) } : { name: state, ...placeOf(undefined) };
	const path = instance ? pathTo(instance.key, run.deployment.journal.entries) : [];
	return [top, ...path.map(frameOf)];
}

/** The newest first: what was done to the instance and what it did; entries without an instance concern each of its deployment. */
function pathTo(key: string, journal: readonly JournalEntry[]): readonly JournalEntry[] {
	const path: JournalEntry[] = [];
	for (let at = journal.length - 1; at >= 0 && path.length < depth; at--) {
		const entry = journal[at];
		if (!entry || !concerns(entry, key) || !isPartOfLife(entry)) {
			continue;
		}
		path.push(entry);
		const isBeginning = entry.event === 'state' && (entry.state === 'ReadyRole' || entry.state === 'CreatingVM');
		if (isBeginning && entry.instance !== undefined) {
			break;
		}
	}
	return path;
}

function concerns(entry: JournalEntry, key: string): boolean {
	const deployment = key.slice(0, Math.max(0, key.lastIndexOf('/')));
	return entry.instance === undefined ? (entry.deploymentId ?? '') === deployment : keyOf(entry) === key;
}

function isPartOfLife({ event }: JournalEntry): boolean {
	return ['command', 'configuration', 'restart', 'call', 'state', 'rotation', 'process'].includes(event);
}

function frameOf(entry: JournalEntry): Frame {
	const name = entryText(entry).lines[0] ?? '';
	const error = entry.event === 'call' ? entry.error : undefined;
	return { name, presentationHint: error?.file === undefined ? 'subtle' : 'normal', ...placeOf(error) };
}

function placeOf(error: RoleError | undefined): Pick<Frame, 'source' | 'line' | 'column'> {
	const { file, line } = error ?? {};
	return file === undefined ? { line: 0, column: 0 } : { source: { path: file }, line: line ?? 1, column: 1 };
}
