import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Format, formatOf } from '../../src/schema/catalog';
import { validateSchema } from '../../src/schema/validation';
import { parse } from '../../src/xml/parser';
import { isTransform } from '../../src/xml/transform';
import { corpus, corpusFiles, corpusSuite } from '../support/corpus';
import { mutate } from '../support/modelMutations';
import { referenceXsd } from '../support/referenceXsd';
import { random } from '../support/textChanges';

corpusSuite('agreement with libxml2 and an XML Schema made from the statements of the reference', () => {
	test('whether there is an error, and on which line the first one is, in 99.5 of 100 at least', function () {
		if (spawnSync('xmllint', ['--version']).status !== 0) {
			this.skip();
		}
		const folder = mkdtempSync(path.join(os.tmpdir(), 'rolewright-xsd-'));
		try {
			const next = random(21);
			const files = corpusFiles();
			const different: string[] = [];
			let cases = 0;
			while (cases < 4000) {
				const file = files[Math.floor(next() * files.length)] ?? '';
				const text = mutate(readFileSync(path.join(corpus ?? '', file), 'utf8'), next);
				const format = formatOf(file);
				const document = parse(text);
				// libxml2 refuses `xml:lang`, which the platform's validator accepts anywhere (cscfg.md 7.1).
				const comparable = document.problems.length === 0 && !isTransform(document) && !text.includes('xml:lang');
				if (!format || !comparable) {
					continue;
				}
				cases++;
				const own = validateSchema(document, format).filter(({ severity }) => severity === 'error');
				const first = Math.min(...own.map(({ span }) => text.slice(0, span.start).split('\n').length));
				const theirs = firstLine(folder, format, text);
				if (first !== theirs) {
					different.push(`${file}: ${first}, not ${theirs}\n${text}`);
				}
			}
			console.log(`      ${different.length} of ${cases} differ`);
			assert.ok(different.length <= cases * 0.005, different[0]);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});
});

/** The line of the first error, `Infinity` for none. */
function firstLine(folder: string, format: Format, text: string): number {
	const version = /schemaVersion\s*=\s*["']([^"']*)/.exec(text)?.[1] ?? '';
	const sites = /^\d{4}-\d\d\./.test(version) && version >= '2014-06.2.4';
	const schema = path.join(folder, `${format}-${sites}.xsd`);
	writeFileSync(schema, referenceXsd(format, sites));
	// The label of the encoding is about bytes.
	const input = text.replace(/encoding="utf-16"/i, 'encoding="utf-8"');
	const { stderr } = spawnSync('xmllint', ['--noout', '--schema', schema, '-'], { input, encoding: 'utf8' });
	const lines = [...stderr.matchAll(/^-:(\d+): element/gm)].map(([, line]) => Number(line));
	return Math.min(...lines);
}
