import type { Token } from '../base/span';
import { localName, type XmlAttribute, type XmlElement } from '../xml/syntax';

export function childNamed(element: XmlElement | undefined, name: string): XmlElement | undefined {
	return element?.children.find(child => localName(child) === name);
}

const none: readonly XmlElement[] = [];

export function childrenNamed(element: XmlElement | undefined, ...names: readonly string[]): readonly XmlElement[] {
	const children = element?.children ?? none;
	return children.length === 0 ? none : children.filter(child => names.includes(localName(child)));
}

/** The elements `item` inside every `list` of an element: a list written twice is a problem, its entries still count. */
export function listed(
	element: XmlElement | undefined,
	list: string,
	...items: readonly string[]
): readonly XmlElement[] {
	const lists = childrenNamed(element, list);
	const [only] = lists;
	return lists.length === 1 ? childrenNamed(only, ...items) : lists.flatMap(child => childrenNamed(child, ...items));
}

export function attributeNamed(element: XmlElement | undefined, name: string): XmlAttribute | undefined {
	return element?.attributes.find(attribute => attribute.name.text === name);
}

/** The decoded value, `undefined` where the attribute or its quotes are missing. */
export function attributeValue(element: XmlElement | undefined, name: string): string | undefined {
	const attribute = attributeNamed(element, name);
	return attribute?.rawValue && attribute.value;
}

/** The decoded value with the place between the quotes. */
export function tokenOf(element: XmlElement | undefined, name: string): Token | undefined {
	const attribute = attributeNamed(element, name);
	const raw = attribute?.rawValue;
	if (!raw) {
		return undefined;
	}
	return raw.text === attribute.value ? raw : { start: raw.start, end: raw.end, text: attribute.value };
}

/** As `xs:int` reads it: blanks around, a sign and leading zeros are fine (cscfg.md 7.1). */
export function integerOf(element: XmlElement | undefined, name: string): number | undefined {
	const text = attributeValue(element, name)?.trim();
	return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

export function portOf(element: XmlElement | undefined, name: string): number | undefined {
	const port = integerOf(element, name);
	return port !== undefined && port >= 1 && port <= 65535 ? port : undefined;
}

export function portOrStarOf(element: XmlElement | undefined, name: string): number | '*' | undefined {
	return attributeValue(element, name) === '*' ? '*' : portOf(element, name);
}

export function booleanOf(element: XmlElement | undefined, name: string): boolean | undefined {
	switch (attributeValue(element, name)?.trim()) {
		case 'true':
		case '1':
			return true;
		case 'false':
		case '0':
			return false;
		default:
			return undefined;
	}
}

/** The value where it is one of those allowed, the default otherwise. */
export function choiceOf<T extends string>(
	element: XmlElement | undefined,
	name: string,
	allowed: readonly T[],
	otherwise: T,
): T {
	const value = attributeValue(element, name);
	return allowed.find(choice => choice === value) ?? otherwise;
}
