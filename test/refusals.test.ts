// The editor has to be there before what imports it.
import './support/fakeEditor';

import assert from 'node:assert/strict';
import { followRefusals } from '../src/extension/run/refusals';
import type { JournalEntry, JournalEvent } from '../src/lifecycle/journal/journal';
import { editor } from './support/fakeEditor';

const definition = '/shop/ServiceDefinition.csdef';

suite('what the fabric could not do', () => {
	const nothingStaged = { event: 'error', text: 'Nothing is staged.' } as const;
	const swap = { event: 'command', command: 'swap', by: 'editor' } as const;
	const cases: readonly (readonly [name: string, entries: readonly JournalEvent[], told: readonly string[]])[] = [
		['is told', [swap, nothingStaged], ['Nothing is staged.']],
		['is told once, however often it goes wrong', [nothingStaged, nothingStaged], ['Nothing is staged.']],
		[
			'is told again to whoever asks again',
			[swap, nothingStaged, swap, nothingStaged],
			['Nothing is staged.', 'Nothing is staged.'],
		],
		[
			'is no message where something is offered, which asks by itself',
			[{ ...nothingStaged, offer: { kind: 'installAzurite' } }],
			[],
		],
		['is no note', [{ event: 'note', text: 'Azurite runs already.' }], []],
	];
	for (const [name, entries, expected] of cases) {
		test(name, () => assert.deepEqual(toldOf(entries), expected));
	}

	test('with one instance is told by its row', () => {
		assert.deepEqual(toldOf([nothingStaged], 'Worker_IN_0'), []);
	});
});

/** What a person is told of these entries. */
function toldOf(entries: readonly JournalEvent[], instance?: string): readonly string[] {
	const told: string[] = [];
	const wrote = new editor.EventEmitter<{ definition: string; entry: JournalEntry }>();
	const services = {
		runOf: () => undefined,
		onDidChange: new editor.EventEmitter<string>().event,
		onDidWriteEntry: wrote.event,
	};
	followRefusals(services, (_definition, text) => told.push(text));
	for (const event of entries) {
		wrote.fire({ definition, entry: { n: 1, at: '', ...(instance === undefined ? {} : { instance }), ...event } });
	}
	return told;
}
