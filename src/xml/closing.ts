import type { Span, Token } from '../base/span';
import type { ElementNode } from './nodes';
import { problems } from './problems';
import type { TreeReader } from './reader';
import { blanksEnd, code, indentation, isLineBreak, nameEnd } from './scanner';

/** Reads a closing tag, and closes what it closes. */
export function readCloseTag(reader: TreeReader): void {
	const { text, at: start, open } = reader;
	const nameStop = nameEnd(text, start + 2);
	const name = reader.names.name(text, start + 2, nameStop);
	let depth = open.depth - 1;
	while (depth >= 0 && open.at(depth)?.written !== name) {
		depth--;
	}
	const top = open.innermost;
	const misspelt = depth < 0 && top !== undefined && reader.known?.has(top.start) === true;
	const closing = misspelt ? top : open.at(depth);
	if (!misspelt && depth >= 0) {
		closeDownTo(reader, depth + 1, start);
	}
	const token = { start: start + 2, end: nameStop, text: name };
	const end = readCloseTagEnd(reader, token, closing === undefined || misspelt);
	if (!closing) {
		reader.stray = true;
		if (!reader.tooDeep) {
			reader.problems.push(problems.closeTagWithoutOpen({ start, end }, name));
		}
		return;
	}
	if (misspelt) {
		const span: Span = name === '' ? { start, end } : token;
		reader.problems.push(problems.wrongCloseTag(span, name, closing.written));
	}
	open.pop();
	closing.closeStart = start;
	closing.closeText = name;
	closing.end = end;
}

/** Reads from after the name of a closing tag to its end. `explained`: another problem is reported about this tag already. */
function readCloseTagEnd(reader: TreeReader, name: Token, explained: boolean): number {
	const { text } = reader;
	const at = blanksEnd(text, name.end);
	if (text.charCodeAt(at) === code.greater) {
		reader.at = at + 1;
		return reader.at;
	}
	let end = name.end;
	if (at < text.length && text.charCodeAt(at) !== code.less && !hasLineBreak(text, name.end, at)) {
		end = at;
		while (end < text.length && !isLineBreak(text.charCodeAt(end)) && text.charCodeAt(end) !== code.less) {
			end++;
			if (text.charCodeAt(end - 1) === code.greater) {
				break;
			}
		}
		reader.problems.push(problems.unexpectedInTag({ start: at, end }, text.slice(at, end)));
	} else if (!explained) {
		reader.problems.push(problems.closeTagNotClosed({ start: name.start - 2, end: name.end }, name.text));
	}
	reader.at = end;
	return end;
}

function hasLineBreak(text: string, start: number, end: number): boolean {
	for (let at = start; at < end; at++) {
		if (isLineBreak(text.charCodeAt(at))) {
			return true;
		}
	}
	return false;
}

/** Ends the open elements from this depth on, none of which has a closing tag. */
export function closeDownTo(reader: TreeReader, depth: number, end: number): void {
	while (reader.open.depth > depth) {
		const element = reader.open.pop();
		if (!element) {
			return;
		}
		element.end = end;
		reader.unclosed.add(element.start);
		if (element.name) {
			reader.problems.push(problems.missingCloseTag(element.name, element.written));
		}
	}
}

/** In the second reading: closes the elements without closing tags that end before this one begins. */
export function closeDedented(reader: TreeReader, start: number, name: string): void {
	const { text, open, known } = reader;
	let keep = open.depth;
	for (; keep > 0; keep--) {
		const top = open.at(keep - 1);
		if (!top || !known?.has(top.start) || !endsBefore(text, top, start, name)) {
			break;
		}
	}
	closeDownTo(reader, keep, start);
}

function endsBefore(text: string, element: ElementNode, start: number, name: string): boolean {
	const own = indentation(text, element.start);
	const next = indentation(text, start);
	const outer = element.parent && indentation(text, element.parent.start);
	if (own !== undefined && next !== undefined && outer !== undefined && outer < own) {
		return next <= own;
	}
	return element.written === name && element.parent !== undefined;
}
