import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { applyEdits } from '../../src/base/span';
import { format, shapeOf } from '../../src/language/format';
import { parse } from '../../src/xml/parser';
import { corpus, corpusFiles } from './corpus';
import { random } from './textChanges';

/** What has to be true of any text: formatted once or twice it is the same, and only blanks between its parts differ. */
export function formatHolds(text: string): void {
	const before = parse(text);
	const once = applyEdits(text, format(before, '  '));
	const after = parse(once);
	assert.equal(once.replace(/[ \t\r\n]/g, ''), text.replace(/[ \t\r\n]/g, ''));
	assert.equal(shapeOf(after), shapeOf(before));
	assert.deepEqual(format(after, '  '), []);
}

const pieces = ['<', '>', '"', '/', ' ', '\n', '</', '<!--', '-->', '<![CDATA[', 'x', '=', "'", '&'];

/** The same of so many beginnings of real files in which a few characters were lost or gained. */
export function formatBroken(rounds: number, seed: number): void {
	const next = random(seed);
	const below = (most: number) => Math.floor(next() * most);
	const files = corpusFiles();
	for (let round = 0; round < rounds; round++) {
		let text = readFileSync(path.join(corpus ?? '', files[below(files.length)] ?? ''), 'utf8').slice(0, 3000);
		for (let changes = 1 + below(4); changes > 0; changes--) {
			const at = below(text.length);
			const piece = pieces[below(pieces.length)] ?? '';
			text = text.slice(0, at) + (below(2) ? piece : '') + text.slice(at + below(4));
		}
		try {
			formatHolds(text);
		} catch (error) {
			throw new Error(JSON.stringify(text), { cause: error });
		}
	}
}
