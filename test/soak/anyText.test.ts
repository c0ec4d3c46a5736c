import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { acceptEverywhere } from '../support/acceptance';
import { corpus, corpusFiles, corpusSuite } from '../support/corpus';
import { tryEverything } from '../support/everyFeature';
import { mutate } from '../support/modelMutations';
import { smallService } from '../support/smallTexts';
import { anyChange, keystroke, random } from '../support/textChanges';

suite('a million texts', () => {
	test('no feature fails or takes two seconds, and none proposes edits of what it is not about', () => {
		const next = random(11);
		for (let count = 0; count < 1_000_000; count += 2) {
			const texts = smallService(next);
			const start = performance.now();
			tryEverything(texts, next);
			assert.ok(performance.now() - start < 2000, [...texts.values()].join('\n'));
		}
	});
});

corpusSuite('the services of the corpus, changed', () => {
	const folders = [...new Set(corpusFiles().map(file => path.dirname(file)))];
	const serviceIn = (folder: string) =>
		new Map(
			corpusFiles()
				.filter(file => path.dirname(file) === folder)
				.map(file => [file, readFileSync(path.join(corpus ?? '', file), 'utf8')]),
		);

	test('no feature fails, in 10,000 texts', () => {
		const next = random(12);
		for (let round = 0; round < 2500; round++) {
			const texts = serviceIn(folders[round % folders.length] ?? '');
			for (let changes = 0; changes < 4; changes++) {
				const file = [...texts.keys()][Math.floor(next() * texts.size)] ?? '';
				const change = next() < 0.3 ? mutate : next() < 0.5 ? keystroke : anyChange;
				texts.set(file, change(texts.get(file) ?? '', next));
				tryEverything(texts, next);
			}
		}
	});

	test('a proposal that is accepted makes no error, at 20,000 places', () => {
		const next = random(13);
		for (let round = 0; round < 1000; round++) {
			acceptEverywhere(serviceIn(folders[round % folders.length] ?? ''), 20, next);
		}
	});
});
