import assert from 'node:assert/strict';
import { retell } from '../../src/history/retelling';
import { english } from '../../src/history/words';
import type { JournalEntry, JournalEvent } from '../../src/lifecycle/journal/journal';

/** Entries of one instance, numbered from 1. */
function entries(...events: readonly JournalEvent[]): readonly JournalEntry[] {
	return events.map((event, at) => ({ n: at + 1, at: '2026-01-05T10:00:00.000Z', instance: 'Worker_IN_0', ...event }));
}

function told(call: 'Changing' | 'Stopping' | 'OnStop' | 'OnStart' | 'Run', result?: unknown): JournalEvent {
	return { event: 'call', call, phase: 'end', ...(result !== undefined && { result }) };
}

function disk(
	name: 'local' | 'windows' | 'application',
	effect: 'kept' | 'emptied' | 'rebuilt',
	of?: string,
): JournalEvent {
	return { event: 'disk', disk: name, effect, why: '', ...(of !== undefined && { name: of }) };
}

function retold(after: number, ...events: readonly JournalEvent[]): readonly string[] {
	return retell(entries(...events), after, 'Worker_IN_0', english);
}

suite('what an instance went through, retold', () => {
	test('the calls in their order, without the work itself, and the disks by what became of them', () => {
		assert.deepEqual(
			retold(
				1,
				told('OnStart'),
				told('Changing', { cancel: true }),
				told('Stopping'),
				told('Run'),
				told('OnStop'),
				disk('local', 'kept'),
				disk('local', 'kept', 'Book'),
				disk('local', 'kept', 'DiagnosticStore'),
				disk('local', 'emptied', 'Pages'),
				disk('windows', 'rebuilt'),
				told('OnStart', true),
			),
			[
				'Its code was told: Changing (and it cancelled), Stopping, OnStop, OnStart.',
				"Kept: local storage 'Book'.",
				"Emptied or made anew: local storage 'Pages', the system disk.",
			],
		);
	});

	test('another instance is another story', () => {
		const [first] = entries(told('Stopping'));
		assert.ok(first);
		assert.deepEqual(retell([{ ...first, instance: 'Worker_IN_1' }], 0, 'Worker_IN_0', english), [
			'Its code was told nothing: it goes on as it was.',
		]);
	});
});
