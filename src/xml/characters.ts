import { problems, type XmlProblem } from './problems';

const illegal =
	/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** At most this many, so that a binary file opened by mistake does not drown in problems. */
const limit = 20;

/** Adds a problem for each character that XML does not allow anywhere (XML 1.0, production 2). */
export function checkCharacters(text: string, found: XmlProblem[]): void {
	illegal.lastIndex = 0;
	for (let count = 0; count < limit; count++) {
		const match = illegal.exec(text);
		if (!match) {
			return;
		}
		const hex = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
		found.push(problems.illegalCharacter({ start: match.index, end: match.index + 1 }, hex));
	}
}
