import { type JsonNode, readJsonTree } from './jsonTree';
import type { Edit, Span } from './span';

/** Anything that JSON can say. */
export type JsonValue =
	| string
	| number
	| boolean
	| null
	| readonly JsonValue[]
	| { readonly [name: string]: JsonValue };

/**
 * The edits that give an object a property, deep inside: the objects on the way are written where they are missing. What
 * is there already stays, comments, blanks and the last comma included. `undefined` where the property has a value, where
 * something else stands in the way, or where the text is not well-formed.
 */
export function addProperty(text: string, path: readonly string[], value: JsonValue): readonly Edit[] | undefined {
	return add(text, path.slice(0, -1), path.at(-1), value);
}

/** As `addProperty`, for a new last item of the list at a path; the list is written where it is missing. */
export function addItem(text: string, path: readonly string[], value: JsonValue): readonly Edit[] | undefined {
	return add(text, path, undefined, value);
}

/** The edits that take a property from an object; a comment beside it stays. `undefined` where it is not there. */
export function removeProperty(text: string, path: readonly string[]): readonly Edit[] | undefined {
	const { root, faults } = readJsonTree(text);
	const container = nodeAt(root, path.slice(0, -1));
	if (faults.length > 0 || container?.kind !== 'object') {
		return undefined;
	}
	const index = container.properties.findLastIndex(({ name }) => name.text === path.at(-1));
	const found = container.properties[index];
	if (!found) {
		return undefined;
	}
	const end = (found.value?.span ?? found.name).end;
	const comma = commaAfter(text, end, container.span.end - 1);
	const removed = wholeLine(text, { start: found.name.start, end: comma === end ? end + 1 : end });
	const edits = [{ span: removed, text: '' }];
	if (comma !== undefined && comma !== end) {
		edits.push({ span: { start: comma, end: comma + 1 }, text: '' });
	}
	const before = container.properties[index - 1];
	const isLast = index === container.properties.length - 1;
	const last = before && isLast && comma === undefined ? (before.value?.span ?? before.name).end : undefined;
	const superfluous = last === undefined ? undefined : commaAfter(text, last, found.name.start);
	return superfluous === undefined
		? edits
		: [{ span: { start: superfluous, end: superfluous + 1 }, text: '' }, ...edits];
}

/** The node at a path of names; `undefined` where there is none. */
export function nodeAt(root: JsonNode | undefined, path: readonly string[]): JsonNode | undefined {
	return path.reduce<JsonNode | undefined>((node, name) => property(node, name), root);
}

/** What a tree says, as `JSON.parse` would give it. */
export function plainJson(node: JsonNode): JsonValue {
	switch (node.kind) {
		case 'object':
			return Object.fromEntries(
				node.properties.flatMap(({ name, value }) => (value ? [[name.text, plainJson(value)]] : [])),
			);
		case 'array':
			return node.items.map(plainJson);
		case 'value':
			return node.value;
	}
}

/** `name` is left out for an item. */
function add(
	text: string,
	path: readonly string[],
	name: string | undefined,
	value: JsonValue,
): readonly Edit[] | undefined {
	const { root, faults } = readJsonTree(text);
	if (faults.length > 0 || !root) {
		return undefined;
	}
	let container = root;
	for (const [depth, step] of path.entries()) {
		const next = property(container, step);
		if (!next) {
			const missing = path.slice(depth + 1);
			return addMember(text, container, step, nested(missing, name, value));
		}
		container = next;
	}
	return name !== undefined && property(container, name) ? undefined : addMember(text, container, name, value);
}

function nested(path: readonly string[], name: string | undefined, value: JsonValue): JsonValue {
	const inner: JsonValue = name === undefined ? [value] : { [name]: value };
	return path.reduceRight<JsonValue>((inside, step) => ({ [step]: inside }), inner);
}

function property(node: JsonNode | undefined, name: string): JsonNode | undefined {
	return node?.kind === 'object' ? node.properties.findLast(each => each.name.text === name)?.value : undefined;
}

function addMember(
	text: string,
	container: JsonNode,
	name: string | undefined,
	value: JsonValue,
): readonly Edit[] | undefined {
	if (container.kind !== (name === undefined ? 'array' : 'object')) {
		return undefined;
	}
	const lineBreak = /\r?\n/.exec(text)?.[0] ?? '\n';
	const unit = /\n([ \t]+)\S/.exec(text)?.[1] ?? '\t';
	const own = lineIndentation(text, container.span.start);
	const last = ends(container).at(-1);
	const sample = last && firstInLine(text, last.start);
	const indentation = sample ?? own + unit;
	const written = JSON.stringify(value, undefined, unit).replaceAll('\n', lineBreak + indentation);
	const member = name === undefined ? written : `${JSON.stringify(name)}: ${written}`;
	// Behind all that stands inside, comments included, so that each stays with what it was written to.
	const close = container.span.end - 1;
	const at = text.slice(0, close).trimEnd().length;
	const comma = last && commaAfter(text, last.end, close) === undefined;
	const hasLastComma = last !== undefined && !comma;
	const tail = /\n/.test(text.slice(at, close)) ? '' : lineBreak + own;
	const inserted = `${lineBreak}${indentation}${member}${hasLastComma ? ',' : ''}${tail}`;
	const insertion = { span: { start: at, end: tail === '' ? at : close }, text: inserted };
	if (!comma) {
		return [insertion];
	}
	return last.end === at
		? [{ ...insertion, text: `,${inserted}` }]
		: [{ span: { start: last.end, end: last.end }, text: ',' }, insertion];
}

/** Where each member begins and ends. */
function ends(container: JsonNode): readonly Span[] {
	switch (container.kind) {
		case 'object':
			return container.properties.map(({ name, value }) => ({ start: name.start, end: (value?.span ?? name).end }));
		case 'array':
			return container.items.map(({ span }) => span);
		case 'value':
			return [];
	}
}

/** The first comma that stands in no comment. */
function commaAfter(text: string, start: number, end: number): number | undefined {
	const blanked = text
		.slice(start, end)
		.replace(/\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g, comment => ' '.repeat(comment.length));
	const at = blanked.indexOf(',');
	return at < 0 ? undefined : start + at;
}

/** With the line where nothing else stands in it. */
function wholeLine(text: string, { start, end }: Span): Span {
	const before = firstInLine(text, start);
	const rest = /^[ \t]*(\r?\n)/.exec(text.slice(end, end + 200));
	return before !== undefined && rest ? { start: start - before.length, end: end + rest[0].length } : { start, end };
}

function lineIndentation(text: string, offset: number): string {
	const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).replace(/^\uFEFF/, '');
	return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** The blanks before the first thing in a line; `undefined` for any other. */
function firstInLine(text: string, offset: number): string | undefined {
	const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
	return /^[ \t]+$/.test(before) ? before : undefined;
}
