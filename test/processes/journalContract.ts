import assert from 'node:assert/strict';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';

/**
 * Section 2 of interfaces.md as somebody reads it who writes a script against it, without a look at the types of the product:
 * each kind of entry with its fields. More fields are allowed, other values are not.
 */
type Value = (value: unknown) => boolean;

const text: Value = value => typeof value === 'string';
const number: Value = value => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const truth: Value = value => typeof value === 'boolean';
const oneOf =
	(words: string): Value =>
	value =>
		words.split(' ').includes(String(value));
const optional =
	(is: Value): Value =>
	value =>
		value === undefined || is(value);
const listOf =
	(fields: Fields, least = 0): Value =>
	value =>
		Array.isArray(value) && value.length >= least && value.every(each => wrongFields(fields, each).length === 0);

type Fields = Readonly<Record<string, Value>>;

const state = oneOf(
	'Unknown CreatingVM StartingVM CreatingRole StartingRole ReadyRole BusyRole StoppingRole StoppingVM DeletingVM StoppedVM RestartingRole CyclingRole FailedStartingRole FailedStartingVM UnresponsiveRole',
);

const kinds: Readonly<Record<string, Fields>> = {
	state: { state, text },
	step: { step: value => number(value) && Number(value) >= 1 && Number(value) <= 9, phase: oneOf('begin end') },
	process: {
		...{ phase: oneOf('started ended'), pid: number, role: oneOf('host task site program build') },
		...{ exitCode: optional(number), signal: optional(text) },
	},
	call: {
		call: oneOf('OnStart Run OnStop Changing Changed SimultaneousChanging SimultaneousChanged Stopping StatusCheck'),
		phase: oneOf('begin end'),
		error: optional(value => wrongFields(roleError, value).length === 0),
	},
	output: { stream: oneOf('stdout stderr trace'), text, level: optional(text) },
	command: { command: text, by: oneOf('stdin editor assistant scenario role file') },
	restart: {
		cause: listOf({ what: text, detail: text, file: optional(text), line: optional(number), n: optional(number) }, 1),
		delay: number,
	},
	disk: {
		disk: oneOf('local windows application'),
		name: optional(text),
		effect: oneOf('kept emptied rebuilt'),
		why: text,
	},
	endpoint: { endpoint: text, address: text, port: number, phase: oneOf('open closed'), balanced: optional(truth) },
	rotation: { rotation: oneOf('in out'), why: text },
	configuration: {
		changes: listOf({ role: text, setting: optional(text), from: optional(text), to: optional(text) }, 1),
	},
	debugger: { phase: oneOf('waiting reachable attached stopped continued detached'), target: optional(isObject) },
	status: { instances: listOf({ instance: text, state, pid: optional(number), endpoints: Array.isArray }) },
	error: { text },
	note: { text },
};

const roleError: Fields = {
	...{ type: text, message: text },
	...{ stack: optional(text), file: optional(text), line: optional(number) },
};

/** The whole text of a run, not only what the product itself would read of it. */
export function keepsTheContract(entries: readonly JournalEntry[]): void {
	assert.deepEqual(entries.flatMap(wrongs), [], 'entries that are not as interfaces.md says');
}

function wrongs(entry: JournalEntry, index: number, entries: readonly JournalEntry[]): readonly string[] {
	const { n, at, instance, event } = entry;
	const before = entries[index - 1];
	const fields = kinds[event];
	const said = [
		...(n === index + 1 ? [] : ['n']),
		...(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at) && (before?.at ?? '') <= at ? [] : ['at']),
		...(instance === undefined || /^.+_IN_\d+$/.test(instance) ? [] : ['instance']),
		...(fields ? wrongFields(fields, entry) : ['event']),
		...(event === 'call' && !hasOutcome(entry) ? ['result or error'] : []),
		...(event === 'process' && !hasEnd(entry) ? ['exitCode or signal'] : []),
		...(event === 'restart' && entry.cause.some(link => (link.n ?? 0) >= n) ? ['n of a link'] : []),
	];
	return said.map(what => `${what}: ${JSON.stringify(entry)}`);
}

function wrongFields(fields: Fields, value: unknown): readonly string[] {
	return isObject(value) ? Object.keys(fields).filter(name => !fields[name]?.(Reflect.get(value, name))) : ['all'];
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** At the end of a call there is a result, also of one that returns nothing, or an error; at its begin there is neither. */
function hasOutcome(entry: object): boolean {
	return Reflect.get(entry, 'phase') === 'end' ? 'result' in entry !== 'error' in entry : !('result' in entry);
}

function hasEnd(entry: object): boolean {
	return Reflect.get(entry, 'phase') === 'started' || 'exitCode' in entry || 'signal' in entry;
}
