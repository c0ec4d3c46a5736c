import type { Span } from '../base/span';
import { AttributeNode, type ElementNode } from './nodes';
import { problems, type XmlProblem } from './problems';
import { readQuoted } from './quotedValue';
import type { Reader } from './reader';
import { blanksEnd, code, isBlank, nameEnd } from './scanner';
import type { XmlAttribute } from './syntax';

/** How a tag ended: with `>`, with `/>`, or not at all. */
export type TagEnd = 'open' | 'empty' | 'unterminated';

/** Reads the attributes of a tag, from after its name to after its end. */
export function readAttributes(reader: Reader, element: ElementNode): TagEnd {
	const end = readToTagEnd(reader, element);
	element.attributes = reader.attributes.takeFrom(0);
	return end;
}

function readToTagEnd(reader: Reader, element: ElementNode): TagEnd {
	const { text } = reader;
	for (;;) {
		const start = reader.at;
		const at = blanksEnd(text, start);
		reader.at = at;
		const character = text.charCodeAt(at);
		if (character === code.greater) {
			reader.at = at + 1;
			return 'open';
		}
		if (character === code.slash && text.charCodeAt(at + 1) === code.greater) {
			reader.at = at + 2;
			return 'empty';
		}
		if (at >= text.length || character === code.less) {
			return unterminated(reader, element, 'unterminated');
		}
		const end = nameEnd(text, at);
		if (end > at) {
			if (at === start) {
				reader.problems.push(problems.blankMissing({ start: at, end }));
			}
			reader.attributes.add(readAttribute(reader, element, at, end));
		} else if (character === code.slash && endsTag(text, blanksEnd(text, at + 1))) {
			reader.at = at + 1;
			return unterminated(reader, element, 'empty');
		} else {
			skipUnexpected(reader);
		}
	}
}

/** Duplicates are looked for once the tag is complete. Tags are small, so each name is compared with those before it. */
export function checkDuplicates(attributes: readonly XmlAttribute[], found: XmlProblem[]): void {
	if (attributes.length < 2) {
		return;
	}
	const seen = attributes.length > 16 ? new Set<string>() : undefined;
	for (let index = 0; index < attributes.length; index++) {
		const name = attributes[index]?.written ?? '';
		const twice = seen ? seen.size === seen.add(name).size : isAmongFirst(attributes, index, name);
		const attribute = twice ? attributes[index] : undefined;
		if (attribute) {
			found.push(problems.duplicateAttribute(attribute.name, name));
		}
	}
}

function isAmongFirst(attributes: readonly XmlAttribute[], count: number, name: string): boolean {
	for (let index = 0; index < count; index++) {
		if (attributes[index]?.written === name) {
			return true;
		}
	}
	return false;
}

/** A tag that just stops. Where its last attribute was just begun, that is one mistake and not two. */
function unterminated(reader: Reader, element: ElementNode, end: TagEnd): TagEnd {
	const attribute = reader.attributes.last;
	const problem = reader.problems.at(-1);
	const isLast = attribute !== undefined && problem !== undefined && problem.span.start >= attribute.start;
	if (isLast && problem.code === 'valueNotClosed') {
		return end;
	}
	if (isLast && problem.code === 'attributeWithoutValue') {
		reader.problems.pop();
	}
	const name = element.name ?? element.openTag;
	reader.problems.push(problems.tagNotClosed({ start: name.start, end: name.end }, element.written));
	return end;
}

function endsTag(text: string, at: number): boolean {
	return at >= text.length || text.charCodeAt(at) === code.less;
}

/** Reads an attribute whose name stands between these offsets. */
function readAttribute(reader: Reader, element: ElementNode, start: number, nameStop: number): AttributeNode {
	const { text } = reader;
	const name = reader.names.name(text, start, nameStop);
	const afterName = blanksEnd(text, nameStop);
	if (text.charCodeAt(afterName) !== code.equals) {
		reader.at = nameStop;
		reader.problems.push(problems.attributeWithoutValue({ start, end: nameStop }, name));
		return new AttributeNode(element, start, name, nameStop, -1, '', '');
	}
	const at = blanksEnd(text, afterName + 1);
	const quote = text.charCodeAt(at);
	if (quote === code.quote || quote === code.apostrophe) {
		return readQuoted(reader, element, start, name, at);
	}
	const typographic = typographicEnd(text, at);
	if (typographic !== undefined) {
		reader.at = typographic;
		reader.problems.push(problems.valueNotQuoted({ start: at, end: typographic }, name, true));
		return new AttributeNode(element, start, name, reader.at, -1, '', '');
	}
	const end = bareValueEnd(text, at);
	const nextAttribute = at > afterName + 1 && text.slice(at, end).includes('=');
	if (end === at || nextAttribute) {
		// What follows belongs to the next line or tag, so the attribute ends after its equals sign.
		reader.at = afterName + 1;
		reader.problems.push(problems.attributeWithoutValue({ start, end: nameStop }, name));
	} else {
		reader.at = end;
		reader.problems.push(problems.valueNotQuoted({ start: at, end }, name, false));
	}
	return new AttributeNode(element, start, name, reader.at, -1, '', '');
}

/** The quotes of texts, primes and the wide ones of East Asian keyboards among them. */
const mark = '[\\u2018-\\u201f\\u00ab\\u00bb\\u2032\\u2033\\uff02\\uff07]';
const typographicValue = new RegExp(`${mark}(?:(?!${mark})[^"<>\\r\\n])*(?:${mark}|")`, 'y');

/** Where a value ends that word processors and web pages put in quotes of their own; `undefined` where it is no such value. */
function typographicEnd(text: string, at: number): number | undefined {
	// Almost every value that stands in no quotes begins with a letter or a digit.
	if (!(text.charCodeAt(at) > 127)) {
		return undefined;
	}
	typographicValue.lastIndex = at;
	return typographicValue.test(text) ? typographicValue.lastIndex : undefined;
}

function bareValueEnd(text: string, at: number): number {
	let end = at;
	for (; end < text.length; end++) {
		const character = text.charCodeAt(end);
		if (isBlank(character) || character === code.greater || character === code.less) {
			break;
		}
		if (character === code.slash && text.charCodeAt(end + 1) === code.greater) {
			break;
		}
	}
	return end;
}

/** Reads over what no attribute can begin with, up to something that can go on. */
function skipUnexpected(reader: Reader): void {
	const { text, at: start } = reader;
	let end = start + 1;
	for (; end < text.length; end++) {
		const character = text.charCodeAt(end);
		if (isBlank(character) || character === code.greater || character === code.less || character === code.slash) {
			break;
		}
	}
	reader.at = end;
	const span: Span = { start, end };
	reader.problems.push(problems.unexpectedInTag(span, text.slice(start, Math.min(end, start + 40))));
}
