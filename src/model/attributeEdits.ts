import type { Edit } from '../base/span';
import { attribute, type XmlDocument, type XmlElement } from '../xml/syntax';
import { escapeValue, renderAttribute, styleOf } from './markup';

/** Gives an attribute this value: where it has one, nothing but the characters between the quotes changes. */
export function setAttributeValue(document: XmlDocument, element: XmlElement, name: string, value: string): Edit {
	const written = attribute(element, name);
	const raw = written?.rawValue;
	if (raw) {
		return { span: { start: raw.start, end: raw.end }, text: escapeValue(value, document.text.charAt(raw.start - 1)) };
	}
	const text = renderAttribute(name, value, styleOf(document));
	if (written) {
		// What was begun and has no value goes with what takes its place.
		return { span: { start: written.start, end: written.end }, text };
	}
	const at = element.attributes.at(-1)?.end ?? element.name?.end ?? element.openTag.end;
	return { span: { start: at, end: at }, text: ` ${text}` };
}

/** Takes an attribute out, with the blanks before it; nothing where there is none. */
export function removeAttribute(document: XmlDocument, element: XmlElement, name: string): readonly Edit[] {
	const written = attribute(element, name);
	if (!written) {
		return [];
	}
	let start = written.start;
	while (/\s/.test(document.text.charAt(start - 1))) {
		start--;
	}
	return [{ span: { start, end: written.end }, text: '' }];
}
