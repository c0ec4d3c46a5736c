import assert from 'node:assert/strict';
import { readJournal } from '../../src/history/readJournal';
import { journal, output } from './journals';

const lines = (...entries: readonly object[]) => entries.map(entry => `${JSON.stringify(entry)}\n`).join('');

function reads(text: string, numbers: readonly number[], skipped: readonly number[] = []): void {
	const read = readJournal(text);
	assert.deepEqual({ numbers: read.entries.map(({ n }) => n), skipped: read.skipped }, { numbers, skipped });
}

suite('a saved journal', () => {
	const entries = journal(output('a'), output('b'), output('c'), output('d'));

	test('a line an entry', () => reads(lines(...entries), [1, 2, 3, 4]));
	test('with a BOM, Windows line ends and empty lines', () => {
		reads(`\uFEFF${lines(...entries).replaceAll('\n', '\r\n\r\n')}`, [1, 2, 3, 4]);
	});
	test('cut off in the middle of a line', () => reads(lines(...entries).slice(0, -9), [1, 2, 3], [4]));
	test('something else that was printed is left out', () => {
		reads(`Building Worker...\n${lines(...entries)}[1,2]\nnull\n{"n":5}\n`, [1, 2, 3, 4], [1, 6, 7, 8]);
	});
	test('an entry that cannot be read becomes a note, so that numbers go on', () => {
		const text = `${lines(...entries.slice(0, 1))}{"n":2,"at":\n${lines(...entries.slice(2))}`;
		reads(text, [1, 2, 3, 4], [2]);
		assert.equal(readJournal(text).entries[1]?.event, 'note');
	});
	test('of two runs one after the other the later one counts', () => {
		reads(lines(...entries, ...entries.slice(0, 2)), [1, 2]);
	});
	test('the end of a long run', () => reads(lines(...entries.slice(2)), [3, 4]));
	test('nothing', () => reads('', []));
	for (const broken of [
		{ n: 1, at: 'yesterday', event: 'note', text: '' },
		{ n: 1, at: '2026-01-05T10:00:00.000Z', event: 'toString' },
		{ n: 1, at: '2026-01-05T10:00:00.000Z', event: 'note' },
		{ n: '1', at: '2026-01-05T10:00:00.000Z', event: 'note', text: '' },
		{ n: 1, at: '2026-01-05T10:00:00.000Z', event: 'restart', cause: [null], delay: 0 },
	]) {
		test(`no entry: ${JSON.stringify(broken)}`, () => reads(lines(broken), [], [1]));
	}
});
