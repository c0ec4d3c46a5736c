import type { Span, Token } from '../base/span';
import type { NameTable } from './nameTable';
import { AttributeNode, type ElementNode } from './nodes';
import { problems, type XmlProblem } from './problems';
import { attributeValue, checkReferences } from './references';
import {
	blanksEnd,
	code,
	continuesName,
	endBeforeMarkupLine,
	isBlank,
	isLineBreak,
	lineEnd,
	looksLikeMarkup,
	nameEnd,
} from './scanner';
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

function readQuoted(reader: Reader, element: XmlElement, name: Token, quoteAt: number): XmlAttribute {
	const { text } = reader;
	const start = quoteAt + 1;
	const quote = text.charCodeAt(quoteAt);
	let end = start;
	let plain = true;
	let ampersand = false;
	let less = -1;
	for (; end < text.length; end++) {
		const character = text.charCodeAt(end);
		if (character === quote) {
			break;
		}
		if (character === code.ampersand) {
			ampersand = true;
			plain = false;
		} else if (character === code.less) {
			if (less < 0) {
				less = end;
			}
			// Two lines of markup inside a value mean a forgotten quote: without this, each of them would be read to the end.
			if (startsMarkupLine(text, end)) {
				break;
			}
		} else if (character < 32) {
			plain = false;
		}
	}
	const forgotten = forgottenQuote(text, start, end, quote, less);
	if (forgotten !== undefined) {
		end = forgotten;
		reader.at = end;
		const span = { start: quoteAt, end: Math.max(end, start) };
		reader.problems.push(problems.valueNotClosed(span, name.text, String.fromCharCode(quote)));
	} else {
		reader.at = end + 1;
		for (let at = less; at >= 0 && at < end; at = text.indexOf('<', at + 1)) {
			reader.problems.push(problems.lessThanInValue({ start: at, end: at + 1 }));
		}
	}
	if (ampersand) {
		checkReferences(text, start, end, reader.doctype, reader.problems);
	}
	const raw = text.slice(start, end);
	return new AttributeNode(element, name, reader.at, start, raw, plain ? raw : attributeValue(raw));
}

/** Where a value ends whose closing quote was not typed; `undefined` where it was. `end` is the next quote or where the search gave up. */
function forgottenQuote(text: string, start: number, end: number, quote: number, less: number): number | undefined {
	if (text.charCodeAt(end) !== quote) {
		const line = Math.min(end, endBeforeMarkupLine(text, start));
		const onThisLine = less >= 0 && less < line && looksLikeMarkup(text, less) ? less : line;
		return beforeTagEnd(text, start, beforeBlanks(text, start, onThisLine));
	}
	const after = text.charCodeAt(end + 1);
	if (
		isBlank(after) ||
		after === code.greater ||
		after === code.slash ||
		after === code.question ||
		end + 1 >= text.length
	) {
		return undefined;
	}
	// `name="a value="b"`: what was taken for the value ends with the beginning of the next attribute.
	const next = nextAttributeStart(text, start, end);
	if (next === undefined) {
		return undefined;
	}
	const onThisLine = lineEnd(text, start, less >= 0 && less < next ? less : next);
	return beforeTagEnd(text, start, beforeBlanks(text, start, onThisLine));
}

/** Where the name stands in `... name=` at the end of a piece of text, after a blank. */
function nextAttributeStart(text: string, start: number, end: number): number | undefined {
	let at = end;
	while (at > start && isBlank(text.charCodeAt(at - 1))) {
		at--;
	}
	if (at === start || text.charCodeAt(at - 1) !== code.equals) {
		return undefined;
	}
	at--;
	while (at > start && isBlank(text.charCodeAt(at - 1))) {
		at--;
	}
	const nameStop = at;
	while (at > start && continuesName(text.charCodeAt(at - 1))) {
		at--;
	}
	return at > start && at < nameStop && isBlank(text.charCodeAt(at - 1)) ? at : undefined;
}

function beforeBlanks(text: string, start: number, end: number): number {
	let at = end;
	while (at > start && isBlank(text.charCodeAt(at - 1))) {
		at--;
	}
	return at;
}

/** A `>` or `/>` at the end of an open value closes the tag, not the value. */
function beforeTagEnd(text: string, start: number, end: number): number {
	if (end <= start || text.charCodeAt(end - 1) !== code.greater) {
		return end;
	}
	const at = end - 1 > start && text.charCodeAt(end - 2) === code.slash ? end - 2 : end - 1;
	return beforeBlanks(text, start, at);
}

/** True where markup begins a line, so that a value before it was not closed. */
function startsMarkupLine(text: string, at: number): boolean {
	let before = at - 1;
	while (before >= 0 && (text.charCodeAt(before) === code.space || text.charCodeAt(before) === code.tab)) {
		before--;
	}
	return isLineBreak(text.charCodeAt(before)) && looksLikeMarkup(text, at);
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
