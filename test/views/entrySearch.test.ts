import assert from 'node:assert/strict';
import { Timeline } from '../../src/history/timeline';
import { entryAcross, entryAt, entryAtEnd, entryBeside } from '../../src/views/timeline/entrySearch';
import { axisHeight, laneHeight, type Scene } from '../../src/views/timeline/scene';
import { journal, output, state } from '../history/journals';

/** Which entry a pointer or a key in the chart means. Two lanes; a second is 20 pixels wide, the names are 100. */

const other = { instance: 'Worker_IN_1' };
const timeline = new Timeline();
timeline.append(
	journal(
		state('StartingRole'),
		{ ...state('StartingRole'), ...other },
		{ event: 'call', call: 'OnStart', phase: 'begin' },
		output('up'),
		state('ReadyRole'),
		{ ...state('ReadyRole'), ...other },
	),
);

function scene(selected?: number, passes: (n: number) => boolean = () => true): Scene {
	return {
		...{ timeline, order: timeline.inOrder(), nameOf: ({ instance }) => instance, passes, selected },
		...{ from: timeline.start, scale: 20 / 1_000, now: timeline.end, names: 100 },
		...{ top: 0, width: 400, height: 200 },
	};
}

const withoutOutput = (n: number) => timeline.kindOf(n) !== 'output';

suite('the entry that is meant', () => {
	const [first, second] = [axisHeight + 10, axisHeight + laneHeight + 10];
	for (const [what, x, y, entry] of [
		['a mark under the pointer', 160, first, 4],
		['a mark near it', 156, first, 4],
		['the state that was on, where no mark is near', 190, first, 5],
		['the other lane', 200, second, 6],
		['nothing before the first state of a lane', 105, second, undefined],
		['nothing at the names', 90, first, undefined],
		['nothing at the axis', 160, axisHeight - 1, undefined],
		['nothing below the lanes', 160, axisHeight + 2 * laneHeight, undefined],
	] as const) {
		test(`by a pointer: ${what}`, () => assert.equal(entryAt(scene(), x, y), entry));
	}

	test('by a pointer: what does not pass the filter is not meant', () => {
		assert.equal(entryAt(scene(undefined, withoutOutput), 160, first), 1);
	});

	for (const [what, found, entry] of [
		['right', entryBeside(scene(3), 1), 4],
		['right, past what does not pass', entryBeside(scene(3, withoutOutput), 1), 5],
		['right, at the end', entryBeside(scene(5), 1), undefined],
		['right, with nothing selected', entryBeside(scene(), 1), 1],
		['left', entryBeside(scene(3), -1), 1],
		['left, with nothing selected', entryBeside(scene(), -1), 5],
		['down, to the nearest in time', entryAcross(scene(3), 1), 6],
		['down, in the last lane', entryAcross(scene(6), 1), undefined],
		['up', entryAcross(scene(6), -1), 5],
		['end', entryAtEnd(scene(1), 1), 5],
		['home', entryAtEnd(scene(4), -1), 1],
		['home, with nothing selected', entryAtEnd(scene(), -1), 1],
	] as const) {
		test(`by a key: ${what}`, () => assert.equal(found, entry));
	}
});
