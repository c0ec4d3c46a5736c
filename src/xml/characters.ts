import { problems, type XmlProblem } from './problems';

/** Every character but the allowed ones of one unit; halves of a pair are looked at one by one. */
const suspicious = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/g;

/** At most this many, so that a binary file opened by mistake does not drown in problems. */
const limit = 20;

/** Adds a problem for each character between these offsets that XML does not allow anywhere (XML 1.0, production 2). */
export function checkCharacters(whole: string, start: number, end: number, found: XmlProblem[]): void {
	const text = end < whole.length ? whole.slice(0, end) : whole;
	suspicious.lastIndex = start;
	for (let match = suspicious.exec(text), count = 0; match && count < limit; match = suspicious.exec(text)) {
		const at = match.index;
		if (isPair(text, at)) {
			suspicious.lastIndex = at + 2;
			continue;
		}
		count++;
		const hex = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
		found.push(problems.illegalCharacter({ start: at, end: at + 1 }, hex));
	}
}

function isPair(text: string, at: number): boolean {
	const first = text.charCodeAt(at);
	const second = text.charCodeAt(at + 1);
	return first >= 0xd800 && first <= 0xdbff && second >= 0xdc00 && second <= 0xdfff;
}
