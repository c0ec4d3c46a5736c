import { readFileSync } from 'node:fs';
import path from 'node:path';
import { corpus, corpusFiles, corpusSuite } from '../support/corpus';
import { formatBroken, formatHolds } from '../support/formatting';

corpusSuite('format: every file of the corpus', () => {
	test('twice is once, and nothing but blanks changes', () => {
		for (const file of corpusFiles()) {
			formatHolds(readFileSync(path.join(corpus ?? '', file), 'utf8'));
		}
	});
	test('of 20,000 broken texts too', () => formatBroken(20_000, 2));
});
