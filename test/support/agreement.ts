import { readFileSync } from 'node:fs';
import path from 'node:path';
import { formatOf } from '../../src/schema/catalog';
import { parse } from '../../src/xml/parser';
import { isTransform } from '../../src/xml/transform';
import { corpus, corpusFiles } from './corpus';
import { mutate } from './modelMutations';
import { ownVerdict, referenceVerdict } from './referenceVerdict';
import { random } from './textChanges';

/** How often the schemas and the reference agree on mutated files of the corpus, and what they disagree about. */
export interface Agreement {
	readonly cases: number;
	readonly different: readonly {
		readonly file: string;
		readonly text: string;
		readonly own: string;
		readonly reference: string;
	}[];
	/** How many of the cases have an error at all: a comparison of texts that are all right would say little. */
	readonly wrong: number;
}

export function agreement(count: number, seed: number): Agreement {
	const next = random(seed);
	const files = corpusFiles();
	const different: Agreement['different'][number][] = [];
	let cases = 0;
	let wrong = 0;
	while (cases < count) {
		const file = files[Math.floor(next() * files.length)] ?? '';
		const format = formatOf(file);
		let text = readFileSync(path.join(corpus ?? '', file), 'utf8');
		for (let changes = next() < 0.7 ? 1 : 2; changes > 0; changes--) {
			text = mutate(text, next);
		}
		const document = parse(text);
		// What is not well-formed is another matter, and a transform is no model.
		if (!format || document.problems.length > 0 || isTransform(document)) {
			continue;
		}
		cases++;
		const own = ownVerdict(document, format).join(', ');
		const reference = referenceVerdict(document, format).join(', ');
		wrong += reference === '' ? 0 : 1;
		if (own !== reference) {
			different.push({ file, text, own, reference });
		}
	}
	return { cases, different, wrong };
}
