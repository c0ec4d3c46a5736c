import { type Span, touches } from '../base/span';
import type { XmlAttribute, XmlDocument, XmlElement } from '../xml/syntax';
import { type KnownModule, moduleNamed } from './modules';
import {
	type NameKind,
	type NamePlace,
	nameOfRole,
	type Places,
	placesUnder,
	roleElements,
	roleFor,
	rootOf,
} from './namePlaces';
import type { Service } from './service';

export { type NameKind, namedBy } from './namePlaces';

/** A name as it stands in a file: the thing it means, and where. Two uses mean the same thing when kind, role and name agree. */
export interface NameUse {
	readonly kind: NameKind;
	readonly name: string;
	/** The role that the thing belongs to, for a setting, certificate, endpoint or local storage. */
	readonly role: string | undefined;
	readonly path: string;
	/** Moves with the element where text before it is edited (`xml/reparse.ts`): who keeps it takes a copy (`plainSpan`). */
	readonly span: Span;
	readonly element: XmlElement;
	/** `import`: declared by the module that the element imports, so the name itself does not stand there. */
	readonly use: 'declaration' | 'import' | 'reference';
}

/** Every name in the files of a service, in the order of the files. */
export function namesOf(service: Service): readonly NameUse[] {
	const files = [...(service.definition ? [service.definition] : []), ...service.configurations];
	return [...files.flatMap(file => namesIn(file.path, file.document)), ...describedNames(service)];
}

/** The names that modules of the workspace bring: only the service knows what an import of them means. */
function describedNames({ definition, modules = [] }: Service): readonly NameUse[] {
	if (!definition || modules.length === 0) {
		return [];
	}
	return definition.roles.flatMap(({ name, imports }) =>
		imports.flatMap(({ element, moduleName, module }) =>
			module && !moduleNamed(moduleName.text)
				? namesOfModule(module, definition.path, name?.text, moduleName, element)
				: [],
		),
	);
}

/** The names of a service that end with a digit, whatever they name: what a new numbered name has to differ from. */
export function numberedNames(service: Service): ReadonlySet<string> {
	let names = numberedInService.get(service);
	if (!names) {
		const files = [...(service.definition ? [service.definition] : []), ...service.configurations];
		names = new Set(files.flatMap(({ path, document: { root } }) => (root ? numberedIn(path, root) : [])));
		numberedInService.set(service, names);
	}
	return names;
}

/** The name that the cursor means; the smallest where one stands inside another (a name in an xpath). */
export function nameAt(path: string, { root }: XmlDocument, offset: number): NameUse | undefined {
	const part = root?.children.find(child => touches(child, offset));
	const names = part ? namesInPart(path, part) : root ? namesInTag(path, root) : [];
	return names.find(use => use.use !== 'import' && touches(use.span, offset));
}

export function sameThing(a: NameUse, b: NameUse): boolean {
	return a.kind === b.kind && a.name === b.name && a.role === b.role;
}

const namesOfDocument = new WeakMap<XmlDocument, readonly NameUse[]>();

function namesIn(path: string, document: XmlDocument): readonly NameUse[] {
	const { root } = document;
	let names = namesOfDocument.get(document);
	if (!names) {
		names = root ? [namesInTag(path, root), ...root.children.map(child => namesInPart(path, child))].flat() : [];
		namesOfDocument.set(document, names);
	}
	return names;
}

const namesOfPart = new WeakMap<XmlElement, readonly NameUse[]>();

/** The names in a child of the root, collected once: most of them outlive the changes of their text. */
function namesInPart(path: string, part: XmlElement): readonly NameUse[] {
	let names = namesOfPart.get(part);
	if (!names) {
		names = collect(path, part, placesUnder(rootOf(part)));
		namesOfPart.set(part, names);
	}
	return names;
}

const numberedInService = new WeakMap<Service, ReadonlySet<string>>();
const numberedInPart = new WeakMap<XmlElement, readonly string[]>();

function numberedIn(path: string, root: XmlElement): readonly string[] {
	const found = numbered(namesInTag(path, root));
	for (const part of root.children) {
		let names = numberedInPart.get(part);
		if (!names) {
			names = numbered(namesInPart(path, part));
			numberedInPart.set(part, names);
		}
		found.push(...names);
	}
	return found;
}

function numbered(names: readonly NameUse[]): string[] {
	return names.map(({ name }) => name).filter(name => /\d$/.test(name));
}

function collect(path: string, part: XmlElement, places: Places): readonly NameUse[] {
	const found: NameUse[] = [];
	const visit = (element: XmlElement, outerRole: string | undefined): void => {
		const role = roleElements.has(element.localName) ? nameOfRole(element) : outerRole;
		addNames(found, path, element, places, role);
		for (const child of element.children) {
			visit(child, role);
		}
	};
	visit(part, undefined);
	return found;
}

function namesInTag(path: string, root: XmlElement): readonly NameUse[] {
	const found: NameUse[] = [];
	addNames(found, path, root, placesUnder(root), roleElements.has(root.localName) ? nameOfRole(root) : undefined);
	return found;
}

/** The names in the tag of an element that stands in this role. */
function addNames(found: NameUse[], path: string, element: XmlElement, places: Places, role: string | undefined): void {
	const named = places.get(element.localName);
	for (const attribute of element.attributes) {
		const place = named?.get(attribute.written);
		if (attribute.value === '') {
			continue;
		}
		if (place) {
			addUse(found, path, attribute, place, roleFor(element, place, role));
		} else if (element.localName === 'Import' && attribute.written === 'moduleName') {
			found.push(...importedNames(path, attribute, role));
		} else if (element.localName === 'RoleInstanceValue' && attribute.written === 'xpath') {
			found.push(...namesInXPath(path, attribute, role));
		}
	}
}

function addUse(
	found: NameUse[],
	path: string,
	{ element, value, rawValue }: XmlAttribute,
	{ kind, declares }: NamePlace,
	role: string | undefined,
): void {
	if (rawValue) {
		found.push({ kind, name: value, role, path, span: rawValue, element, use: declares ? 'declaration' : 'reference' });
	}
}

function importedNames(
	path: string,
	{ element, value, rawValue }: XmlAttribute,
	role: string | undefined,
): readonly NameUse[] {
	const module = moduleNamed(value);
	return module && rawValue ? namesOfModule(module, path, role, rawValue, element) : [];
}

function namesOfModule(
	module: KnownModule,
	path: string,
	role: string | undefined,
	span: Span,
	element: XmlElement,
): readonly NameUse[] {
	const use = (kind: NameKind, name: string): NameUse => ({ kind, name, role, path, span, element, use: 'import' });
	return [
		...[...module.settings, ...module.optionalSettings].map(name => use('setting', name)),
		...module.certificates.map(name => use('certificate', name)),
		...module.endpoints.map(endpoint => use('endpoint', endpoint.name)),
	];
}

const predicate = /\/(ConfigurationSetting|LocalResource|Endpoint)\[\s*@name\s*=\s*(?:'([^']*)'|"([^"]*)")/g;
const predicateKinds: Record<string, NameKind> = {
	ConfigurationSetting: 'setting',
	LocalResource: 'localStorage',
	Endpoint: 'endpoint',
};

/** The names in predicates such as `ConfigurationSetting[@name='S']` (csdef.md 9.1). */
function namesInXPath(path: string, { element, rawValue }: XmlAttribute, role: string | undefined): readonly NameUse[] {
	return [...(rawValue?.text.matchAll(predicate) ?? [])].flatMap(match => {
		const kind = predicateKinds[match[1] ?? ''];
		const name = match[2] ?? match[3];
		if (!rawValue || !kind || !name || name.includes('&')) {
			return [];
		}
		const before = match.index + match[0].length - 1 - name.length;
		const span = {
			get start() {
				return rawValue.start + before;
			},
			get end() {
				return rawValue.start + before + name.length;
			},
		};
		return [{ kind, name, role, path, span, element, use: 'reference' as const }];
	});
}
