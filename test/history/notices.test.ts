import assert from 'node:assert/strict';
import type { Entries } from '../../src/history/entries';
import { RestartNotices } from '../../src/history/notices';
import { restartsOf } from '../../src/history/restartSeries';
import { english } from '../../src/history/words';
import { journal, output, type Told } from './journals';

const returned: Told = { event: 'restart', cause: [{ what: 'Run returned', detail: '' }], delay: 0 };
const asked: Told = { event: 'restart', cause: [{ what: 'command', detail: 'recycle' }], delay: 0 };
const pause = (seconds: number) => Array.from({ length: seconds }, () => output('.'));

/** The numbers of the entries that a person hears of, as they come one by one. */
function told(entries: Entries): readonly string[] {
	const notices = new RestartNotices();
	return entries.flatMap((entry, index) => {
		const known = entries.slice(0, index + 1);
		const restarts = new Map(['Worker_IN_0', 'Worker_IN_1', 'Front_IN_0'].map(key => [key, restartsOf(known, key)]));
		return notices.of({ entries: known, restarts }, [entry], english).map(({ n, instance }) => `${n} ${instance}`);
	});
}

suite('a role that keeps restarting', () => {
	test('the second time within a minute is told, the third not again', () => {
		assert.deepEqual(told(journal(returned, output('up'), returned, returned)), ['3 Worker_IN_0']);
	});
	test('twice in more than a minute is not', () => {
		assert.deepEqual(told(journal(returned, ...pause(61), returned)), []);
	});
	test('what somebody asked for is neither told nor counted', () => {
		assert.deepEqual(told(journal(asked, asked, asked, returned, asked)), []);
	});
	test('one notice for all instances of a role, another one for another role', () => {
		const second: Told = { ...returned, instance: 'Worker_IN_1' };
		const front: Told = { ...returned, instance: 'Front_IN_0' };
		assert.deepEqual(told(journal(returned, second, returned, second, front, front)), [
			'3 Worker_IN_0',
			'6 Front_IN_0',
		]);
	});
	test('after a silence it is told again', () => {
		assert.deepEqual(told(journal(returned, returned, ...pause(301), returned, returned)), [
			'2 Worker_IN_0',
			'305 Worker_IN_0',
		]);
	});
});
