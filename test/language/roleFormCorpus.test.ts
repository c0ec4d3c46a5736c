import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { applyEdits, type Edit } from '../../src/base/span';
import { matrixOf, valueIn } from '../../src/compare/matrix';
import { setValue } from '../../src/compare/matrixEdits';
import { type ParsedFile, parseFile, serviceOf } from '../../src/language/documents';
import { roleForm } from '../../src/language/roleForm';
import { setField } from '../../src/language/roleFormEdits';
import type { XmlElement } from '../../src/xml/syntax';
import { corpus, corpusFiles, corpusSuite } from '../support/corpus';

/** Whatever has to be escaped somewhere. */
const hard = `a<b & "c" 'd'`;

/** A portion of the files and of their fields, or all of them takes minutes. */
const everyNth = 29;
const portion = (ending: RegExp) => corpusFiles().filter((file, index) => ending.test(file) && index % 7 === 0);

corpusSuite('forms over the corpus', () => {
	const read = (file: string, format: ParsedFile['format']) =>
		parseFile(`/s/${path.posix.basename(file)}`, format, readFileSync(path.join(corpus ?? '', file), 'utf8'));
	const written = (file: ParsedFile, edits: readonly Edit[]) =>
		parseFile(file.path, file.format, applyEdits(file.document.text, edits));

	test('a field of a role takes any value, and nothing else changes', () => {
		let count = 0;
		for (const name of portion(/\.csdef$/i)) {
			const file = read(name, 'csdef');
			const service = serviceOf([file]);
			for (const role of service.definition?.roles.flatMap(each => each.name?.text ?? []) ?? []) {
				const fields = (from: ParsedFile) => {
					const form = roleForm(from, serviceOf([from]), role);
					return [form?.own, ...(form?.entries ?? [])].flatMap(entry => entry?.fields ?? []);
				};
				const before = fields(file);
				for (const [index, field] of before.entries()) {
					if (service.definition && field.value !== undefined && count++ % everyNth === 0) {
						const edits = setField(service.definition, role, field, hard) ?? assert.fail(`${name}: stale`);
						const after = written(file, edits);
						const values = fields(after).map(each => each.value);
						assert.deepEqual(
							values,
							before.map((each, at) => (at === index ? hard : each.value)),
							`${name}: ${role}: ${field.element}/${field.attribute}`,
						);
						assert.equal(outside(after), outside(file), name);
					}
				}
			}
		}
		assert.ok(count > 100, `${count} fields`);
	});

	test('a cell of a configuration takes any value, and nothing else changes', () => {
		let count = 0;
		for (const name of portion(/\.cscfg$/i)) {
			const file = read(name, 'cscfg');
			const service = serviceOf([file]);
			const [configuration] = service.configurations;
			for (const row of matrixOf(service).rows) {
				if (configuration && row.cells[0]?.span && count++ % everyNth === 0) {
					const after = written(file, setValue(configuration, row, hard));
					const [changed = assert.fail('no configuration')] = serviceOf([after]).configurations;
					assert.equal(valueIn(changed, row), hard, name);
					assert.equal(outside(after), outside(file), name);
				}
			}
		}
		assert.ok(count > 100, `${count} cells`);
	});
});

/** The text without the values of attributes. */
function outside({ document }: ParsedFile): string {
	const values: Edit[] = [];
	const visit = (element: XmlElement): void => {
		values.push(...element.attributes.flatMap(({ rawValue }) => (rawValue ? [{ span: rawValue, text: '' }] : [])));
		element.children.forEach(visit);
	};
	if (document.root) {
		visit(document.root);
	}
	return applyEdits(document.text, values);
}
