import { Anchor } from './anchor';
import { checkDuplicates, readAttributes, type TagEnd } from './attributes';
import { checkCharacters } from './characters';
import { closeDedented, closeDownTo, readCloseTag } from './closing';
import { TextNode } from './leaves';
import { readMarkup } from './markup';
import { NameTable } from './nameTable';
import { ElementNode } from './nodes';
import { OpenElements } from './openElements';
import { Pile } from './pile';
import { checkPrefixes } from './prefixes';
import { problems } from './problems';
import type { TreeReader } from './reader';
import { checkReferences } from './references';
import { noteReparsable } from './reparsable';
import { blanksEnd, code, isBlank, isLineBreak, lineEnd, nameEnd, startsName } from './scanner';
import type { XmlDocument } from './syntax';

/**
 * The tree of any text and what is wrong with it; never an exception.
 *
 * A first reading pairs tags by their exact names, which shows the elements that nobody closes. Only where there are
 * some, a second reading closes each of them where its indentation says that it ends, so that a forgotten closing tag
 * does not swallow the elements after it.
 */
export function parse(text: string): XmlDocument {
	const first = readAll(text, undefined);
	const reader = first.unclosed.size === 0 && !first.stray ? first : readAll(text, first.unclosed);
	const { root, problems } = reader;
	const content = reader.open.topLevel();
	checkCharacters(text, 0, text.length, problems);
	const prefixed = reader.names.prefixed && checkPrefixes(content, root, problems);
	problems.sort((a, b) => a.span.start - b.span.start);
	const document = { text, root, content, problems };
	if (root && !prefixed && !reader.doctype && !reader.tooDeep) {
		noteReparsable(document, root, content);
	}
	return document;
}

/** As in libxml2. It keeps every walk up or down a tree short, whatever the text. */
const deepest = 256;

function readAll(text: string, known: ReadonlySet<number> | undefined): TreeReader {
	const reader = readerAt(text, text.charCodeAt(0) === 0xfeff ? 1 : 0, known);
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

/** A reader that begins at this offset. `known`: the elements that nobody closes, in a second reading. */
export function readerAt(text: string, at: number, known: ReadonlySet<number> | undefined): TreeReader {
	return {
		text,
		at,
		anchor: new Anchor(),
		problems: [],
		doctype: false,
		absent: new Set(),
		names: new NameTable(),
		attributes: new Pile(),
		known,
		unclosed: new Set(),
		open: new OpenElements(known !== undefined),
		root: undefined,
		stray: false,
		outsideReported: false,
		tooDeep: false,
	};
}

/** Reads the next piece of the text: a tag, a comment, a text. */
export function readNode(reader: TreeReader): void {
	const { text, at } = reader;
	if (reader.open.depth < 2) {
		reader.anchor = new Anchor();
	}
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
		reader.open.add(readMarkup(reader, reader.open.innermost, reader.root !== undefined));
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
	const parent = reader.open.innermost;
	if (!blank || !parent || reader.open.whole) {
		reader.open.add(new TextNode(parent, reader.anchor, start, end, blank));
	}
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
	for (let at = solid; at < end; at++) {
		if (text.charCodeAt(at) === code.closeBracket && text.startsWith(']]>', at)) {
			reader.problems.push(problems.characterDataEnd({ start: at, end: at + 3 }));
		}
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
	const { text, at: start, open, names } = reader;
	const end = nameEnd(text, start + 1);
	const name = names.name(text, start + 1, end);
	if (reader.known !== undefined) {
		closeDedented(reader, start, name);
	}
	const element = new ElementNode(open.innermost, reader.anchor, start, name, names.localName(name));
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
	if (open.depth < deepest) {
		open.push(element);
	} else if (!reader.tooDeep) {
		reader.tooDeep = true;
		reader.problems.push(problems.tooDeep({ start: start + 1, end }, deepest));
	}
}

/** A tag that was not typed to its end holds what follows only where a closing tag says so. */
function holdsContent(reader: TreeReader, tagEnd: TagEnd, start: number): boolean {
	return tagEnd === 'open' || (tagEnd === 'unterminated' && !reader.known?.has(start));
}

function readNamelessElement(reader: TreeReader): void {
	const { text, at: start } = reader;
	const element = new ElementNode(reader.open.innermost, reader.anchor, start, '', '');
	const conflict = conflictEnd(text, start);
	const end = conflict ?? (text.charCodeAt(start + 1) === code.greater ? start + 2 : start + 1);
	reader.at = end;
	element.end = end;
	element.openEnd = end;
	const problem = conflict === undefined ? problems.elementNameExpected : problems.mergeConflict;
	reader.problems.push(problem({ start, end }));
	addElement(reader, element);
}

/** The end of a line that git wrote before the first of two versions: seven times `<`, and where it comes from. */
function conflictEnd(text: string, start: number): number | undefined {
	if (!text.startsWith('<<<<<<< ', start) || (start > 0 && !isLineBreak(text.charCodeAt(start - 1)))) {
		return undefined;
	}
	return lineEnd(text, start);
}

function addElement(reader: TreeReader, element: ElementNode): void {
	reader.open.addElement(element);
	if (element.parent) {
		return;
	}
	if (!reader.root?.name) {
		reader.root = element;
	} else if (element.name && !reader.outsideReported) {
		reader.outsideReported = true;
		reader.problems.push(problems.secondRoot(element.name, element.written));
	}
}
