import type { Span, Token } from '../base/span';
import type { NameTable } from './nameTable';
import { AttributeNode, type ElementNode } from './nodes';
import { problems, type XmlProblem } from './problems';
import { readQuoted } from './quotedValue';
import { blanksEnd, code, isBlank, nameEnd } from './scanner';
import type { XmlAttribute, XmlElement } from './syntax';

/** Where the reading of one text stands. */
export interface Reader {
	readonly text: string;
	at: number;
	readonly problems: XmlProblem[];
	/** True after a document type declaration: entities may then be declared in a way that is not read here. */
	doctype: boolean;
	/** Terminators that do not occur in the rest of the text, so that nothing is looked for to the end again and again. */
	readonly absent: Set<string>;
	readonly names: NameTable;
}

/** How a tag ended: with `>`, with `/>`, or not at all. */
export type TagEnd = 'open' | 'empty' | 'unterminated';

/** Reads the attributes of a tag, from after its name to after its end. */
export function readAttributes(reader: Reader, element: ElementNode): TagEnd {
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
			element.addAttribute(readAttribute(reader, element, reader.names.token(text, at, end)));
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
	for (const [index, { name }] of attributes.entries()) {
		const twice = seen
			? seen.size === seen.add(name.text).size
			: attributes.findIndex(other => other.name.text === name.text) < index;
		if (twice) {
			found.push(problems.duplicateAttribute(name, name.text));
		}
	}
}

/** A tag that just stops. Where its last attribute was just begun, that is one mistake and not two. */
function unterminated(reader: Reader, element: XmlElement, end: TagEnd): TagEnd {
	const attribute = element.attributes.at(-1);
	const problem = reader.problems.at(-1);
	const isLast = attribute !== undefined && problem !== undefined && problem.span.start >= attribute.start;
	if (isLast && problem.code === 'valueNotClosed') {
		return end;
	}
	if (isLast && problem.code === 'attributeWithoutValue') {
		reader.problems.pop();
	}
	const name = element.name ?? element.openTag;
	reader.problems.push(problems.tagNotClosed({ start: name.start, end: name.end }, element.name?.text ?? ''));
	return end;
}

function endsTag(text: string, at: number): boolean {
	return at >= text.length || text.charCodeAt(at) === code.less;
}

function readAttribute(reader: Reader, element: XmlElement, name: Token): XmlAttribute {
	const { text } = reader;
	const afterName = blanksEnd(text, name.end);
	if (text.charCodeAt(afterName) !== code.equals) {
		reader.at = name.end;
		reader.problems.push(problems.attributeWithoutValue(name, name.text));
		return new AttributeNode(element, name, name.end, -1, '', '');
	}
	const at = blanksEnd(text, afterName + 1);
	const quote = text.charCodeAt(at);
	if (quote === code.quote || quote === code.apostrophe) {
		return readQuoted(reader, element, name, at);
	}
	const end = bareValueEnd(text, at);
	const nextAttribute = at > afterName + 1 && text.slice(at, end).includes('=');
	if (end === at || nextAttribute) {
		// What follows belongs to the next line or tag, so the attribute ends after its equals sign.
		reader.at = afterName + 1;
		reader.problems.push(problems.attributeWithoutValue(name, name.text));
	} else {
		reader.at = end;
		reader.problems.push(problems.valueNotQuoted({ start: at, end }, name.text));
	}
	return new AttributeNode(element, name, reader.at, -1, '', '');
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
