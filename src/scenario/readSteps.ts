import type { JsonNode } from '../base/jsonTree';
import { nearest } from '../base/nearest';
import type { Token } from '../base/span';
import { parseScriptLine } from '../runner/script';
import { readChaos } from './chaos';
import { readExpectations, readResourceFile } from './readExpectations';
import type { Step, StepAction, StepNames } from './scenario';
import type { Properties, Shape } from './shape';
import { lineOf, type StepArgument, type StepWord, stepWords } from './stepWords';

/** `patience`: how long a step may take that says nothing of it. */
export function readStep(node: JsonNode, shape: Shape, patience: number): Step | undefined {
	const object = shape.object(node, 'A step');
	if (!object) {
		return undefined;
	}
	const words = [...object.names.keys()].filter(name => name === 'chaos' || isWord(name, object));
	const [name, second] = words;
	if (name !== undefined && second !== undefined) {
		return shape.wrong(`A step does one thing: write "${name}" and "${second}" as two steps.`, object.span);
	}
	const expect = readExpectations(object.get('expect'), shape, patience);
	const read = actionOf(name, object, shape, patience);
	return read && { span: object.span, ...read, expect };
}

type Read = Pick<Step, 'text' | 'action' | 'names'>;

function actionOf(name: string | undefined, object: Properties, shape: Shape, patience: number): Read | undefined {
	if (name === 'chaos') {
		shape.only(object, ['chaos', 'expect'], 'A step of chaos');
		return readChaos(object.get('chaos'), shape, patience);
	}
	const word = name === undefined ? undefined : stepWords.get(name);
	if (word) {
		return readCommand(word, object, shape, patience);
	}
	if (object.names.size === 1 && object.names.has('expect')) {
		return { text: 'check', action: { command: 'check' }, names: {} };
	}
	const [unknown] = [...object.names.values()].filter(one => one.text !== 'expect');
	return shape.wrong(
		unknown ? unknownStep(unknown.text) : 'Say what is to be done, for example { "recycle": "Worker_IN_0" }.',
		unknown ?? object.span,
	);
}

/** A command's word may be the name of another one's argument; the one that stands first in the step is meant. */
function isWord(name: string, object: Properties): boolean {
	const [first] = object.names.keys();
	const isArgument = first !== undefined && stepWords.get(first)?.others.some(other => other.name === name);
	return stepWords.has(name) && (name === first || !isArgument);
}

function readCommand(word: StepWord, object: Properties, shape: Shape, patience: number): Read | undefined {
	const known = [word.word, ...word.others.map(other => other.name), 'expect'];
	shape.only(object, known, `A step "${word.word}"`);
	const first = word.first && { ...word.first, name: word.word };
	const wanted = [...(first ? [first] : []), ...word.others];
	const values = wanted.map(each => readArgument(each, object, shape));
	if (!first) {
		const told = object.get(word.word);
		if (told?.kind !== 'value' || told.value !== true) {
			return shape.wrong(`Write this step as { "${word.word}": true }.`, told?.span ?? object.span);
		}
	}
	const missing = wanted.filter((each, index) => values[index] === undefined && !each.isOptional);
	if (missing.length > 0) {
		const absent = missing.filter(each => !object.names.has(each.name)).map(each => `"${each.name}"`);
		return absent.length > 0
			? shape.wrong(`A step "${word.word}" needs ${absent.join(' and ')}.`, object.span)
			: undefined;
	}
	const given = values.flatMap(value => (value === undefined ? [] : [value]));
	const names = namesOf(wanted, values);
	return word.word === 'write'
		? readWrite(given, object, shape, names)
		: readLine(word, given, object, shape, { names, patience });
}

/** The text of an argument; a time or a number is read by the command itself. */
function readArgument(each: StepArgument, object: Properties, shape: Shape): Token | undefined {
	const node = object.get(each.name);
	if (node?.kind === 'value' && typeof node.value === 'number') {
		return { ...node.span, text: String(node.value) };
	}
	if (each.isOptional && node?.kind === 'value' && node.value === true) {
		return undefined;
	}
	const mayBeEmpty = each.placeholder === 'VALUE' || each.placeholder === 'TEXT';
	const text = mayBeEmpty ? shape.text(node, `"${each.name}"`) : shape.word(node, `"${each.name}"`)?.text;
	return node && text !== undefined ? { ...node.span, text } : undefined;
}

function readLine(
	word: StepWord,
	given: readonly Token[],
	object: Properties,
	shape: Shape,
	{ names, patience }: { readonly names: StepNames; readonly patience: number },
): Read | undefined {
	const text = lineOf(
		word,
		given.map(token => token.text),
	);
	const command = parseScriptLine(text);
	if (command === undefined || 'error' in command) {
		return shape.wrong(`This step cannot be read as "${text}". ${command?.error ?? ''}`.trim(), object.span);
	}
	const action: StepAction =
		command.command === 'wait' && !object.names.has('within') ? { ...command, limit: patience } : command;
	return { text, action, names };
}

function readWrite(given: readonly Token[], object: Properties, shape: Shape, names: StepNames): Read | undefined {
	const [instance, resource, file, text] = given;
	const place = readResourceFile({ instance, resource, file }, object, shape);
	return (
		place && {
			text: `write ${place.instance} ${place.resource} ${place.file}`,
			action: { command: 'write', ...place, text: text?.text ?? '' },
			names,
		}
	);
}

const meanings: Readonly<Record<string, keyof StepNames>> = {
	INSTANCE: 'instance',
	ROLE: 'role',
	'INSTANCE|ROLE|all': 'target',
	SETTING: 'setting',
	RESOURCE: 'resource',
};

function namesOf(wanted: readonly StepArgument[], values: readonly (Token | undefined)[]): StepNames {
	return Object.fromEntries(
		wanted.flatMap(({ placeholder }, index) => {
			const meaning = meanings[placeholder];
			const value = values[index];
			return meaning && value ? [[meaning, value]] : [];
		}),
	);
}

function unknownStep(name: string): string {
	const known = [...stepWords.keys(), 'chaos'];
	const meant = nearest(name, known);
	return `There is no step "${name}"${meant ? `: "${meant}" may be meant` : ''}. The steps are ${known.join(', ')}.`;
}
