import { AttributeNode, type ElementNode } from './nodes';
import { problems } from './problems';
import type { Reader } from './reader';
import { attributeValue, checkReferences } from './references';
import { code, continuesName, endBeforeMarkupLine, isBlank, isLineBreak, lineEnd, looksLikeMarkup } from './scanner';

/**
 * Reads the attribute that begins at `attributeStart` from the quote at `quoteAt` to the end of its value. Where the
 * closing quote was forgotten, the value ends where a reader would say that it does: before the next attribute, before
 * the end of the tag, or with the line.
 */
export function readQuoted(
	reader: Reader,
	element: ElementNode,
	attributeStart: number,
	name: string,
	quoteAt: number,
): AttributeNode {
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
		reader.problems.push(problems.valueNotClosed(span, name, String.fromCharCode(quote)));
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
	const value = plain ? raw : attributeValue(raw);
	return new AttributeNode(element, attributeStart, name, reader.at, start, raw, value);
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
