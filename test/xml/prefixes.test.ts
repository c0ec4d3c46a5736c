import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { formatOf } from '../../src/schema/catalog';
import { validateSchema } from '../../src/schema/validation';
import { parse } from '../../src/xml/parser';
import { spotAt } from '../../src/xml/spot';
import type { XmlDocument, XmlNode } from '../../src/xml/syntax';
import { corpus, corpusFiles, corpusSuite } from '../support/corpus';

const fixtures = path.resolve(__dirname, '..', 'fixtures', 'models');

suite('every prefix of every file', () => {
	for (const file of readdirSync(fixtures)) {
		test(`${file} gives a tree, problems in the text and a spot`, () => {
			const text = readFileSync(path.join(fixtures, file), 'utf8');
			for (const end of cutsOf(text)) {
				const found = checkPrefix(text.slice(0, end), file, end % 16 === 0);
				assert.equal(found === 0, end >= text.trimEnd().length, `cut off at ${end}`);
			}
		});
	}
	test('a file without one of its characters still has all of its text in reach', () => {
		const text = readFileSync(path.join(fixtures, 'ServiceConfiguration.Cloud.cscfg'), 'utf8');
		for (const at of cutsOf(text)) {
			checkPrefix(text.slice(0, at) + text.slice(at + 1), 'ServiceConfiguration.Cloud.cscfg', at % 16 === 0);
		}
	});
});

corpusSuite('every prefix of the corpus, in steps', () => {
	test('gives a tree, problems in the text and a spot', function () {
		this.timeout(60_000);
		for (const file of corpusFiles()) {
			const text = readFileSync(path.join(corpus ?? '', file), 'utf8');
			// A prime step meets every kind of place; the fixtures are cut at every one.
			for (let end = 0; end <= text.length; end += 499) {
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

/** Every place where a text can be cut, but for those deep inside a word or a run of blanks: they are all alike. */
function cutsOf(text: string): readonly number[] {
	const alike = /^(?:\w{4}|\s{4})$/;
	return Array.from({ length: text.length + 1 }, (_, at) => at).filter(
		at => !alike.test(text.slice(Math.max(0, at - 2), at + 2)),
	);
}

/** Checks what holds for any text; answers with the number of its syntax problems. */
function checkPrefix(text: string, file: string, withSchema: boolean): number {
	const document = parse(text);
	const problems = [...document.problems, ...(withSchema ? validateSchema(document, formatOf(file) ?? 'csdef') : [])];
	for (const { span, message } of problems) {
		assert.ok(
			0 <= span.start && span.start <= span.end && span.end <= text.length,
			`${file} ${text.length}: ${message}`,
		);
	}
	checkNesting(document, document.content, 0, text.length);
	const { replace } = { replace: { start: text.length, end: text.length }, ...spotAt(document, text.length) };
	assert.ok(replace.start <= text.length && replace.end >= text.length, `${file} ${text.length}: spot`);
	return document.problems.length;
}

/** Nodes stand one after the other inside their parent. */
function checkNesting(document: XmlDocument, content: readonly XmlNode[], start: number, end: number): void {
	let at = start;
	for (const node of content) {
		assert.ok(
			at <= node.start && node.start <= node.end && node.end <= end,
			`a node leaves its parent at ${node.start}`,
		);
		at = node.end;
		if (node.kind === 'element') {
			checkNesting(document, node.content, node.openTag.end, node.closeTag?.start ?? node.end);
		}
	}
}
