import assert from 'node:assert/strict';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';
import { JournalLog } from '../../src/lifecycle/journal/journalLog';

const output = (text: string) => ({ event: 'output', stream: 'stdout', text }) as const;
const at = '2026-01-05T10:00:00.000Z';

suite('The log of a run', () => {
	test('keeps the newest in memory, numbers all, and hands every one on', () => {
		const stored: JournalEntry[] = [];
		const log = new JournalLog({ inMemory: 10, store: entry => void stored.push(entry) });
		const heard: number[] = [];
		log.onEntry(({ n }) => heard.push(n));
		for (let line = 1; line <= 100; line++) {
			log.add({ at }, output(`line ${line}`));
			assert.ok(log.entries.length <= 10);
			assert.equal(log.entries.at(-1)?.n, line);
		}
		const all = Array.from({ length: 100 }, (_, index) => index + 1);
		assert.deepEqual([stored.map(({ n }) => n), heard, log.length], [all, all, 100]);
	});

	test('what comes after a number, where that is still in memory and where it is not', () => {
		const log = new JournalLog({ inMemory: 10 });
		for (let line = 1; line <= 25; line++) {
			log.add({ at }, output(`line ${line}`));
		}
		const numbers = (from: number) => log.after(from).map(({ n }) => n);
		assert.deepEqual([numbers(23), numbers(25), numbers(99)], [[24, 25], [], []]);
		assert.deepEqual(
			numbers(0),
			log.entries.map(({ n }) => n),
		);
		assert.deepEqual(new JournalLog().after(0), []);
	});

	test('few very long lines do not fill memory either', () => {
		const log = new JournalLog({ inMemory: 1_000 });
		for (let line = 0; line < 100; line++) {
			log.add({ at }, output('x'.repeat(64 * 1024)));
		}
		const size = log.entries.reduce((sum, entry) => sum + (entry.event === 'output' ? entry.text.length : 0), 0);
		assert.ok(size <= 1_000 * 500, `${size} characters`);
	});

	test('without a bound all stay, and whoever holds a list goes on reading it', () => {
		const log = new JournalLog();
		const bounded = new JournalLog({ inMemory: 2 });
		bounded.add({ at }, output('a'));
		const held = bounded.entries;
		for (let line = 0; line < 5; line++) {
			bounded.add({ at }, output('b'));
			log.add({ at }, output('b'));
		}
		assert.equal(log.entries.length, 5);
		assert.ok(held.some(entry => entry.n === 1));
	});
});
