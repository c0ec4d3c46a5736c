import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Where the corpus of real models is: what `ROLEWRIGHT_CORPUS` names, else `../shared/corpus` beside the checkout. A clone
 * stands alone, so it may be absent; the tests over it are then skipped.
 */
export const corpus: string | undefined = [
	process.env.ROLEWRIGHT_CORPUS,
	path.resolve(__dirname, '..', '..', '..', 'shared', 'corpus'),
].find(folder => folder !== undefined && existsSync(folder));

/** The models of the corpus, by their paths below it with `/`. */
export function corpusFiles(): readonly string[] {
	return corpus === undefined
		? []
		: readdirSync(corpus, { recursive: true, encoding: 'utf8' })
				.filter(file => /\.(csdef|cscfg)$/i.test(file))
				.map(file => file.split(path.sep).join('/'))
				.sort();
}

/** A suite over the corpus: skipped, and that said, where it is absent. */
export function corpusSuite(name: string, body: () => void): void {
	if (corpus === undefined) {
		suite(name, () => {
			test('the corpus is absent: set ROLEWRIGHT_CORPUS to its folder', function () {
				this.skip();
			});
		});
	} else {
		suite(name, body);
	}
}
