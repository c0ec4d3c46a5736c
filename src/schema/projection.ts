import { attribute, localName, prefixOf, type XmlAttribute, type XmlElement } from '../xml/syntax';

/**
 * An element as a plain value: `@name` for an attribute, an array under the local name of its children, `#text` where
 * text stands between them, `#blank` where there is nothing but white space and no element. What belongs to another
 * namespace is named `{namespace}name`, so no schema allows it. The element itself hangs on a symbol, which the schema
 * does not see but keywords and `nodeAt` do.
 */
export interface Projected {
	readonly [elementKey]: XmlElement;
	[property: string]: string | boolean | Projected[];
}

const elementKey = Symbol('element');

/** A class, so that the engine leaves room in each object for the properties that follow. */
class ProjectedElement implements Projected {
	[property: string]: string | boolean | Projected[];
	readonly [elementKey]: XmlElement;

	constructor(element: XmlElement) {
		this[elementKey] = element;
	}
}

export interface Projection {
	/** The root element under its local name. */
	readonly value: Readonly<Record<string, readonly Projected[]>>;
	/** The element or attribute that a JSON pointer means; for a list of children the first, for a mark its element. */
	nodeAt(pointer: string): XmlElement | XmlAttribute | undefined;
}

/**
 * `namespace` is the one that counts as the format's own: what the root element declares, right or wrong. `leftOut`: the
 * children of the root that need not be judged.
 */
export function project(
	root: XmlElement,
	namespace: string,
	leftOut: (child: XmlElement) => boolean = () => false,
): Projection {
	const value = { [keyFor(localName(root))]: [projectElement(root, new Scope(namespace, undefined, root), leftOut)] };
	return { value, nodeAt: pointer => nodeAt(value, pointer) };
}

export function elementOf(projected: Projected): XmlElement {
	return projected[elementKey];
}

/** The prefixes that are declared around an element; the own namespace's ones are the normal case and cost nothing. */
class Scope {
	readonly own: string;
	private readonly declared: Map<string, string>;

	constructor(own: string, outer: Scope | undefined, element: XmlElement) {
		this.own = own;
		this.declared = new Map(outer?.declared);
		for (const attribute of element.attributes) {
			const name = attribute.written;
			if (name === 'xmlns') {
				this.declared.set('', attribute.value);
			} else if (name.startsWith('xmlns:')) {
				this.declared.set(name.slice(6), attribute.value);
			}
		}
	}

	namespaceOf(prefix: string): string {
		return this.declared.get(prefix) ?? '';
	}
}

/** `scope` is the one inside the element, its own declarations included. */
function projectElement(element: XmlElement, scope: Scope, leftOut?: (child: XmlElement) => boolean): Projected {
	const projected: Projected = new ProjectedElement(element);
	for (const attribute of element.attributes) {
		const name = attributeKey(attribute, scope);
		if (name !== undefined && projected[name] === undefined) {
			projected[name] = attribute.value;
		}
	}
	for (const child of element.children) {
		if (child.written === '' || leftOut?.(child) === true) {
			continue;
		}
		const inner = declaresNamespace(child) ? new Scope(scope.own, scope, child) : scope;
		const key = elementKeyOf(child, inner);
		const list = projected[key];
		if (Array.isArray(list)) {
			list.push(projectElement(child, inner));
		} else {
			projected[key] = [projectElement(child, inner)];
		}
	}
	markText(element, projected);
	return projected;
}

function markText(element: XmlElement, projected: Projected): void {
	if (element.children.length > 0 && !element.hasText) {
		return;
	}
	for (const node of element.content) {
		if (node.kind === 'text') {
			if (!node.blank) {
				projected['#text'] = true;
				return;
			}
			if (element.children.length === 0) {
				projected['#blank'] = true;
			}
		}
	}
}

function declaresNamespace(element: XmlElement): boolean {
	for (const attribute of element.attributes) {
		if (attribute.written.startsWith('xmlns')) {
			return true;
		}
	}
	return false;
}

const attributeKeys = new Map<string, string>();

/** `undefined` for what is allowed anywhere: declarations, `xml:` and `xsi:` attributes (cscfg.md 7.1). */
function attributeKey(attribute: XmlAttribute, scope: Scope): string | undefined {
	const name = attribute.written;
	const known = attributeKeys.get(name);
	if (known !== undefined) {
		return known;
	}
	if (name === 'xmlns') {
		return undefined;
	}
	if (!name.includes(':')) {
		const key = `@${name}`;
		// A small, bounded memory of the names that occur in every file: their keys need not be built again.
		if (attributeKeys.size < 500) {
			attributeKeys.set(name, key);
		}
		return key;
	}
	const prefix = prefixOf(attribute);
	if (prefix === 'xmlns' || name === 'xml:lang' || name === 'xml:space' || name === 'xml:base') {
		return undefined;
	}
	const namespace = scope.namespaceOf(prefix);
	return namespace === 'http://www.w3.org/2001/XMLSchema-instance'
		? undefined
		: `@{${namespace}}${localName(attribute)}`;
}

function elementKeyOf(element: XmlElement, scope: Scope): string {
	const namespace = scope.namespaceOf(prefixOf(element));
	const name = localName(element);
	return namespace === scope.own ? keyFor(name) : `{${namespace}}${name}`;
}

/** `__proto__` is a possible name of an element, but no property like others. */
function keyFor(name: string): string {
	return name === '__proto__' ? '{}__proto__' : name;
}

function nodeAt(value: Projection['value'], pointer: string): XmlElement | XmlAttribute | undefined {
	let at: unknown = value;
	let element: XmlElement | undefined;
	for (const escaped of pointer.split('/').slice(1)) {
		const segment = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
		if (segment.startsWith('@')) {
			const name = segment.slice(1);
			return attribute(element, name);
		}
		at = isRecord(at) ? at[segment] : undefined;
		element = elementIn(at) ?? element;
	}
	return element;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}

function elementIn(value: unknown): XmlElement | undefined {
	const first: unknown = Array.isArray(value) ? value[0] : value;
	return isProjected(first) ? first[elementKey] : undefined;
}

function isProjected(value: unknown): value is Projected {
	return typeof value === 'object' && value !== null && elementKey in value;
}
