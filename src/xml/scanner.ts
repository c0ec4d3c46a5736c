/**
 * The lexical half of the parser: what a character may be, and how far something reaches. Every function takes the text
 * and an offset and answers with an offset; nothing is copied. Character codes are compared as numbers, since this runs
 * once per character of every keystroke.
 */

export const code = {
	tab: 9,
	lineFeed: 10,
	carriageReturn: 13,
	space: 32,
	exclamation: 33,
	quote: 34,
	ampersand: 38,
	apostrophe: 39,
	slash: 47,
	colon: 58,
	less: 60,
	equals: 61,
	greater: 62,
	question: 63,
	openBracket: 91,
	closeBracket: 93,
} as const;

/** Bit 1: may start a name; bit 2: may stand in one (XML 1.0, production 4). */
const asciiNames = new Uint8Array(128);
for (let at = 0; at < 128; at++) {
	const character = String.fromCharCode(at);
	asciiNames[at] = /[A-Za-z_:]/.test(character) ? 3 : /[-.0-9]/.test(character) ? 2 : 0;
}

/** The ranges beyond ASCII that may start a name, first and last; surrogates count, as nearly all of their characters do. */
const startRanges = [
	0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0x2ff, 0x370, 0x37d, 0x37f, 0x1fff, 0x200c, 0x200d, 0x2070, 0x218f, 0x2c00, 0x2fef,
	0x3001, 0xdfff, 0xf900, 0xfdcf, 0xfdf0, 0xfffd,
];
const furtherRanges = [0xb7, 0xb7, 0x300, 0x36f, 0x203f, 0x2040];

export function isBlank(character: number): boolean {
	return character === 32 || character === 10 || character === 13 || character === 9;
}

export function isLineBreak(character: number): boolean {
	return character === 10 || character === 13;
}

export function startsName(character: number): boolean {
	if (character < 128) {
		return ((asciiNames[character] ?? 0) & 1) !== 0;
	}
	return isIn(startRanges, character);
}

export function continuesName(character: number): boolean {
	if (character < 128) {
		return asciiNames[character] !== 0;
	}
	return isIn(startRanges, character) || isIn(furtherRanges, character);
}

/** False for the end of the text, which is NaN. */
function isIn(ranges: readonly number[], character: number): boolean {
	for (let at = 0; at < ranges.length; at += 2) {
		if (character >= (ranges[at] ?? 0) && character <= (ranges[at + 1] ?? 0)) {
			return true;
		}
	}
	return false;
}

/** Where the blanks that begin at this offset end. */
export function blanksEnd(text: string, at: number): number {
	let end = at;
	while (isBlank(text.charCodeAt(end))) {
		end++;
	}
	return end;
}

/** Where the name that begins at this offset ends; the offset itself where none begins. */
export function nameEnd(text: string, at: number): number {
	if (!startsName(text.charCodeAt(at))) {
		return at;
	}
	let end = at + 1;
	while (continuesName(text.charCodeAt(end))) {
		end++;
	}
	return end;
}

/** Where the line ends (before its break) that this offset stands in, or the limit where that comes first. */
export function lineEnd(text: string, at: number, limit = text.length): number {
	let end = at;
	while (end < limit && !isLineBreak(text.charCodeAt(end))) {
		end++;
	}
	return end;
}

/** The count of blanks before this offset where nothing else stands before it in its line; `undefined` otherwise. */
export function indentation(text: string, at: number): number | undefined {
	let start = at;
	while (start > 0) {
		const before = text.charCodeAt(start - 1);
		if (isLineBreak(before)) {
			break;
		}
		if (before !== code.space && before !== code.tab && before !== 0xfeff) {
			return undefined;
		}
		start--;
	}
	return at - start;
}

/** True where something stands that looks like markup: the sign that an open quote or comment before it was forgotten. */
export function looksLikeMarkup(text: string, at: number): boolean {
	if (text.charCodeAt(at) !== code.less) {
		return false;
	}
	const next = text.charCodeAt(at + 1);
	return startsName(next) || next === code.slash || next === code.exclamation || next === code.question;
}

/** The end of the first line from this offset on that is followed by a line that begins with markup; otherwise the end of the text. */
export function endBeforeMarkupLine(text: string, at: number): number {
	for (let end = lineEnd(text, at); end < text.length; end = lineEnd(text, end + 1)) {
		if (looksLikeMarkup(text, blanksEnd(text, end))) {
			return end;
		}
	}
	return text.length;
}

/** How far a document type declaration reaches: its internal subset and quoted parts are read over. `undefined` where it is not closed. */
export function doctypeEnd(text: string, at: number): number | undefined {
	let depth = 0;
	for (let end = at; end < text.length; end++) {
		const character = text.charCodeAt(end);
		if (character === code.quote || character === code.apostrophe) {
			const close = text.indexOf(text.charAt(end), end + 1);
			if (close < 0) {
				return undefined;
			}
			end = close;
		} else if (character === code.less && text.startsWith('<!--', end)) {
			const close = text.indexOf('-->', end + 4);
			if (close < 0) {
				return undefined;
			}
			end = close + 2;
		} else if (character === code.openBracket) {
			depth++;
		} else if (character === code.closeBracket) {
			depth--;
		} else if (character === code.greater && depth <= 0) {
			return end + 1;
		}
	}
	return undefined;
}
