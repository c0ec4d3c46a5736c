import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { parse } from '../../src/xml/parser';
import { corpus, corpusFiles, corpusSuite } from '../support/corpus';
import { fixtureService } from '../support/followService';
import { checkPrefix, cutsOf } from '../support/prefixes';

suite('every prefix', () => {
	for (const [file, text] of fixtureService()) {
		test(`of ${file} gives a tree, problems in the text and a spot`, () => {
			for (const end of cutsOf(text)) {
				const found = checkPrefix(text.slice(0, end), file, true);
				assert.equal(found === 0, end >= text.trimEnd().length, `cut off at ${end}`);
			}
		});
		test(`${file} without one of its characters still has all of its text in reach`, () => {
			for (const at of cutsOf(text)) {
				checkPrefix(text.slice(0, at) + text.slice(at + 1), file, true);
			}
		});
	}
});

corpusSuite('every prefix of the corpus, in steps', () => {
	test('gives a tree, problems in the text and a spot', () => {
		for (const file of corpusFiles()) {
			const text = readFileSync(path.join(corpus ?? '', file), 'utf8');
			// A prime step meets every kind of place; the fixtures are cut at every one.
			for (let end = 0; end <= text.length; end += 97) {
				checkPrefix(text.slice(0, end), file, false);
			}
		}
	});
	test('fast-xml-parser finds the same files well-formed', () => {
		const differing = corpusFiles().filter(file => {
			const text = readFileSync(path.join(corpus ?? '', file), 'utf8').replace(/^\uFEFF/, '');
			const ours = parse(text).problems.every(problem => problem.severity !== 'error');
			return ours !== (XMLValidator.validate(text) === true);
		});
		// Both files have a bare '<' in the value of an attribute, and one of them a bare '&': XML 1.0 forbids both (2.4, 3.1),
		// and xmllint refuses both files, but fast-xml-parser lets them pass.
		assert.equal(XMLValidator.validate('<a b="1 < 2 & 3"/>'), true);
		assert.deepEqual(differing, [
			'dtPaTh__Dynatrace-Azure-CloudServices/1/ServiceConfiguration.Cloud.cscfg',
			'tjanczuk__git-azure/3/bootstrap.csdef',
		]);
	});
});
