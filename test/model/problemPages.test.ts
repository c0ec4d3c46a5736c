import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { problems as codeProblems } from '../../src/code/problems';
import { ruleCodes } from '../../src/model/problems';
import { problems as schemaProblems } from '../../src/schema/problems';
import { problems as syntaxProblems } from '../../src/xml/problems';

const folder = path.resolve(__dirname, '../../docs/problems');
const codes = [
	...ruleCodes,
	...Object.keys(schemaProblems),
	...Object.keys(syntaxProblems),
	...Object.keys(codeProblems),
];

suite('pages of the problems', () => {
	test('every code has one, with its meaning, reason, remedy and source', () => {
		for (const code of codes) {
			const text = readFileSync(path.join(folder, `${code}.md`), 'utf8');
			assert.match(
				text,
				new RegExp(
					`^# ${code}\n\n(Error|Warning|Information|Hint)[^\n]*\\. [^\n]+\n\n\\*\\*Why\\.\\*\\* [^\n]+\n(?:\n(?:- [^\n]+\n)+\n[^\n]+\n)?\n\\*\\*How to mend it\\.\\*\\* [^\n]+\n\n\\*\\*Source\\.\\*\\* [^\n]+\n$`,
				),
			);
		}
	});
	test('every page has a code, and every code one meaning', () => {
		assert.deepEqual(readdirSync(folder).sort(), codes.map(code => `${code}.md`).sort());
	});
});
