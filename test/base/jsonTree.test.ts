import assert from 'node:assert/strict';
import { type JsonNode, readJsonTree } from '../../src/base/jsonTree';

suite('JSON with places', () => {
	const read: readonly (readonly [text: string, value: unknown])[] = [
		['{}', {}],
		['[1, -2.5e3, true, false, null]', [1, -2500, true, false, null]],
		['{ "a": { "b": ["c", "\\u00e9\\n\\""] } }', { a: { b: ['c', 'é\n"'] } }],
		['// before\n{ /* in */ "a": 1, // behind\n}', { a: 1 }],
		['[1, 2,]', [1, 2]],
		['\uFEFF{ "url": "http://a//b/*c*/" }', { url: 'http://a//b/*c*/' }],
	];
	for (const [text, value] of read) {
		test(`reads ${JSON.stringify(text)}`, () => {
			const { root, faults } = readJsonTree(text);
			assert.deepEqual(faults, []);
			assert.deepEqual(plain(root), value);
		});
	}

	const wrong: readonly (readonly [text: string, value: unknown, ...faults: string[]])[] = [
		['', undefined, "'': A value is missing here."],
		['{ "a": 1', { a: 1 }, `'': The closing "}" is missing.`],
		['{ "a" 1 }', { a: 1 }, `'1': A colon is missing after "a".`],
		['{ "a": , "b": 2 }', { b: 2 }, `'"a"': The value of "a" is missing.`],
		['{ "a": 1 "b": 2 }', { a: 1, b: 2 }, `'"b"': A comma is missing before this.`],
		['[1, word]', [1, 'word'], `'word': "word" is no value: write a text in quotation marks, a number, true or false.`],
		[
			'["open\n]',
			['open'],
			`'"open': This text is not well-formed: it ends with a quotation mark on the same line, and a backslash in it is written twice.`,
		],
		['{ 1: 2, "b": 3 }', { b: 3 }, "'1': The name of a property is missing here: write it in quotation marks."],
		['{} {}', {}, "'{': There is more text after the end."],
	];
	for (const [text, value, ...sentences] of wrong) {
		test(`says what is wrong in ${JSON.stringify(text)}`, () => {
			const { root, faults } = readJsonTree(text);
			assert.deepEqual(plain(root), value);
			const found = faults.map(({ message, span }) => `'${text.slice(span.start, span.end)}': ${message}`);
			assert.deepEqual(found.slice(0, 1), sentences);
		});
	}

	test('every prefix gives a tree whose places are inside it, and faults where something is missing', () => {
		const text = '{ // c\n"a": [1, { "b": "x\\"y" }, null], /* d */ "e": { "f": true, } }';
		for (let end = 0; end < text.length; end++) {
			const prefix = text.slice(0, end);
			const { root, faults } = readJsonTree(prefix);
			assert.ok(faults.length > 0, prefix);
			for (const { start, end: last } of [...faults.map(fault => fault.span), ...spans(root)]) {
				assert.ok(0 <= start && start <= last && last <= prefix.length, `${prefix} ${start} ${last}`);
			}
		}
	});

	test('brackets without end are a fault and no overflow', () => {
		assert.match(readJsonTree('['.repeat(100_000)).faults[0]?.message ?? '', /nested too deeply/);
	});
});

function plain(node: JsonNode | undefined): unknown {
	switch (node?.kind) {
		case 'object':
			return Object.fromEntries(
				node.properties.flatMap(({ name, value }) => (value ? [[name.text, plain(value)]] : [])),
			);
		case 'array':
			return node.items.map(plain);
		default:
			return node?.value;
	}
}

function spans(node: JsonNode | undefined): readonly { readonly start: number; readonly end: number }[] {
	switch (node?.kind) {
		case 'object':
			return [node.span, ...node.properties.flatMap(({ name, value }) => [name, ...spans(value)])];
		case 'array':
			return [node.span, ...node.items.flatMap(spans)];
		default:
			return node ? [node.span] : [];
	}
}
