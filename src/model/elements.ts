import type { Token } from '../base/span';
import { attribute, childrenNamed, valueToken, type XmlElement } from '../xml/syntax';

/** The elements `item` inside every `list` of an element: a list written twice is a problem, its entries still count. */
export function listed(
	element: XmlElement | undefined,
	list: string,
	...items: readonly string[]
): readonly XmlElement[] {
	let found = none;
	for (const each of element?.children ?? none) {
		if (each.localName === list) {
			const inside = childrenNamed(each, ...items);
			found = found.length === 0 ? inside : [...found, ...inside];
		}
	}
	return found;
}

const none: readonly XmlElement[] = [];

/** What can be read of these elements; one that lacks what it needs is left out. */
export function readAll<T>(
	elements: readonly XmlElement[],
	read: (element: XmlElement) => T | undefined,
): readonly T[] {
	const found: T[] = [];
	for (const element of elements) {
		const value = read(element);
		if (value !== undefined) {
			found.push(value);
		}
	}
	return found;
}

/** The decoded value, `undefined` where the attribute or its quotes are missing. */
export function attributeValue(element: XmlElement | undefined, name: string): string | undefined {
	const found = attribute(element, name);
	return found?.rawValue && found.value;
}

/** The decoded value with the place between the quotes. */
export function tokenOf(element: XmlElement | undefined, name: string): Token | undefined {
	return valueToken(attribute(element, name));
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
