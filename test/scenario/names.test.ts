import assert from 'node:assert/strict';
import type { KnownService } from '../../src/scenario/checkScenario';
import { nameHover, nameProposals } from '../../src/scenario/names';
import { marked } from '../support/marked';
import { scenarioText } from './scenarios';

const service: KnownService = {
	configurations: ['Local', 'Cloud'],
	roles: [
		{ name: 'Front', count: 2, settings: ['Greeting', 'Colour'], localResources: ['Pages'] },
		{ name: 'Back', count: 1, settings: ['Limit'], localResources: [] },
	],
};
const instances = ['Front_IN_0', 'Front_IN_1', 'Back_IN_0'];
const targets = ['all', 'Front', 'Back', ...instances];

suite('the names of a service in its scenarios', () => {
	const proposals: readonly (readonly [step: string, labels: readonly string[]])[] = [
		['{ "recycle": "|" }', instances],
		['{ "recycle": "Fr|ont_IN_0" }', instances],
		['{ "recycle": | }', instances],
		['{ "recycle": "Front_IN_0|', instances],
		['{ "wait": "|", "state": "Ready" }', targets],
		['{ "wait": "all", "state": "|" }', []],
		['{ "scale": "|", "count": 2 }', ['Front', 'Back']],
		['{ "set": "Back", "setting": "|" }', ['Limit']],
		['{ "set": "", "setting": "|" }', ['Greeting', 'Colour', 'Limit']],
		['{ "write": "Front_IN_0", "resource": "|" }', ['Pages']],
		['{ "configure": "|" }', ['Local', 'Cloud']],
		['{ "chaos": { "seed": 1, "roles": ["|"] } }', ['Front', 'Back']],
		['{ "chaos": { "seed": 1, "roles": ["Front", |] } }', ['Front', 'Back']],
		['{ "expect": { "states": { "|": "Ready" } } }', targets],
		['{ "expect": { "events": [{ "event": "state", "instance": "|" }] } }', instances],
		['{ "expect": { "files": [{ "instance": "Front_IN_1", "resource": "|" }] } }', ['Pages']],
		['{ "|": "Front_IN_0" }', []],
		['{ "recycle": "Front_IN_0" } // "|"', []],
	];
	for (const [step, labels] of proposals) {
		test(`at ${step}`, () => {
			const { text, offset } = marked(scenarioText(step));
			assert.deepEqual(
				nameProposals(text, offset, service).map(({ label }) => label),
				labels,
			);
		});
	}

	const head: readonly (readonly [more: string, labels: readonly string[]])[] = [
		['"configuration": "|"', ['Local', 'Cloud']],
		['"roles": ["|"]', ['Front', 'Back']],
		['"counts": { "|": 1 }', ['Front', 'Back']],
		['"build": "|"', []],
	];
	for (const [more, labels] of head) {
		test(`at the head: ${more}`, () => {
			const { text, offset } = marked(scenarioText('', more));
			assert.deepEqual(
				nameProposals(text, offset, service).map(({ label }) => label),
				labels,
			);
		});
	}

	test('a proposal takes the place of the text with its quotation marks', () => {
		const { text, offset } = marked(scenarioText('{ "recycle": "Fr|ont" }'));
		const [first] = nameProposals(text, offset, service);
		assert.equal(
			first && text.slice(0, first.replace.start) + first.text + text.slice(first.replace.end),
			scenarioText('{ "recycle": "Front_IN_0" }'),
		);
	});

	const hovers: readonly (readonly [step: string, text: string | undefined])[] = [
		[
			'{ "recycle": "Fro|nt_IN_1" }',
			'Role `Front`: 2 instances in this configuration.\n\nSettings: `Greeting`, `Colour`\n\nLocal resources: `Pages`',
		],
		[
			'{ "wait": "staging:Ba|ck", "state": "Ready" }',
			'Role `Back`: 1 instance in this configuration.\n\nSettings: `Limit`',
		],
		['{ "set": "Front", "setting": "Colo|ur" }', 'Setting `Colour` of the role `Front`.'],
		['{ "write": "Front_IN_0", "resource": "Pa|ges" }', 'Local resource `Pages` of the role `Front`.'],
		['{ "set": "Front", "setting": "Col|or" }', undefined],
		['{ "recycle": "Nob|ody_IN_0" }', undefined],
		['{ "rec|ycle": "Front_IN_0" }', undefined],
	];
	for (const [step, expected] of hovers) {
		test(`hover at ${step}`, () => {
			const { text, offset } = marked(scenarioText(step));
			assert.equal(nameHover(text, offset, service)?.text, expected);
		});
	}

	test('every place of every prefix has an answer', () => {
		const text = scenarioText('{ "set": "Front", "setting": "Colour", "expect": { "states": { "all": "Ready" } } }');
		for (let end = 0; end <= text.length; end++) {
			assert.ok(Array.isArray(nameProposals(text.slice(0, end), end, service)));
		}
	});
});
