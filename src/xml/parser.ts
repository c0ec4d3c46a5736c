import type { Token } from '../base/span';
import { checkDuplicates, type Reader, readAttributes, type TagEnd } from './attributes';
import { checkCharacters } from './characters';
import { readMarkup } from './markup';
import { NameTable } from './nameTable';
import { ElementNode } from './nodes';
import { checkPrefixes } from './prefixes';
import { problems, type XmlProblem } from './problems';
import { checkReferences } from './references';
import { blanksEnd, code, indentation, isBlank, isLineBreak, nameEnd, startsName } from './scanner';
import type { XmlDocument, XmlElement, XmlNode } from './syntax';

/**
 * The tree of any text and what is wrong with it; never an exception.
 *
 * A first reading pairs tags by their exact names, which shows the elements that nobody closes. Only where there are
 * some, a second reading closes each of them where its indentation says that it ends, so that a forgotten closing tag
 * does not swallow the elements after it.
 */
export function parse(text: string): XmlDocument {
	const first = read(text, undefined);
	const result = first.unclosed.size === 0 && !first.stray ? first : read(text, first.unclosed);
	checkCharacters(text, result.problems);
	if (result.names.prefixed) {
		checkPrefixes(result.content, result.problems);
	}
	result.problems.sort((a, b) => a.span.start - b.span.start);
	return { text, root: result.root, content: result.content, problems: result.problems };
}

interface Reading {
	readonly root: XmlElement | undefined;
	readonly content: XmlNode[];
	readonly problems: XmlProblem[];
	readonly names: NameTable;
	/** The starts of the elements that nobody closes. */
	readonly unclosed: ReadonlySet<number>;
	/** True where a closing tag fits no open element. */
	readonly stray: boolean;
}

interface TreeReader extends Reader {
	/** What the first reading found out; `undefined` in the first reading itself. */
	readonly known: ReadonlySet<number> | undefined;
	readonly unclosed: Set<number>;
	/** The open elements, outermost first. */
	readonly open: ElementNode[];
	readonly content: XmlNode[];
	root: XmlElement | undefined;
	stray: boolean;
	/** One problem says that the root element ended too early, however much follows. */
	outsideReported: boolean;
	/** One problem says that elements are nested too deeply; closing tags are then no longer paired. */
	tooDeep: boolean;
}

/** As in libxml2. It keeps every walk up or down a tree short, whatever the text. */
const deepest = 256;

function read(text: string, known: ReadonlySet<number> | undefined): Reading {
	const reader: TreeReader = {
		text,
		at: text.charCodeAt(0) === 0xfeff ? 1 : 0,
		problems: [],
		doctype: false,
		absent: new Set(),
		names: new NameTable(),
		known,
		unclosed: new Set(),
		open: [],
		content: [],
		root: undefined,
		stray: false,
		outsideReported: false,
		tooDeep: false,
	};
	while (reader.at < text.length) {
		readNode(reader);
	}
	closeDownTo(reader, 0, text.length);
	if (!reader.root && reader.problems.length === 0) {
		const at = blanksEnd(text, 0);
		reader.problems.push(problems.noRoot({ start: Math.min(at, text.length), end: text.length }));
	}
	return reader;
}

function readNode(reader: TreeReader): void {
	const { text, at } = reader;
	if (text.charCodeAt(at) !== code.less) {
		readText(reader);
		return;
	}
	const next = text.charCodeAt(at + 1);
	if (startsName(next)) {
		readElement(reader);
	} else if (next === code.slash) {
		readCloseTag(reader);
	} else if (next === code.exclamation || next === code.question) {
		const parent = reader.open.at(-1);
		add(reader, parent, readMarkup(reader, parent, reader.root !== undefined));
	} else {
		readNamelessElement(reader);
	}
}

function readText(reader: TreeReader): void {
	const { text, at: start } = reader;
	const less = text.indexOf('<', start);
	const end = less < 0 ? text.length : less;
	reader.at = end;
	const solid = blanksEnd(text, start);
	const blank = solid >= end;
	const parent = reader.open.at(-1);
	add(reader, parent, { kind: 'text', start, end, parent, blank });
	if (blank) {
		return;
	}
	if (!parent) {
		if (!reader.outsideReported) {
			reader.outsideReported = true;
			reader.problems.push(problems.textOutsideRoot({ start: solid, end: trimmedEnd(text, end) }));
		}
		return;
	}
	checkReferences(text, solid, end, reader.doctype, reader.problems);
	for (let close = text.indexOf(']]>', solid); close >= 0 && close < end; close = text.indexOf(']]>', close + 3)) {
		reader.problems.push(problems.characterDataEnd({ start: close, end: close + 3 }));
	}
}

function add(reader: TreeReader, parent: ElementNode | undefined, node: XmlNode): void {
	if (parent) {
		parent.addNode(node);
	} else {
		reader.content.push(node);
	}
}

function trimmedEnd(text: string, end: number): number {
	let at = end;
	while (isBlank(text.charCodeAt(at - 1))) {
		at--;
	}
	return at;
}

function readElement(reader: TreeReader): void {
	const { text, at: start, open } = reader;
	const end = nameEnd(text, start + 1);
	const name = reader.names.token(text, start + 1, end);
	if (reader.known !== undefined) {
		closeDedented(reader, start, name.text);
	}
	const element = new ElementNode(open.at(-1), start, name);
	reader.at = end;
	const tagEnd = readAttributes(reader, element);
	checkDuplicates(element.attributes, reader.problems);
	element.end = reader.at;
	element.openEnd = reader.at;
	element.selfClosing = tagEnd === 'empty';
	addElement(reader, element);
	if (!holdsContent(reader, tagEnd, start)) {
		return;
	}
	if (open.length < deepest) {
		open.push(element);
	} else if (!reader.tooDeep) {
		reader.tooDeep = true;
		reader.problems.push(problems.tooDeep(name, deepest));
	}
}

/** A tag that was not typed to its end holds what follows only where a closing tag says so. */
function holdsContent(reader: TreeReader, tagEnd: TagEnd, start: number): boolean {
	return tagEnd === 'open' || (tagEnd === 'unterminated' && !reader.known?.has(start));
}

function readNamelessElement(reader: TreeReader): void {
	const { text, at: start } = reader;
	const element = new ElementNode(reader.open.at(-1), start, undefined);
	const end = text.charCodeAt(start + 1) === code.greater ? start + 2 : start + 1;
	reader.at = end;
	element.end = end;
	element.openEnd = end;
	reader.problems.push(problems.elementNameExpected({ start, end }));
	addElement(reader, element);
}

function addElement(reader: TreeReader, element: ElementNode): void {
	const parent = reader.open.at(-1);
	if (parent) {
		parent.addChild(element);
		return;
	}
	reader.content.push(element);
	if (!reader.root?.name) {
		reader.root = element;
	} else if (element.name && !reader.outsideReported) {
		reader.outsideReported = true;
		reader.problems.push(problems.secondRoot(element.name, element.name.text));
	}
}

/** In the second reading: closes the elements without closing tags that end before this one begins. */
function closeDedented(reader: TreeReader, start: number, name: string): void {
	const { text, open, known } = reader;
	let keep = open.length;
	for (; keep > 0; keep--) {
		const top = open[keep - 1];
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
	return element.name?.text === name && element.parent !== undefined;
}

function readCloseTag(reader: TreeReader): void {
	const { text, at: start, open } = reader;
	const nameStop = nameEnd(text, start + 2);
	const name = reader.names.token(text, start + 2, nameStop);
	let depth = open.length - 1;
	while (depth >= 0 && open[depth]?.name?.text !== name.text) {
		depth--;
	}
	const top = open.at(-1);
	const misspelt = depth < 0 && top !== undefined && reader.known?.has(top.start) === true;
	const closing = misspelt ? top : open[depth];
	if (!misspelt && depth >= 0) {
		closeDownTo(reader, depth + 1, start);
	}
	const end = readCloseTagEnd(reader, name, closing === undefined || misspelt);
	if (!closing) {
		reader.stray = true;
		if (reader.tooDeep) {
			return;
		}
		reader.problems.push(problems.closeTagWithoutOpen({ start, end }, name.text));
		return;
	}
	if (misspelt) {
		reader.problems.push(
			problems.wrongCloseTag(name.text ? name : { start, end }, name.text, closing.name?.text ?? ''),
		);
	}
	open.pop();
	closing.closeStart = start;
	closing.closeText = name.text;
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

/** Ends the open elements above this depth, none of which has a closing tag. */
function closeDownTo(reader: TreeReader, depth: number, end: number): void {
	const { open } = reader;
	while (open.length > depth) {
		const element = open.pop();
		if (!element) {
			return;
		}
		element.end = end;
		reader.unclosed.add(element.start);
		const { name } = element;
		if (name) {
			reader.problems.push(problems.missingCloseTag(name, name.text));
		}
	}
}
