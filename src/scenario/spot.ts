import { type JsonNode, readJsonTree } from '../base/jsonTree';
import type { Span } from '../base/span';

/** Where the cursor stands in a scenario, as far as a name may stand there. */
export interface ScenarioSpot {
	/** The text that a name takes the place of, with its quotation marks. */
	readonly replace: Span;
	/** What is written there; empty where nothing is yet. */
	readonly text: string;
	/** `name`: of a property; `value`: of the property `of`, or an item of a list of that name. */
	readonly as: 'name' | 'value';
	/** The properties from the root to here: `steps`, `expect`, `states`; lists are left out. */
	readonly path: readonly string[];
	/** The innermost object around it, by the names of its texts: `{ recycle: 'Worker_IN_0' }`. */
	readonly beside: ReadonlyMap<string, string>;
}

/** `undefined` where no text stands or could stand, in a comment, or beside everything. */
export function spotIn(text: string, offset: number): ScenarioSpot | undefined {
	const { root } = readJsonTree(text);
	return root && spotBelow(root, { text, offset, path: [], beside: new Map() });
}

interface Search {
	readonly text: string;
	readonly offset: number;
	readonly path: readonly string[];
	readonly beside: ReadonlyMap<string, string>;
}

function spotBelow(node: JsonNode, search: Search): ScenarioSpot | undefined {
	if (!isAround(node.span, search.offset)) {
		return undefined;
	}
	switch (node.kind) {
		case 'value':
			return typeof node.value === 'string' ? { ...here(node.span, search), text: node.value, as: 'value' } : undefined;
		case 'array':
			return first(node.items, item => spotBelow(item, search)) ?? missingValue(search);
		case 'object': {
			const beside = new Map(
				node.properties.flatMap(({ name, value }) =>
					value?.kind === 'value' && typeof value.value === 'string' ? [[name.text, value.value] as const] : [],
				),
			);
			const inside = { ...search, beside };
			return (
				first(node.properties, ({ name, value }) =>
					isAround(name, search.offset)
						? { ...here(name, inside), text: name.text, as: 'name' as const }
						: value && spotBelow(value, { ...inside, path: [...search.path, name.text] }),
				) ?? missingValue(inside)
			);
		}
	}
}

/** Right behind `"recycle":`, or in an empty list: what is there yet are blanks. */
function missingValue(search: Search): ScenarioSpot | undefined {
	const { text, offset } = search;
	const before = text.slice(Math.max(0, offset - 200), offset);
	const [, name] = /"([^"\\\r\n]*)"\s*:\s*$/.exec(before) ?? [];
	const at = { start: offset, end: offset };
	if (name !== undefined) {
		return { ...here(at, { ...search, path: [...search.path, name] }), text: '', as: 'value' };
	}
	return /\[\s*$|\[[^\]{}]*,\s*$/.test(before) ? { ...here(at, search), text: '', as: 'value' } : undefined;
}

function here(replace: Span, { path, beside }: Search) {
	return { replace: { start: replace.start, end: replace.end }, path, beside };
}

function isAround({ start, end }: Span, offset: number): boolean {
	return start <= offset && offset <= end;
}

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
	for (const item of items) {
		const found = find(item);
		if (found !== undefined) {
			return found;
		}
	}
	return undefined;
}
