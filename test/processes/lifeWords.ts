import type { JournalEntry } from '../../src/lifecycle/journal/journal';

/** What an entry says of how a role ends; nothing where it is about something else. */
export function lifeWords(entry: JournalEntry): readonly string[] {
	switch (entry.event) {
		case 'state':
			return entry.text.startsWith('Recycling: the startup tasks') || silent.has(entry.state) ? [] : [entry.state];
		case 'rotation':
			return [entry.rotation];
		case 'call': {
			const ends = entry.call === 'Run' ? 'Run returned' : `${entry.call}${outcome(entry.result)}`;
			const isTold = entry.phase === 'end' || (entry.call === 'Run' && entry.phase === 'begin');
			const begins = entry.phase === 'begin' ? 'Run' : ends;
			return isTold ? [entry.error ? `${entry.call} ${entry.error.type}` : begins] : [];
		}
		case 'process': {
			const ended = entry.phase === 'ended' ? (entry.signal ?? entry.exitCode) : undefined;
			return ended === undefined ? [] : [`${entry.role === 'task' ? 'task' : 'ended'} ${ended}`];
		}
		case 'restart':
			return [`restart: ${entry.cause.map(({ what }) => what).join(' < ')}`];
		default:
			return [];
	}
}

/** Every start has them. */
const silent: ReadonlySet<string> = new Set(['CreatingVM', 'StartingVM', 'StartingRole']);

function outcome(result: unknown): string {
	return typeof result === 'boolean' ? ` ${result}` : Reflect.get(Object(result), 'cancel') === true ? ' cancel' : '';
}
