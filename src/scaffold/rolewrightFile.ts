import { addProperty, type JsonValue, nodeAt } from '../base/jsonEdits';
import { readJsonTree } from '../base/jsonTree';
import { applyEdits, type Edit } from '../base/span';
import type { Definition } from '../model/definition';
import { folderOf } from '../model/paths';
import { type Plan, within } from './plan';
import type { Surroundings } from './surroundings';

/** Says something of a role in `rolewright.json` beside the definition, which is written where there is none. */
export function describeRole(
	definition: Definition,
	role: string,
	settings: Readonly<Record<string, JsonValue>>,
	{ text }: Surroundings,
): Plan {
	const path = rolewrightFileOf(definition);
	const before = text(path);
	if (before === undefined) {
		const content = JSON.stringify({ roles: { [role]: settings } }, undefined, 2);
		return { files: [{ path, text: `${content}\n` }], edits: [] };
	}
	const after = Object.entries(settings).reduce((written, [name, value]) => added(written, role, name, value), before);
	const isUnderstood = readJsonTree(before).faults.length === 0;
	const edit = difference(before, after);
	return {
		files: [],
		edits: edit ? [{ path, edits: [edit] }] : [],
		...(!isUnderstood && {
			notes: [`rolewright.json is not well-formed: correct it, and add to "roles": ${said(role, settings)}`],
		}),
	};
}

export function rolewrightFileOf(definition: Definition): string {
	return within(folderOf(definition.path), 'rolewright.json');
}

/** One setting more; an object gets its own properties one by one, beside those that are there. */
function added(text: string, role: string, name: string, value: JsonValue): string {
	const path = ['roles', role, name];
	const existing = nodeAt(readJsonTree(text).root, path);
	if (existing?.kind === 'object' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
		return Object.entries(value).reduce(
			(written, [inner, each]) => applied(written, addProperty(written, [...path, inner], each)),
			text,
		);
	}
	return applied(text, addProperty(text, path, value));
}

function applied(text: string, edits: readonly Edit[] | undefined): string {
	return edits ? applyEdits(text, edits) : text;
}

/** What several edits did, as one. */
function difference(before: string, after: string): Edit | undefined {
	if (before === after) {
		return undefined;
	}
	let start = 0;
	while (start < before.length && before[start] === after[start]) {
		start++;
	}
	let end = 0;
	while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) {
		end++;
	}
	return { span: { start, end: before.length - end }, text: after.slice(start, after.length - end) };
}

function said(role: string, settings: Readonly<Record<string, JsonValue>>): string {
	return JSON.stringify({ [role]: settings }).slice(1, -1);
}
