import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { problems, ruleCodes } from '../../src/model/problems';
import { problems as schemaProblems } from '../../src/schema/problems';

/** How many rows each section of cross-file-rules.md has. */
const rowsOfSections = [14, 7, 18, 7, 6, 5, 10, 10, 6, 7, 16, 10, 4];

interface Row {
	readonly rule: string;
	readonly code: string;
	readonly severity: string;
	readonly fix: string;
}

const rows: readonly Row[] = readFileSync(path.resolve(__dirname, '../../docs/rules.md'), 'utf8')
	.split('\n')
	.flatMap(line => {
		const [, rule, code, severity, fix] = line.split('|').map(cell => cell.trim());
		return rule && /^(?:\d+\.\w+|–)$/.test(rule) && code && severity && fix
			? [{ rule, code: code.replaceAll('`', ''), severity, fix }]
			: [];
	});

suite('the table of the rules', () => {
	test('has every row of the reference', () => {
		const expected = rowsOfSections.flatMap((count, section) =>
			Array.from({ length: count }, (_, index) => `${section + 1}.${index + 1}`),
		);
		const there = new Set(rows.map(({ rule }) => rule));
		assert.deepEqual(
			[...expected, '3.a', '6.a', '6.b'].filter(rule => !there.has(rule)),
			[],
		);
	});
	test('names every code of the rules, and none that is gone', () => {
		const there = new Set(rows.map(({ code }) => code));
		assert.deepEqual(
			ruleCodes.filter(code => !there.has(code)),
			[],
		);
		const known = [...ruleCodes, ...Object.keys(schemaProblems), 'none'];
		assert.deepEqual(
			[...there].filter(code => !known.includes(code)),
			[],
		);
	});
	test('says how severe each is, as its page does', () => {
		for (const { code, severity } of rows.filter(({ code }) => Object.hasOwn(problems, code))) {
			const page = readFileSync(path.resolve(__dirname, `../../docs/problems/${code}.md`), 'utf8');
			const first = /^(\w+)/.exec(severity)?.[1] ?? '';
			assert.match(page, new RegExp(`^# ${code}\n\n${first}`), code);
		}
	});
	test('every code fires in a test', () => {
		// The two of comments are tested with the diagnostics, which read them.
		const fired = new Set(['ignoreWithoutReason', 'unusedIgnore']);
		for (const [file, form] of [
			['rules.test.ts', /: (?:warning )?(\w+) '/g],
			['rules/definition.test.ts', /code: '(\w+)'/g],
			['rules/configuration.test.ts', /code: '(\w+)'/g],
		] as const) {
			for (const [, code = ''] of readFileSync(path.join(__dirname, file), 'utf8').matchAll(form)) {
				fired.add(code);
			}
		}
		assert.deepEqual(
			ruleCodes.filter(code => !fired.has(code)),
			[],
		);
	});
});
