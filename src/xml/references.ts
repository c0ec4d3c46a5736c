import { problems, type XmlProblem } from './problems';
import { code, isBlank, nameEnd } from './scanner';

const named: ReadonlyMap<string, string> = new Map([
	['amp', '&'],
	['lt', '<'],
	['gt', '>'],
	['quot', '"'],
	['apos', "'"],
]);

/** The value that an attribute has: references resolved, line breaks and tabs made blanks (XML 1.0, 2.11 and 3.3.3). */
export function attributeValue(raw: string): string {
	let from = 0;
	let value = '';
	for (let at = 0; at < raw.length; at++) {
		const character = raw.charCodeAt(at);
		if (character === code.ampersand) {
			const reference = referenceAt(raw, at);
			if (reference.text !== undefined) {
				value += raw.slice(from, at) + reference.text;
				from = reference.end;
				at = from - 1;
			}
		} else if (character !== code.space && isBlank(character)) {
			value += `${raw.slice(from, at)} `;
			at += character === code.carriageReturn && raw.charCodeAt(at + 1) === code.lineFeed ? 1 : 0;
			from = at + 1;
		}
	}
	return from === 0 ? raw : value + raw.slice(from);
}

/** Adds a problem for every reference of this piece of text that cannot be resolved. */
export function checkReferences(
	text: string,
	start: number,
	end: number,
	declarable: boolean,
	found: XmlProblem[],
): void {
	for (let at = start; at < end; at++) {
		if (text.charCodeAt(at) !== code.ampersand) {
			continue;
		}
		const reference = referenceAt(text, at);
		if (reference.text !== undefined && reference.end <= end) {
			continue;
		}
		const span = { start: at, end: Math.min(reference.end, end) };
		if (reference.entity !== undefined && reference.end <= end) {
			found.push(problems.undefinedEntity(span, reference.entity, declarable));
		} else if (reference.numeric && reference.end <= end) {
			found.push(problems.badCharacterReference(span, text.slice(span.start, span.end)));
		} else {
			found.push(problems.ampersand({ start: at, end: at + 1 }));
		}
	}
}

interface Reference {
	readonly end: number;
	/** What it stands for; `undefined` where that is not known. */
	readonly text?: string;
	readonly entity?: string;
	readonly numeric?: boolean;
}

function referenceAt(text: string, at: number): Reference {
	if (text.charAt(at + 1) === '#') {
		return characterReferenceAt(text, at);
	}
	const end = nameEnd(text, at + 1);
	if (end === at + 1 || text.charAt(end) !== ';') {
		return { end };
	}
	const entity = text.slice(at + 1, end);
	const resolved = named.get(entity);
	return resolved === undefined ? { end: end + 1, entity } : { end: end + 1, text: resolved };
}

const characterReference = /&#(?:x([0-9A-Fa-f]+)|([0-9]+));/y;

function characterReferenceAt(text: string, at: number): Reference {
	characterReference.lastIndex = at;
	const match = characterReference.exec(text);
	if (!match) {
		return { end: at + 1 };
	}
	const value = match[1] === undefined ? Number.parseInt(match[2] ?? '', 10) : Number.parseInt(match[1], 16);
	const end = at + match[0].length;
	return isCharacter(value) ? { end, text: String.fromCodePoint(value) } : { end, numeric: true };
}

/** XML 1.0, production 2. */
function isCharacter(value: number): boolean {
	return (
		value === 9 ||
		value === 10 ||
		value === 13 ||
		(value >= 0x20 && value <= 0xd7ff) ||
		(value >= 0xe000 && value <= 0xfffd) ||
		(value >= 0x10000 && value <= 0x10ffff)
	);
}
