import type { Language } from './languages';
import { beginReading, matchEnd, type Reading } from './reading';
import { leaveCode, skipped } from './skipped';
import { endsHole, readText } from './texts';
import type { CodeToken } from './tokens';

/** Any text of a language as tokens; half-typed code too: a text that is not closed ends with its line, or the file. */
export function scan(text: string, language: Language): readonly CodeToken[] {
	const reading = beginReading(text, language);
	if (language.inside) {
		leaveCode(reading);
	}
	while (reading.at < text.length) {
		next(reading);
	}
	return reading.tokens;
}

const word = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/y;
const number = /\d\w*/y;
const expression = /\/(?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y;
const beforeExpression = /^(?:return|typeof|case|in|of|delete|void|throw|new|do|else|yield|await)$/;

function next(reading: Reading): void {
	const character = reading.text.charCodeAt(reading.at);
	if (character === 10 || character === 13) {
		reading.lineStart = true;
		reading.at++;
	} else if (character <= 32 || character === 0xfeff) {
		reading.at++;
	} else if (!reading.skippedAt.has(character) || !skipped(reading)) {
		reading.lineStart = false;
		readToken(reading);
	}
}

function readToken(reading: Reading): void {
	if (readText(reading)) {
		return;
	}
	const { at, text } = reading;
	const end = matchEnd(word, text, at);
	if (end > at) {
		reading.tokens.push({ kind: 'word', start: at, end, text: text.slice(at, end) });
		reading.at = end;
		return;
	}
	if (reading.language.regularExpressions && text.charAt(at) === '/' && expectsValue(reading)) {
		const after = matchEnd(expression, text, at);
		if (after > at) {
			mark(reading, after);
			return;
		}
	}
	if (!endsHole(reading)) {
		mark(reading, Math.max(matchEnd(number, text, at), at + 1));
	}
}

function mark(reading: Reading, end: number): void {
	reading.tokens.push({ kind: 'mark', start: reading.at, end, text: reading.text.slice(reading.at, end) });
	reading.at = end;
}

/** True where no value stands before, so that `/` cannot divide. */
function expectsValue(reading: Reading): boolean {
	const last = reading.tokens.at(-1);
	switch (last?.kind) {
		case undefined:
			return true;
		case 'text':
			return false;
		case 'word':
			return beforeExpression.test(last.text);
		case 'mark':
			return !/^[)\]}\d]/.test(last.text);
	}
}
