import assert from 'node:assert/strict';
import { applyEdits } from '../../src/base/span';
import { renameMentions } from '../../src/language/roleMentions';

/** The text after a rename of `Worker` to `Mill`. */
function becomes(path: string, text: string, expected: string): void {
	const [found] = renameMentions([{ path, text }], 'Worker', 'Mill');
	assert.equal(applyEdits(text, found?.edits ?? []), expected);
}

suite('a renamed role in the files beside the model', () => {
	test('rolewright.json: what it says of the role', () => {
		becomes(
			'/s/rolewright.json',
			'{ // of Worker\n "roles": { "Worker": { "run": "Worker" }, "Worker2": {} }, "severity": { "Worker": "off" } }',
			'{ // of Worker\n "roles": { "Mill": { "run": "Worker" }, "Worker2": {} }, "severity": { "Worker": "off" } }',
		);
	});
	test('launch.json: the instances to debug', () => {
		becomes(
			'/s/.vscode/launch.json',
			'{"configurations":[{"name":"Worker","instances":["Worker_IN_0","Workers_IN_0","Worker_IN_12"]}]}',
			'{"configurations":[{"name":"Worker","instances":["Mill_IN_0","Workers_IN_0","Mill_IN_12"]}]}',
		);
	});
	test('a scenario: what is done to the role, and what is expected of it', () => {
		becomes(
			'/s/a.lifecycle.json',
			'{"name":"Worker","service":"..","counts":{"Worker":2},"steps":[{"recycle":"Worker_IN_1"},{"set":{"role":"Worker","setting":"Worker","value":"Worker"}}]}',
			'{"name":"Worker","service":"..","counts":{"Mill":2},"steps":[{"recycle":"Mill_IN_1"},{"set":{"role":"Mill","setting":"Worker","value":"Worker"}}]}',
		);
	});
	test('broken JSON is left alone where it says nothing', () => {
		becomes('/s/rolewright.json', '{ "roles": { "Other": ', '{ "roles": { "Other": ');
	});
});
