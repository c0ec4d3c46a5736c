import { type JsonNode, readJsonTree } from '../base/jsonTree';
import type { Edit, FileEdits, Span } from '../base/span';

/** A JSON file that may name a role: `rolewright.json`, `launch.json`, a lifecycle scenario. */
export interface JsonText {
	readonly path: string;
	readonly text: string;
}

/**
 * The edits that give a role its new name in the files beside the model: what `rolewright.json` says of it, the instances
 * that a launch configuration debugs, and what scenarios do to it.
 */
export function renameMentions(files: readonly JsonText[], oldName: string, newName: string): readonly FileEdits[] {
	return files
		.map(({ path, text }) => ({ path, edits: editsIn(path, text, oldName, newName) }))
		.filter(({ edits }) => edits.length > 0);
}

function editsIn(path: string, text: string, oldName: string, newName: string): readonly Edit[] {
	const { root } = readJsonTree(text);
	if (!root) {
		return [];
	}
	const instance = (value: string): string | undefined => {
		const number = value.startsWith(`${oldName}_IN_`) ? value.slice(oldName.length) : undefined;
		return value === oldName
			? newName
			: number !== undefined && /^_IN_\d+$/.test(number)
				? newName + number
				: undefined;
	};
	const found: Edit[] = [];
	const change = (value: unknown, span: Span): void => {
		const changed = typeof value === 'string' ? instance(value) : undefined;
		if (changed !== undefined) {
			found.push({ span: { start: span.start, end: span.end }, text: JSON.stringify(changed) });
		}
	};
	const names = namesIn(path);
	const visit = (node: JsonNode | undefined, place: readonly string[]): void => {
		if (node?.kind === 'value' && names.isValue(place)) {
			change(node.value, node.span);
		} else if (node?.kind === 'array') {
			for (const item of node.items) {
				visit(item, place);
			}
		} else if (node?.kind === 'object') {
			for (const { name, value } of node.properties) {
				if (names.isKey(place)) {
					change(name.text, name);
				}
				visit(value, [...place, name.text]);
			}
		}
	};
	visit(root, []);
	return found;
}

/** Where a role or an instance may be named, by the names of the properties around. */
interface NamePlaces {
	isValue(place: readonly string[]): boolean;
	isKey(place: readonly string[]): boolean;
}

/** Properties of scenarios whose texts are the author's own words, or names of something else. */
const otherWords =
	/^(?:\$schema|name|service|configuration|setting|value|text|message|output|state|endpoint|path|because|comment|file)$/;

function namesIn(path: string): NamePlaces {
	if (/(?:^|[\\/])rolewright\.json$/.test(path)) {
		return { isValue: () => false, isKey: place => place.length === 1 && place[0] === 'roles' };
	}
	if (/(?:^|[\\/])launch\.json$/.test(path)) {
		return { isValue: place => place.join('/') === 'configurations/instances', isKey: () => false };
	}
	return {
		isValue: place => !otherWords.test(place.at(-1) ?? ''),
		isKey: place => /^(?:counts|roles|instances)$/.test(place.at(-1) ?? ''),
	};
}
