import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from '../../src/xml/parser';
import { reparse } from '../../src/xml/reparse';
import { corpus, corpusFiles, corpusSuite } from '../support/corpus';
import { followChanges } from '../support/followChanges';
import { anyChange, keystroke, random } from '../support/textChanges';

suite('reading again what changed', () => {
	const text = readFileSync(path.join(__dirname, '..', 'fixtures', 'models', 'ServiceDefinition.csdef'), 'utf8');

	test('what the change does not touch stays the same node, and moves', () => {
		const document = parse('<A>\n <B/>\n <!-- c -->\n <C x="1"/>\n</A>');
		const [, last] = document.root?.children ?? [];
		const after = reparse(document, '<A>\n <B long="er"/>\n <!-- c -->\n <C x="1"/>\n</A>');
		assert.equal(after.root?.children[1], last);
		const value = last?.attributes[0]?.rawValue;
		const start = after.text.indexOf('"1"') + 1;
		assert.equal(value?.start, start);
		assert.deepEqual(JSON.parse(JSON.stringify(value)), { start, end: start + 1, text: '1' });
	});

	for (const [what, change] of [
		['keystrokes', keystroke],
		['whatever may happen to a text', anyChange],
	] as const) {
		test(`${what} give the tree of a full reading`, () => {
			const next = random(1);
			let kept = 0;
			for (let round = 0; round < 4; round++) {
				kept += followChanges(text, change, 8, next);
			}
			assert.ok(kept > 10, `parts were kept ${kept} times of 32`);
		});
	}
});

corpusSuite('reading again what changed in the corpus', () => {
	test('gives the tree of a full reading', function () {
		this.timeout(60_000);
		const next = random(2);
		for (const file of corpusFiles().filter((_, index) => index % 40 === 0)) {
			followChanges(readFileSync(path.join(corpus ?? '', file), 'utf8'), next() < 0.7 ? keystroke : anyChange, 4, next);
		}
	});
});
