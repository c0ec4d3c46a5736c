import type { JournalEntry, JournalEvent } from '../lifecycle/journal/journal';
import { ruleOf } from './restartRules';

/** What a reader of a timeline tells apart, and filters by. */
export const entryKinds = [
	'states',
	'calls',
	'processes',
	'restarts',
	'commands',
	'network',
	'disks',
	'debugger',
	'messages',
	'output',
] as const;

export type EntryKind = (typeof entryKinds)[number];

const kinds: Readonly<Record<JournalEvent['event'], EntryKind>> = {
	state: 'states',
	step: 'states',
	call: 'calls',
	process: 'processes',
	restart: 'restarts',
	command: 'commands',
	configuration: 'commands',
	endpoint: 'network',
	rotation: 'network',
	disk: 'disks',
	debugger: 'debugger',
	status: 'messages',
	error: 'messages',
	note: 'messages',
	output: 'output',
};

export function kindOf({ event }: JournalEvent): EntryKind {
	return kinds[event];
}

/** Whether it tells of something that went wrong. */
export function isBad(entry: JournalEntry): boolean {
	switch (entry.event) {
		case 'error':
			return true;
		case 'restart':
			return ruleOf(entry.cause)?.rule.isAsked === false;
		case 'call':
			return entry.error !== undefined || (entry.call === 'OnStart' && entry.result === false);
		case 'process':
			return entry.phase === 'ended' && (entry.signal !== undefined || (entry.exitCode ?? 0) !== 0);
		case 'output':
			return entry.stream === 'stderr' || entry.level === 'error' || entry.level === 'critical';
		case 'state':
			return entry.state === 'CyclingRole' || entry.state.startsWith('Failed') || entry.state === 'UnresponsiveRole';
		default:
			return false;
	}
}
