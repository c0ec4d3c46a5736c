import { CommentNode, InstructionNode, TextNode } from './leaves';
import type { ElementNode } from './nodes';
import { problems } from './problems';
import type { Reader } from './reader';
import { code, doctypeEnd, endBeforeMarkupLine, isBlank, nameEnd } from './scanner';

type Markup = CommentNode | InstructionNode | TextNode;

/** Reads what begins with `<!` or `<?`: comments, character data, declarations and instructions. */
export function readMarkup(reader: Reader, parent: ElementNode | undefined, afterRoot: boolean): Markup {
	const { text, at } = reader;
	if (text.charCodeAt(at + 1) === code.question) {
		return readInstruction(reader, parent);
	}
	if (text.startsWith('<!--', at)) {
		return readComment(reader, parent);
	}
	if (text.startsWith('<![CDATA[', at)) {
		return readCharacterData(reader, parent);
	}
	if (text.startsWith('<!DOCTYPE', at)) {
		return readDoctype(reader, parent, afterRoot);
	}
	const end = shortEnd(text, at + 2);
	reader.at = end;
	reader.problems.push(problems.unknownMarkup({ start: at, end }));
	return new InstructionNode(parent, reader.anchor, at, end);
}

function readComment(reader: Reader, parent: ElementNode | undefined): Markup {
	const { text, at: start } = reader;
	const close = find(reader, '-->', start + 4);
	const inner = close < 0 ? endBeforeMarkupLine(text, start + 4) : close;
	const end = close < 0 ? inner : close + 3;
	reader.at = end;
	const node = new CommentNode(parent, reader.anchor, start, end, text.slice(start + 4, inner));
	if (close < 0) {
		reader.problems.push(problems.commentNotClosed({ start, end: Math.min(start + 4, end) }));
		return node;
	}
	const hyphens = text.indexOf('--', start + 4);
	if (hyphens < close) {
		reader.problems.push(problems.doubleHyphen({ start: hyphens, end: hyphens + 2 }));
	} else if (close > start + 4 && text.charAt(close - 1) === '-') {
		reader.problems.push(problems.doubleHyphen({ start: close - 1, end: close + 1 }));
	}
	return node;
}

function readCharacterData(reader: Reader, parent: ElementNode | undefined): Markup {
	const { text, at: start } = reader;
	const close = find(reader, ']]>', start + 9);
	const end = close < 0 ? endBeforeMarkupLine(text, start + 9) : close + 3;
	reader.at = end;
	const node = new TextNode(parent, reader.anchor, start, end, false);
	if (close < 0) {
		reader.problems.push(problems.characterDataNotClosed({ start, end: start + 9 }));
	} else if (!parent) {
		reader.problems.push(problems.characterDataOutsideRoot({ start, end }));
	}
	return node;
}

function readDoctype(reader: Reader, parent: ElementNode | undefined, afterRoot: boolean): Markup {
	const { text, at: start } = reader;
	const closed = reader.doctype ? shortEnd(text, start + 9) : doctypeEnd(text, start + 9);
	const end = closed ?? endBeforeMarkupLine(text, start + 9);
	reader.at = end;
	const node = new InstructionNode(parent, reader.anchor, start, end);
	const keyword = { start, end: start + 9 };
	if (closed === undefined) {
		reader.problems.push(problems.doctypeNotClosed(keyword));
	} else if (afterRoot || reader.doctype) {
		reader.problems.push(problems.doctypeMisplaced(keyword));
	} else {
		reader.problems.push(problems.doctype(keyword));
	}
	reader.doctype = true;
	return node;
}

const declaration =
	/^<\?xml\s+version\s*=\s*(["'])1\.[0-9]+\1(\s+encoding\s*=\s*(["'])[A-Za-z][A-Za-z0-9._-]*\3)?(\s+standalone\s*=\s*(["'])(yes|no)\5)?\s*\?>$/;

function readInstruction(reader: Reader, parent: ElementNode | undefined): Markup {
	const { text, at: start } = reader;
	const close = find(reader, '?>', start + 2);
	const end = close < 0 ? shortEnd(text, start + 2) : close + 2;
	reader.at = end;
	const node = new InstructionNode(parent, reader.anchor, start, end);
	if (close < 0) {
		reader.problems.push(problems.instructionNotClosed({ start, end }));
		return node;
	}
	const nameStop = nameEnd(text, start + 2);
	const name = text.slice(start + 2, nameStop);
	const after = text.charCodeAt(nameStop);
	if (name === '' || (!isBlank(after) && after !== code.question)) {
		reader.problems.push(problems.instructionName({ start, end: Math.max(nameStop, start + 2) }));
	} else if (name.toLowerCase() === 'xml') {
		const first = start === (text.charCodeAt(0) === 0xfeff ? 1 : 0);
		if (!first) {
			reader.problems.push(problems.declarationNotFirst({ start, end }));
		} else if (!declaration.test(text.slice(start, end))) {
			reader.problems.push(problems.badDeclaration({ start, end }));
		}
	}
	return node;
}

function find(reader: Reader, terminator: string, from: number): number {
	if (reader.absent.has(terminator)) {
		return -1;
	}
	const found = reader.text.indexOf(terminator, from);
	if (found < 0) {
		reader.absent.add(terminator);
	}
	return found;
}

/** Where something that is not closed ends at the latest: after the next `>`, before the next `<`, at the end of the line. */
function shortEnd(text: string, start: number): number {
	for (let at = start; at < text.length; at++) {
		const character = text.charCodeAt(at);
		if (character === code.greater) {
			return at + 1;
		}
		if (character === code.less || character === code.lineFeed || character === code.carriageReturn) {
			return at;
		}
	}
	return text.length;
}
