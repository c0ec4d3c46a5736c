import assert from 'node:assert/strict';
import { addItem, addProperty, type JsonValue, removeProperty } from '../../src/base/jsonEdits';
import { readJsonTree } from '../../src/base/jsonTree';
import { applyEdits } from '../../src/base/span';

suite('edits of JSON with comments', () => {
	const properties: readonly (readonly [before: string, path: string, value: JsonValue, after: string])[] = [
		['{}', 'a', 1, '{\n\t"a": 1\n}'],
		['{ }', 'a', 1, '{\n\t"a": 1\n}'],
		['{\r\n  "a": 1\r\n}\r\n', 'b', { c: [] }, '{\r\n  "a": 1,\r\n  "b": {\r\n    "c": []\r\n  }\r\n}\r\n'],
		['{\n  "a": 1, // of a\n}', 'b', 2, '{\n  "a": 1, // of a\n  "b": 2,\n}'],
		['{\n  "a": 1 // of a, the first\n}', 'b', 2, '{\n  "a": 1, // of a, the first\n  "b": 2\n}'],
		['{\n\t// nothing yet\n}', 'a', 1, '{\n\t// nothing yet\n\t"a": 1\n}'],
		['{ "a": 1 }', 'b', 2, '{ "a": 1,\n\t"b": 2\n}'],
		['{\n "r": {\n  "X": {}\n }\n}', 'r.Y.build', 'x', '{\n "r": {\n  "X": {},\n  "Y": {\n   "build": "x"\n  }\n }\n}'],
		['{\n\t"a": 1\n}', 'r.Y', {}, '{\n\t"a": 1,\n\t"r": {\n\t\t"Y": {}\n\t}\n}'],
		['\uFEFF{\n\t"a": "\\"}"\n}', 'b', null, '\uFEFF{\n\t"a": "\\"}",\n\t"b": null\n}'],
	];
	for (const [before, path, value, after] of properties) {
		test(`${path} in ${JSON.stringify(before)}`, () => {
			const edits = addProperty(before, path.split('.'), value) ?? assert.fail('no edit');
			assert.equal(applyEdits(before, edits), after);
		});
	}

	const items: readonly (readonly [before: string, after: string])[] = [
		['{}', '{\n\t"l": [\n\t\t{\n\t\t\t"n": 1\n\t\t}\n\t]\n}'],
		['{\n  "l": []\n}', '{\n  "l": [\n    {\n      "n": 1\n    }\n  ]\n}'],
		[
			'{\n\t"l": [\n\t\t{ "n": 0 }, /* last */\n\t\t// end\n\t]\n}',
			'{\n\t"l": [\n\t\t{ "n": 0 }, /* last */\n\t\t// end\n\t\t{\n\t\t\t"n": 1\n\t\t},\n\t]\n}',
		],
	];
	for (const [before, after] of items) {
		test(`a new last item in ${JSON.stringify(before)}`, () => {
			const edits = addItem(before, ['l'], { n: 1 }) ?? assert.fail('no edit');
			assert.equal(applyEdits(before, edits), after);
		});
	}

	const removals: readonly (readonly [before: string, path: string, after: string])[] = [
		['{ "a": 1 }', 'a', '{  }'],
		['{\n\t"a": 1,\n\t"b": 2\n}', 'a', '{\n\t"b": 2\n}'],
		['{\n\t"a": 1,\n\t"b": 2\n}', 'b', '{\n\t"a": 1\n}'],
		[
			'{\r\n\t"a": 1, // of a\r\n\t"b": { "c": [1, 2] }, // of b\r\n}',
			'b',
			'{\r\n\t"a": 1, // of a\r\n\t // of b\r\n}',
		],
		[
			'{\n\t"r": {\n\t\t"A": {}, "B": {} /* , */ , "C": 3\n\t}\n}',
			'r.B',
			'{\n\t"r": {\n\t\t"A": {},  /* , */  "C": 3\n\t}\n}',
		],
		['{ "a": 1 /* , */, "b": 2 }', 'b', '{ "a": 1 /* , */  }'],
	];
	for (const [before, path, after] of removals) {
		test(`${path} goes from ${JSON.stringify(before)}`, () => {
			const edits = removeProperty(before, path.split('.')) ?? assert.fail('no edit');
			assert.equal(applyEdits(before, edits), after);
			assert.deepEqual(readJsonTree(after).faults, []);
		});
	}

	test('what is not there is not removed', () => {
		assert.equal(removeProperty('{ "a": 1 }', ['b']), undefined);
		assert.equal(removeProperty('{ "a": 1 ', ['a']), undefined);
		assert.equal(removeProperty('', ['a']), undefined);
	});

	const refused: readonly (readonly [text: string, path: string])[] = [
		['{ "a": 1 }', 'a'],
		['{ "a": 1 }', 'a.b'],
		['{ "a": [] }', 'a.b'],
		['{ "a": 1 ', 'b'],
		['[]', 'b'],
		['', 'b'],
	];
	for (const [text, path] of refused) {
		test(`nothing is written for ${path} in ${JSON.stringify(text)}`, () => {
			assert.equal(addProperty(text, path.split('.'), 1), undefined);
		});
	}
});
