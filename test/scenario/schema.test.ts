import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import { type JsonNode, readJsonTree } from '../../src/base/jsonTree';
import { eventNames, fieldsOf } from '../../src/scenario/journalFields';
import { readScenario } from '../../src/scenario/readScenario';
import { chaosWords, stepWords } from '../../src/scenario/stepWords';

const root = path.resolve(__dirname, '../..');
const schema = JSON.parse(readFileSync(path.join(root, 'schemas/lifecycle.schema.json'), 'utf8'));
const { step, chaos, entry } = schema.definitions;

suite('The schema of scenarios', () => {
	const ajv = new Ajv({ strict: false, formats: { regex: true } });
	const validate = ajv.compile(schema);

	test('knows every step and its arguments, and no others', () => {
		const names = [...stepWords.values()].flatMap(({ word, others }) => [word, ...others.map(other => other.name)]);
		assert.deepEqual(Object.keys(step.properties).sort(), [...new Set([...names, 'chaos', 'expect'])].sort());
	});

	test('asks for the arguments that a step needs', () => {
		const needed = [...stepWords.values()].flatMap(({ word, others }) => {
			const names = others.filter(other => !other.isOptional).map(other => other.name);
			return names.length > 0 ? [[word, names]] : [];
		});
		assert.deepEqual(step.dependencies, Object.fromEntries(needed));
	});

	test('knows every event that chance may choose', () => {
		assert.deepEqual(Object.keys(chaos.properties.events.properties).sort(), [...chaosWords].sort());
	});

	test('knows every entry of the journal with its fields', () => {
		assert.deepEqual([...entry.properties.event.enum].sort(), [...eventNames].sort());
		const fields = eventNames.flatMap(event => fieldsOf(event) ?? []);
		assert.deepEqual(Object.keys(entry.properties).sort(), [...new Set([...fields, 'event', 'within'])].sort());
	});

	test('explains every property', () => {
		const unexplained: string[] = [];
		const look = (node: unknown, place: string): void => {
			for (const [name, value] of Object.entries(typeof node === 'object' && node !== null ? node : {})) {
				if (place.endsWith('properties') && name !== '$schema' && typeof value.description !== 'string') {
					unexplained.push(`${place}.${name}`);
				}
				look(value, `${place}.${name}`);
			}
		};
		look(schema, '');
		assert.deepEqual(unexplained, []);
	});

	const samples = readdirSync(path.join(root, 'samples'), { recursive: true, encoding: 'utf8' }).filter(file =>
		file.endsWith('.lifecycle.json'),
	);
	for (const sample of samples) {
		test(`agrees with the reader about ${path.basename(sample)}`, () => {
			const text = readFileSync(path.join(root, 'samples', sample), 'utf8');
			assert.deepEqual(readScenario(text).problems, []);
			assert.ok(validate(plain(readJsonTree(text).root)), ajv.errorsText(validate.errors));
		});
	}

	test('every command has its place in a scenario of the samples', () => {
		const played = samples.flatMap(sample => {
			const { scenario } = readScenario(readFileSync(path.join(root, 'samples', sample), 'utf8'));
			return (
				scenario?.steps.flatMap(({ action }) => [action.command, ...('mode' in action ? [action.mode] : [])]) ?? []
			);
		});
		const modes = ['auto', 'manual', 'simultaneous'];
		assert.deepEqual(
			[...stepWords.keys(), ...modes, 'chaos'].filter(word => !played.some(each => each === word)),
			[],
		);
	});

	const wrong = [
		'{ "recycle": "Worker" }',
		'{ "set": "A", "setting": "S" }',
		'{ "suspend": false }',
		'{ "sleep": 5 }',
		'{ "unknown": true }',
		'{ "recycle": "A_IN_0", "expect": { "events": [{ "call": "OnStop" }] } }',
		'{ "chaos": { "seed": 1, "for": "1m", "rate": "6 per minute" } }',
	];
	for (const text of wrong) {
		test(`refuses ${text}`, () => {
			assert.equal(validate({ name: 'x', service: '.', steps: [JSON.parse(text)] }), false);
		});
	}
});

function plain(node: JsonNode | undefined): unknown {
	switch (node?.kind) {
		case 'object':
			return Object.fromEntries(node.properties.map(({ name, value }) => [name.text, plain(value)]));
		case 'array':
			return node.items.map(plain);
		default:
			return node?.value;
	}
}
