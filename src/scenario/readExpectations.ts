import { textOfError } from '../base/failure';
import type { JsonNode } from '../base/jsonTree';
import type { Token } from '../base/span';
import { parseScriptLine } from '../runner/script';
import { eventNames, fieldsOf } from './journalFields';
import type {
	EntryPattern,
	Expectation,
	FieldPattern,
	FileExpectation,
	ResourceFile,
	StateExpectation,
	ValuePattern,
} from './scenario';
import type { Properties, Shape } from './shape';

const properties = ['states', 'events', 'never', 'output', 'files', 'within'];

/** `expect`: an object, or a list of them, which have to hold each for itself. */
export function readExpectations(node: JsonNode | undefined, shape: Shape, patience: number): readonly Expectation[] {
	const nodes = node?.kind === 'array' ? node.items : node ? [node] : [];
	return nodes.flatMap(one => readExpectation(one, shape, patience) ?? []);
}

function readExpectation(node: JsonNode, shape: Shape, patience: number): Expectation | undefined {
	const object = shape.object(node, 'What is expected');
	if (!object) {
		return undefined;
	}
	shape.only(object, properties, 'What is expected');
	const within = shape.duration(object.get('within'), '"within"');
	const read = {
		span: object.span,
		states: readStates(object.get('states'), shape),
		events: readPatterns(object.get('events'), '"events"', shape),
		never: readPatterns(object.get('never'), '"never"', shape),
		output: shape.list(object.get('output'), '"output"').flatMap(one => readOutput(one, shape) ?? []),
		files: shape.list(object.get('files'), '"files"').flatMap(one => readFile(one, shape) ?? []),
		within: within ?? patience,
	};
	const isWindow = read.states.length + read.events.length + read.output.length + read.files.length === 0;
	if (isWindow && read.never.length > 0 && !object.get('within')) {
		shape.wrong('Say how long nothing of this may come: add "within".', object.span);
	}
	return read;
}

function readStates(node: JsonNode | undefined, shape: Shape): readonly StateExpectation[] {
	const object = shape.object(node, '"states"');
	return [...(object?.names.values() ?? [])].flatMap(target => {
		const state = shape.word(object?.get(target.text), `The state of "${target.text}"`);
		const wait = state && parseScriptLine(`wait all ${state.text}`);
		if (state && wait && 'error' in wait) {
			shape.wrong(wait.error, state);
		}
		return state && wait && 'states' in wait
			? [{ target, state: state.text, states: wait.states, span: { start: target.start, end: state.end } }]
			: [];
	});
}

export function readPatterns(node: JsonNode | undefined, what: string, shape: Shape): readonly EntryPattern[] {
	return shape.list(node, what).flatMap(one => readPattern(one, shape) ?? []);
}

function readPattern(node: JsonNode, shape: Shape): EntryPattern | undefined {
	const object = shape.object(node, 'An entry of the journal');
	if (!object) {
		return undefined;
	}
	const event = shape.choice(object.get('event'), '"event"', eventNames);
	if (!object.names.has('event')) {
		return shape.wrong(`Say which "event" is meant: one of ${eventNames.join(', ')}.`, object.span);
	}
	const known = event === undefined ? undefined : fieldsOf(event);
	if (known) {
		shape.only(object, ['event', ...known, 'within'], `An entry "${event}"`);
	}
	const instance = shape.word(object.get('instance'), '"instance"');
	return {
		span: object.span,
		written: shape.written(object.span),
		fields: fieldPatterns(object, shape, name => name !== 'within'),
		within: shape.duration(object.get('within'), '"within"'),
		names: instance ? { instance } : {},
	};
}

function fieldPatterns(object: Properties, shape: Shape, isField: (name: string) => boolean): readonly FieldPattern[] {
	return [...object.names.keys()].filter(isField).flatMap(name => {
		const node = object.get(name);
		const value = node && readValue(node, shape);
		return value ? [{ name, value }] : [];
	});
}

function readValue(node: JsonNode, shape: Shape): ValuePattern | undefined {
	switch (node.kind) {
		case 'value':
			return { kind: 'equal', value: node.value };
		case 'array':
			return { kind: 'list', items: node.items.flatMap(item => readValue(item, shape) ?? []) };
		case 'object':
			return readText(node, shape);
	}
}

/** `{ "contains": … }` and `{ "matches": … }` speak of a text, anything else of the fields of an object. */
function readText(node: JsonNode, shape: Shape): ValuePattern | undefined {
	const object = shape.object(node, 'A value');
	const [only, ...others] = object?.names.values() ?? [];
	if (!object || !only || others.length > 0 || !['contains', 'matches'].includes(only.text)) {
		return object && { kind: 'object', fields: fieldPatterns(object, shape, () => true) };
	}
	const text = shape.word(object.get(only.text), `"${only.text}"`);
	if (!text) {
		return undefined;
	}
	return only.text === 'contains' ? { kind: 'contains', text: text.text } : readExpression(text, shape);
}

function readExpression(token: Token, shape: Shape): ValuePattern | undefined {
	try {
		return { kind: 'matches', expression: new RegExp(token.text, 'u') };
	} catch (error) {
		const reason = textOfError(error).replace(/^Invalid regular expression: /, '');
		return shape.wrong(`This is no regular expression: ${reason}.`, token);
	}
}

/** A text that a line contains, or an object that says more. */
function readOutput(node: JsonNode, shape: Shape): EntryPattern | undefined {
	const event: FieldPattern = { name: 'event', value: { kind: 'equal', value: 'output' } };
	const common = { span: node.span, written: shape.written(node.span), within: undefined };
	if (node.kind === 'value') {
		const line = shape.word(node, 'A line of output');
		return line && { ...common, fields: [event, textField({ kind: 'contains', text: line.text })], names: {} };
	}
	const object = shape.object(node, 'A line of output');
	if (!object) {
		return undefined;
	}
	shape.only(object, ['instance', 'stream', 'text', 'matches'], 'A line of output');
	const instance = shape.word(object.get('instance'), '"instance"');
	const stream = shape.choice(object.get('stream'), '"stream"', ['stdout', 'stderr', 'trace']);
	const content = contentOf(object, shape);
	if (!content) {
		const isSaid = object.names.has('text') || object.names.has('matches');
		return isSaid
			? undefined
			: shape.wrong('Say what the line contains with "text", or "matches" for a regular expression.', node.span);
	}
	const equal = (name: string, value: string): FieldPattern => ({ name, value: { kind: 'equal', value } });
	return {
		...common,
		fields: [
			event,
			...(instance ? [equal('instance', instance.text)] : []),
			...(stream ? [equal('stream', stream)] : []),
			textField(content),
		],
		names: instance ? { instance } : {},
	};
}

function textField(value: ValuePattern): FieldPattern {
	return { name: 'text', value };
}

/** `text`: what is contained; `matches`: a regular expression. */
function contentOf(object: Properties, shape: Shape): ValuePattern | undefined {
	const text = shape.word(object.get('text'), '"text"');
	const expression = shape.word(object.get('matches'), '"matches"');
	if (text && expression) {
		shape.wrong('Say either "text" or "matches".', object.span);
	}
	return text ? { kind: 'contains', text: text.text } : expression && readExpression(expression, shape);
}

function readFile(node: JsonNode, shape: Shape): FileExpectation | undefined {
	const object = shape.object(node, 'A file');
	if (!object) {
		return undefined;
	}
	shape.only(object, ['instance', 'resource', 'file', 'exists', 'text', 'matches'], 'A file');
	const instance = shape.word(object.get('instance'), '"instance"');
	const resource = shape.word(object.get('resource'), '"resource"');
	const file = readResourceFile({ instance, resource, file: shape.word(object.get('file'), '"file"') }, object, shape);
	const exists = shape.flag(object.get('exists'), '"exists"') ?? true;
	const content = contentOf(object, shape);
	if (content && !exists) {
		shape.wrong('A file that does not exist has no content: leave out "text" and "matches".', object.span);
	}
	return (
		file && {
			...file,
			...{ span: object.span, exists, content },
			names: { ...(instance && { instance }), ...(resource && { resource }) },
		}
	);
}

/** The path has to stay inside the resource: it comes from a file and is joined to a folder. */
export function readResourceFile(
	{ instance, resource, file }: Readonly<Record<'instance' | 'resource' | 'file', Token | undefined>>,
	object: Properties,
	shape: Shape,
): ResourceFile | undefined {
	if (!instance || !resource || !file) {
		return shape.wrong('Name the "instance", the local "resource" and the "file" in it.', object.span);
	}
	const isOutside = /^[\\/]|^[a-z]:|(?:^|[\\/])\.\.(?:[\\/]|$)|\0/i.test(file.text);
	return isOutside
		? shape.wrong(`"${file.text}" has to be a path inside the local resource, such as "visitors.txt".`, file)
		: { instance: instance.text, resource: resource.text, file: file.text };
}

/** True where nothing but `never` is expected: then nothing of it may come as long as it is watched. */
export function isWatch({ states, events, output, files, never }: Expectation): boolean {
	return never.length > 0 && states.length + events.length + output.length + files.length === 0;
}
