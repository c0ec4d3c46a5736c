import { Failure } from '../base/failure';
import type { JsonValue } from '../base/jsonEdits';
import { nodeAt, plainJson } from '../base/jsonEdits';
import { readJsonTree } from '../base/jsonTree';
import { applyEdits, type Edit, type Span } from '../base/span';
import { copyProjectReference } from '../model/cloudProjectEdits';
import type { Definition, RoleDefinition } from '../model/definition';
import { attributeValue } from '../model/elements';
import { freePort, freeRange } from '../model/freePorts';
import { escapeValue, indentationAt, removeElement, styleOf } from '../model/markup';
import { knownModules } from '../model/modules';
import { comparable, folderOf } from '../model/paths';
import { elementsNaming, roleAttribute } from '../model/roleElements';
import { publicPortsOf } from '../model/rules/heldPorts';
import type { Service } from '../model/service';
import { attribute, type XmlAttribute, type XmlDocument, type XmlElement } from '../xml/syntax';
import { roleNamed } from './part';
import { nothing, type Plan, together } from './plan';
import { roleNameProblem } from './roleName';
import { describeRole, rolewrightFileOf } from './rolewrightFile';
import type { Surroundings } from './surroundings';

/**
 * A second role like one that there is: its declaration and its entries as they are written, comments included, with
 * public ports of its own, and the same code. Fails where the new name cannot be used.
 */
export function planDuplicateRole(service: Service, name: string, newName: string, surroundings: Surroundings): Plan {
	const { definition, role } = roleNamed(service, name);
	const problem = roleNameProblem(service, newName);
	if (problem) {
		throw new Failure(problem);
	}
	const ports = newPorts(service, role);
	const copies = ({ path, document }: Pick<Definition, 'path' | 'document'>, values: NewValues) => ({
		path,
		edits: elementsNaming(document, name).map(each => copyOf(document, each, newName, values)),
	});
	const models = [copies(definition, ports), ...service.configurations.map(each => copies(each, new Map()))];
	const projects = surroundings.cloudProjects.map(path => ({
		path,
		edits: copyProjectReference(surroundings.text(path) ?? '', name, newName),
	}));
	return together(
		{ files: [], edits: [...models, ...projects] },
		sameCode(
			definition,
			name,
			newName,
			projects.some(({ edits }) => edits.length > 0),
			surroundings,
		),
	);
}

/** The values that differ in a copy, by the attributes of the first one. */
type NewValues = ReadonlyMap<XmlAttribute, string>;

/** The element once more, right behind the first one, with another name and what else has to differ. */
function copyOf(document: XmlDocument, element: XmlElement, newName: string, values: NewValues): Edit {
	const { text } = document;
	const replaced: Edit[] = exclusiveIn(element).map(each => {
		const { span } = removeElement(document, each);
		return { span: { start: span.start - element.start, end: span.end - element.start }, text: '' };
	});
	const named = roleAttribute(element);
	const own = named ? [[named, newName] as const] : [];
	for (const [{ rawValue }, value] of [...own, ...values]) {
		if (rawValue && isInside(rawValue, element)) {
			const span = { start: rawValue.start - element.start, end: rawValue.end - element.start };
			replaced.push({ span, text: escapeValue(value, text.charAt(rawValue.start - 1)) });
		}
	}
	const written = applyEdits(text.slice(element.start, element.end), replaced);
	const indentation = indentationAt(text, element.start);
	const lead = indentation === undefined ? '' : styleOf(document).lineBreak + indentation;
	return { span: { start: element.end, end: element.end }, text: lead + written };
}

/** An import with a public port of its own can stand in one role only; its settings go with it. */
const exclusive = knownModules.filter(module => module.endpoints.some(({ kind, port }) => kind === 'input' && port));

function exclusiveIn(element: XmlElement): readonly XmlElement[] {
	const imported = exclusive.some(module => module.moduleName === attributeValue(element, 'moduleName'));
	const isSetting = element.localName === 'Setting';
	const set = isSetting && exclusive.some(module => module.settings.includes(attributeValue(element, 'name') ?? ''));
	return imported || set ? [element] : element.children.flatMap(exclusiveIn);
}

/** Public ports belong to one role only; each endpoint of the copy gets the next ones that are free. */
function newPorts(service: Service, role: RoleDefinition): NewValues {
	const ports = new Map<XmlAttribute, string>();
	const set = (element: XmlElement, name: string, value: number): void => {
		const found = attribute(element, name);
		if (found) {
			ports.set(found, String(value));
		}
	};
	const held = service.definition ? publicPortsOf(service.definition) : [];
	const isHeld = (port: number) => held.some(({ min, max }) => min <= port && port <= max);
	let next = freePort(service);
	const ranges: (readonly [min: number, max: number])[] = [];
	for (const endpoint of role.endpoints) {
		if (endpoint.kind === 'input') {
			set(endpoint.element, 'port', next);
			do {
				next++;
			} while (isHeld(next));
		} else if (endpoint.kind === 'instanceInput' && endpoint.publicPorts) {
			const { element, min = 0, max = 0 } = endpoint.publicPorts;
			const range = freeRange(service, Math.max(1, max - min + 1), ranges);
			ranges.push(range);
			set(element, 'min', range[0]);
			set(element, 'max', range[1]);
		}
	}
	return ports;
}

/** The copy runs the code of the first role: a project says so, and otherwise `rolewright.json` does. */
function sameCode(
	definition: Definition,
	name: string,
	newName: string,
	isInProject: boolean,
	surroundings: Surroundings,
): Plan {
	const said = nodeAt(readJsonTree(surroundings.text(rolewrightFileOf(definition)) ?? '').root, ['roles', name]);
	const settings = said ? plainJson(said) : {};
	const known = typeof settings === 'object' && settings !== null && !Array.isArray(settings) ? settings : {};
	const isSaid = 'code' in known || 'project' in known || isInProject;
	const code = isSaid ? {} : codeSettings(definition, surroundings.codeOf(name));
	const all: Readonly<Record<string, JsonValue>> = { ...(known as Readonly<Record<string, JsonValue>>), ...code };
	const described = Object.keys(all).length > 0 ? describeRole(definition, newName, all, surroundings) : nothing;
	return together(described, { ...nothing, notes: [`Both roles run the same code, that of '${name}'.`] });
}

function codeSettings(definition: Definition, code: ReturnType<Surroundings['codeOf']>): Record<string, JsonValue> {
	if (!code) {
		return {};
	}
	return code.project === undefined
		? { code: relative(definition, code.folder) }
		: { project: relative(definition, code.project) };
}

function relative(definition: Definition, path: string): string {
	const folder = folderOf(definition.path);
	return comparable(path).startsWith(`${comparable(folder)}/`)
		? path.slice(folder.length + 1).replaceAll('\\', '/')
		: path;
}

function isInside(inner: Span, outer: Span): boolean {
	return outer.start <= inner.start && inner.end <= outer.end;
}
