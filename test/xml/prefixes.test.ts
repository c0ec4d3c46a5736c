import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { corpus, corpusFiles, corpusSuite } from '../support/corpus';
import { fixtureService } from '../support/followService';
import { checkPrefix, cutsOf } from '../support/prefixes';

/** A portion of the places, spread by a prime step over every kind of place; all of them are in `test/soak`. */
const everyThirteenth = (_: number, index: number) => index % 13 === 0;

suite('prefixes of every file', () => {
	for (const [file, text] of fixtureService()) {
		test(`${file} gives a tree, problems in the text and a spot`, () => {
			for (const end of [...cutsOf(text).filter(everyThirteenth), text.length]) {
				const found = checkPrefix(text.slice(0, end), file, end % 16 === 0);
				assert.equal(found === 0, end >= text.trimEnd().length, `cut off at ${end}`);
			}
		});
	}
	test('a file without one of its characters still has all of its text in reach', () => {
		const [[file = '', text = ''] = []] = [...fixtureService()];
		for (const at of cutsOf(text).filter(everyThirteenth)) {
			checkPrefix(text.slice(0, at) + text.slice(at + 1), file, at % 16 === 0);
		}
	});
});

corpusSuite('prefixes of the corpus, in steps', () => {
	test('give a tree, problems in the text and a spot', () => {
		for (const file of corpusFiles().filter((_, index) => index % 7 === 0)) {
			const text = readFileSync(path.join(corpus ?? '', file), 'utf8');
			for (let end = 0; end <= text.length; end += 499) {
				checkPrefix(text.slice(0, end), file, false);
			}
		}
	});
});
