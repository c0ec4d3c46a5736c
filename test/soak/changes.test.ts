import { readFileSync } from 'node:fs';
import path from 'node:path';
import { corpus, corpusFiles, corpusSuite } from '../support/corpus';
import { followService } from '../support/followService';
import { anyChange, keystroke, random } from '../support/textChanges';

corpusSuite('problems after changes in every service of the corpus', () => {
	test('are those of a look at everything, after 10,000 changes', () => {
		const next = random(6);
		const folders = [...new Set(corpusFiles().map(file => path.dirname(file)))];
		for (let round = 0; round < 1000; round++) {
			const folder = folders[round % folders.length];
			const files = corpusFiles().filter(file => path.dirname(file) === folder);
			const texts = files.map(file => [file, readFileSync(path.join(corpus ?? '', file), 'utf8')] as const);
			followService(new Map(texts), next() < 0.7 ? keystroke : anyChange, 10, next);
		}
	});
});
