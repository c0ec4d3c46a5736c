import type { DebugProtocol } from '@vscode/debugprotocol';
import { keyOf } from '../history/entries';
import type { Stand } from '../lifecycle/gate';
import type { JournalEntry, RoleError } from '../lifecycle/journal/journal';
import { entryText } from '../lifecycle/journal/journalText';
import { type CodeFolders, codeFoldersOf, originalOf } from './codeFolders';
import { instanceAt } from './debuggedInstances';
import type { DebuggedRun, Declaration } from './debugWorld';

/** Frames at the most: what is further back is in the output. */
const depth = 30;

type Frame = Pick<DebugProtocol.StackFrame, 'name' | 'source' | 'line' | 'column'>;

/**
 * The lifecycle of an instance as a call stack: on top where it stands, below it what led there, back to when it was last
 * Ready or began to be. What has no place in code of its own is shown where the role is declared: an editor selects no
 * frame, and shows no variables, where there is no source.
 */
export function framesOf(
	address: string,
	{ at }: Stand,
	run: DebuggedRun,
	declaration: Declaration | undefined,
): readonly Frame[] {
	const instance = instanceAt(run, address);
	const state = instance?.snapshot.text ?? 'Not there';
	const isHere = at?.instance === address;
	const code = codeFoldersOf(run, address, instance?.snapshot.role);
	const place = (error: RoleError | undefined) => placeOf(error, code, declaration);
	const top = { name: isHere ? at.text : state, ...place(isHere ? at.error : undefined) };
	const path = instance ? pathTo(instance.key, run.deployment.journal.entries) : [];
	return [top, ...path.map(entry => ({ name: entryText(entry).lines[0] ?? '', ...place(errorIn(entry)) }))];
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

function errorIn(entry: JournalEntry): RoleError | undefined {
	return entry.event === 'call' && entry.phase === 'end' ? entry.error : undefined;
}

function placeOf(
	error: RoleError | undefined,
	code: CodeFolders | undefined,
	declaration: Declaration | undefined,
): Pick<Frame, 'source' | 'line' | 'column'> {
	const { file, line } = error ?? {};
	if (file !== undefined) {
		return { source: { path: originalOf(file, code) }, line: line ?? 1, column: 1 };
	}
	return declaration
		? { source: { path: declaration.path }, line: declaration.line, column: declaration.column }
		: { line: 0, column: 0 };
}
