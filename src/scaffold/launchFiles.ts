import { addItem, type JsonValue, nodeAt, plainJson } from '../base/jsonEdits';
import { readJsonTree } from '../base/jsonTree';
import { comparable, folderOf } from '../model/paths';
import { nothing, type Plan, within } from './plan';
import type { RoleTemplate } from './roleTemplate';
import type { Surroundings } from './surroundings';

/** A service by its name and the path of its definition. */
export interface NamedService {
	readonly name: string;
	readonly definition: string;
}

/** The launch configuration that debugs the service, in the `launch.json` that is there or a new one. */
export function planLaunch(service: NamedService, surroundings: Surroundings): Plan {
	const { editorFolder } = surroundings;
	if (editorFolder === undefined) {
		return nothing;
	}
	const name = `Debug ${service.name}`;
	const path = relativeTo(editorFolder, service.definition);
	const entry = { type: 'rolewright', request: 'launch', name, service: path };
	return inList('launch.json', 'configurations', '0.2.0', entry, surroundings, other => {
		return other.type === 'rolewright' && (other.name === name || other.service === path);
	});
}

/** The task that builds a role outside of a run, in the `tasks.json` that is there or a new one. */
export function planTask(
	service: NamedService,
	label: string,
	task: RoleTemplate['buildTask'],
	surroundings: Surroundings,
): Plan {
	const { editorFolder } = surroundings;
	if (editorFolder === undefined || !task) {
		return nothing;
	}
	const folder = folderOf(relativeTo(editorFolder, service.definition));
	const entry = {
		label,
		type: 'process',
		command: task.command,
		args: [...task.args],
		...(folder !== '' && { options: { cwd: `\${workspaceFolder}/${folder}` } }),
		problemMatcher: task.problemMatcher,
		group: 'build',
	};
	return inList('tasks.json', 'tasks', '2.0.0', entry, surroundings, other => other.label === label);
}

/** A new last entry of a list; nothing where the list has one that does the same. */
function inList(
	file: string,
	list: string,
	version: string,
	entry: { readonly [name: string]: JsonValue },
	{ editorFolder, text }: Surroundings,
	isSame: (other: { readonly [name: string]: JsonValue }) => boolean,
): Plan {
	const path = within(editorFolder ?? '', '.vscode', file);
	const before = text(path);
	if (before === undefined || before.trim() === '') {
		const content = `${JSON.stringify({ version, [list]: [entry] }, undefined, '\t')}\n`;
		return before === undefined
			? { files: [{ path, text: content }], edits: [] }
			: { files: [], edits: [{ path, edits: [{ span: { start: 0, end: before.length }, text: content }] }] };
	}
	const entries = nodeAt(readJsonTree(before).root, [list]);
	const others = entries?.kind === 'array' ? entries.items.map(plainJson) : [];
	if (others.some(other => isObject(other) && isSame(other))) {
		return nothing;
	}
	const edits = addItem(before, [list], entry);
	return edits
		? { files: [], edits: [{ path, edits }] }
		: {
				...nothing,
				notes: [`${file} is not well-formed and stays as it is: correct it, and add ${JSON.stringify(entry)}.`],
			};
}

function isObject(value: JsonValue): value is { readonly [name: string]: JsonValue } {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A path as it is written in a file of the editor: with slashes, from the folder on. */
function relativeTo(folder: string, path: string): string {
	const inside = comparable(path).startsWith(`${comparable(folder).replace(/\/+$/, '')}/`);
	return inside ? path.slice(folder.replace(/[\\/]+$/, '').length + 1).replaceAll('\\', '/') : path;
}
