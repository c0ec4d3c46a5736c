import assert from 'node:assert/strict';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { junitXml, type TestReport } from '../../src/scenario/junit';

const passed: TestReport = {
	name: 'It works',
	file: './samples/a.b/One.lifecycle.json',
	outcome: 'passed',
	duration: 1_234.4,
	failures: [],
};

const failed: TestReport = {
	name: 'Wicked <&"\'> \u001b[31mname\u0000',
	file: 'c:\\x & y\\two.lifecycle.json',
	outcome: 'failed',
	duration: 10,
	failures: [
		{
			...{
				line: 3,
				column: 7,
				step: 'recycle A_IN_0',
				expected: '{ "a": "<b>" }',
				instead: 'line\r\n]]> & \ud800\tend',
			},
			journal: ['10:00:00.000 A_IN_0 <output> \u001b[0m 🙂', '10:00:01.000 - "quoted"'],
		},
	],
};

suite('JUnit XML', () => {
	const xml = junitXml(
		[passed, failed, { ...failed, outcome: 'broken' }, { ...passed, outcome: 'skipped' }],
		new Date(0),
	);

	test('is well-formed, whatever is in the names and messages', () => {
		assert.equal(XMLValidator.validate(xml), true);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot hold.
		assert.doesNotMatch(xml, /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
		assert.match(xml, /message="[^"\n]*instead line&#10;\]\]&gt; &amp; \uFFFD&#9;end"/);
		assert.equal(Buffer.from(xml).toString(), xml);
	});

	test('counts what the schema of Jenkins wants to be counted', () => {
		const parsed = new XMLParser({ ignoreAttributes: false }).parse(xml);
		const { testsuite, ...totals } = parsed.testsuites;
		assert.deepEqual(totals, {
			...{ '@_name': 'rolewright test', '@_tests': '4', '@_failures': '1', '@_errors': '1' },
			'@_time': '2.489',
		});
		assert.deepEqual(
			testsuite.map((suite: Record<string, string>) => [
				suite['@_tests'],
				suite['@_failures'],
				suite['@_errors'],
				suite['@_skipped'],
			]),
			[
				['1', '0', '0', '0'],
				['1', '1', '0', '0'],
				['1', '0', '1', '0'],
				['1', '0', '0', '1'],
			],
		);
		assert.deepEqual(
			testsuite.map((suite: { testcase: object }) => Object.keys(suite.testcase).filter(key => !key.startsWith('@'))),
			[[], ['failure'], ['error'], ['skipped']],
		);
	});

	test('says what is known of a scenario that passed', () => {
		assert.equal(
			junitXml([passed], new Date(Date.UTC(2026, 0, 5, 10, 0, 0))),
			`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="rolewright test" tests="1" failures="0" errors="0" time="1.234">
  <testsuite name="./samples/a.b/One.lifecycle.json" file="./samples/a.b/One.lifecycle.json" timestamp="2026-01-05T10:00:00" tests="1" failures="0" errors="0" skipped="0" time="1.234">
    <testcase name="It works" classname="samples.a_b.One" time="1.234"></testcase>
  </testsuite>
</testsuites>
`,
		);
	});

	test('a failure has its place, what was expected, what came instead and the journal', () => {
		const text = new XMLParser({ ignoreAttributes: false }).parse(junitXml([failed], new Date(0)));
		const { failure } = text.testsuites.testsuite.testcase;
		assert.equal(failure['@_type'], 'failed');
		assert.equal(
			failure['#text'],
			`c:\\x & y\\two.lifecycle.json:3:7
step: recycle A_IN_0
expected: { "a": "<b>" }
instead: line
]]> & \uFFFD\tend
journal:
  10:00:00.000 A_IN_0 <output> \uFFFD[0m 🙂
  10:00:01.000 - "quoted"`,
		);
	});

	test('has no element and no attribute that Jenkins does not know, and all that it asks for', () => {
		const [root] = new XMLParser({ ignoreAttributes: false, preserveOrder: true, parseAttributeValue: false })
			.parse(xml)
			.filter((node: object) => !Object.hasOwn(node, '?xml'));
		assert.deepEqual(wrongFor('', root), []);
		assert.deepEqual(wrongFor('', { testsuite: [{ surprise: [] }], ':@': { '@_name': 'a', '@_tests': '1' } }), [
			'testsuite has no failures',
			'testsuite has no errors',
			'surprise in testsuite',
		]);
	});
});

/** The rules of `junit-10.xsd` of Jenkins' xunit plugin: what may stand in an element, and what it needs. */
const rules: Readonly<Record<string, { in: string[]; attributes: string[]; required?: string[] }>> = {
	testsuites: { in: [''], attributes: ['name', 'time', 'tests', 'failures', 'errors'] },
	testsuite: {
		in: ['', 'testsuites', 'testsuite'],
		attributes: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
		required: ['name', 'tests', 'failures', 'errors'],
	},
	testcase: { in: ['testsuite'], attributes: ['time', 'classname', 'group'], required: ['name'] },
	skipped: { in: ['testcase'], attributes: ['type', 'message'] },
	error: { in: ['testcase'], attributes: ['type', 'message'] },
	failure: { in: ['testcase'], attributes: ['type', 'message'] },
};

/** `SUREFIRE_TIME`, which `time` of a suite has to be. */
const surefireTime = /^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?$/;

function wrongFor(parent: string, node: Readonly<Record<string, unknown>>): readonly string[] {
	const name = Object.keys(node).find(key => key !== ':@') ?? '';
	if (name === '#text') {
		return ['failure', 'error', 'skipped'].includes(parent) || !String(node[name]).trim() ? [] : [`text in ${parent}`];
	}
	const rule = rules[name];
	if (!rule?.in.includes(parent)) {
		return [`${name} in ${parent}`];
	}
	const { required = [], attributes } = rule;
	const given = Object.entries((node[':@'] ?? {}) as Record<string, string>).map(([key, value]) => [
		key.slice(2),
		value,
	]);
	const children = node[name] as readonly Record<string, unknown>[];
	return [
		...required.filter(one => !given.some(([key]) => key === one)).map(one => `${name} has no ${one}`),
		...given.flatMap(([key = '', value = '']) => {
			const isKnown = attributes.includes(key) || required.includes(key);
			const isTime = key !== 'time' || !name.startsWith('testsuite') || surefireTime.test(value);
			return isKnown && isTime ? [] : [`${name}/@${key}="${value}"`];
		}),
		...children.flatMap(child => wrongFor(name, child)),
	];
}
