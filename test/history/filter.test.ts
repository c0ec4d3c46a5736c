import assert from 'node:assert/strict';
import { entryKinds, kindOf } from '../../src/history/entryKinds';
import { type EntryFilter, filterEntries, keepsAll } from '../../src/history/filter';
import { journal, ofDeployment, output, state } from './journals';

const entries = journal(
	{ event: 'note', text: 'the deployment starts', ...ofDeployment },
	state('ReadyRole'),
	output('order 17 taken'),
	{ ...output('order 18 taken', 'stderr'), instance: 'Worker_IN_1' },
	{ ...output('page served'), instance: 'Front_IN_0' },
	{ ...output('order 19 taken'), deploymentId: 'd2', slot: 'staging' },
);

const cases: readonly (readonly [EntryFilter, readonly number[]])[] = [
	[{}, [1, 2, 3, 4, 5, 6]],
	[{ text: '  ' }, [1, 2, 3, 4, 5, 6]],
	[{ text: 'ORDER taken' }, [3, 4, 6]],
	[{ text: 'order served' }, []],
	[{ text: 'worker_in_1' }, [4]],
	[{ role: 'Worker' }, [1, 2, 3, 4, 6]],
	[{ instance: 'Worker_IN_0' }, [1, 2, 3]],
	[{ instance: 'd2/Worker_IN_0' }, [1, 6]],
	[{ hidden: ['output'] }, [1, 2]],
	[{ hidden: ['messages'], role: 'Front' }, [5]],
	[{ text: 'nothing like it' }, []],
];

suite('timeline: filter', () => {
	for (const [filter, expected] of cases) {
		test(JSON.stringify(filter), () => {
			assert.deepEqual(filterEntries(entries, filter), expected);
			assert.equal(keepsAll(filter) && expected.length < entries.length, false);
		});
	}

	test('every event has a kind that can be filtered by', () => {
		assert.deepEqual(
			entries.map(kindOf).filter(kind => !entryKinds.includes(kind)),
			[],
		);
	});
});
