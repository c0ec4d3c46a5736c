import assert from 'node:assert/strict';
import { exportsRole } from '../../src/runner/moduleExports';

const roles: readonly string[] = [
	'exports.onStart = () => true;',
	'module.exports.run = async function () {};',
	'module.exports = { onStart, run, onStop };',
	'module.exports = { name: "x", async onStop() { await close(); } };',
	'module.exports = { limits: { a: 1 }, run: loop };',
	'export async function onStart() { return true; }',
	'export const run = () => loop();',
	'export { onStart };',
	'export { begin as onStart, run };',
	'export default { run() {} };',
	'"use strict";\nconst text = "}";\nmodule.exports = {\n\t// the start\n\tonStart,\n};',
];

const programs: readonly string[] = [
	'',
	"require('http').createServer().listen(process.env.PORT);",
	'exports.running = true;',
	'// exports.onStart = 1',
	'/* module.exports = { run } */',
	"console.log('exports.onStart = 1');",
	'const text = `export function run() {}`;',
	'function onStart() {} onStart();',
	'app.exports = { run };',
	'module.exports = { start: run };',
	'if (exports.run === undefined) { main(); }',
];

suite('Whether a JavaScript file is a role of ours', () => {
	for (const text of roles) {
		test(`yes: ${JSON.stringify(text)}`, () => assert.equal(exportsRole(text), true));
	}
	for (const text of programs) {
		test(`no: ${JSON.stringify(text)}`, () => assert.equal(exportsRole(text), false));
	}
});
