import { readFileSync } from 'node:fs';
import path from 'node:path';
import { corpus, corpusFiles, corpusSuite } from '../support/corpus';
import { followChanges } from '../support/followChanges';
import { anyChange, keystroke, random } from '../support/textChanges';

corpusSuite('reading again what changed, in every file of the corpus', () => {
	test('gives the tree of a full reading after 100,000 changes', () => {
		const next = random(3);
		const files = corpusFiles();
		for (let round = 0; round < 100_000 / 20; round++) {
			const file = files[round % files.length] ?? '';
			const text = readFileSync(path.join(corpus ?? '', file), 'utf8');
			followChanges(text, next() < 0.7 ? keystroke : anyChange, 20, next);
		}
	});
});
