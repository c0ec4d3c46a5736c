import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { severityCodes, severityProblems } from '../../src/language/severityCodes';

/** What a project may choose the severity of. */

const root = path.join(__dirname, '../..');

/** The codes that have no effect in this text. */
function found(text: string): readonly string[] {
	return severityProblems(text).map(({ span }) => text.slice(span.start, span.end));
}

suite('the severity of a code', () => {
	test('each code that may be chosen has its page, and the schema proposes just these', () => {
		assert.deepEqual(
			severityCodes.filter(code => !existsSync(path.join(root, 'docs/problems', `${code}.md`))),
			[],
		);
		const schema = JSON.parse(readFileSync(path.join(root, 'schemas/rolewright.schema.json'), 'utf8'));
		assert.deepEqual(schema.properties.severity.propertyNames.enum, severityCodes);
	});

	test('a half-written file has problems only where a code stands', () => {
		const texts = ['', '{', '[]', '{"severity"', '{"severity": "off"}', '{"severity": {"unknownSetting": '];
		assert.deepEqual(texts.flatMap(found), []);
		assert.deepEqual(found('\uFEFF{"severity": {"unknownSetting": "off", "unused'), ['"unused']);
		assert.deepEqual(found('{"roles": {"severity": {"x": "off"}}, "severity": {"": "off",}}'), ['""']);
	});
});
