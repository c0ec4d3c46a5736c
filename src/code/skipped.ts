import type { Reading } from './reading';

/** A comment, a preprocessor line, or the end of the code on a page. */
export function skipped(reading: Reading): boolean {
	const { text, at, language } = reading;
	if (language.inside && text.startsWith(language.inside.close, at)) {
		leaveCode(reading);
		return true;
	}
	if (reading.lineStart && language.directive && text.startsWith(language.directive, at)) {
		reading.at = lineEnd(reading, at);
		return true;
	}
	const comment = language.blockComments.find(({ open }) => text.startsWith(open, at));
	// `(*)` is the operator in parentheses.
	if (comment && !(comment.nested && text.charAt(at + comment.open.length) === ')')) {
		skipComment(reading, comment.open, comment.close, comment.nested === true);
		return true;
	}
	// PHP's `#[` opens an attribute.
	if (
		language.lineComments.some(open => text.startsWith(open, at)) &&
		!(language.inside && text.startsWith('#[', at))
	) {
		skipLineComment(reading);
		return true;
	}
	return false;
}

function skipLineComment(reading: Reading): void {
	const end = lineEnd(reading, reading.at);
	const { inside } = reading.language;
	const page = inside ? reading.text.slice(reading.at, end).indexOf(inside.close) : -1;
	reading.at = page >= 0 ? reading.at + page : end;
}

function skipComment(reading: Reading, open: string, close: string, nested: boolean): void {
	let depth = 1;
	reading.at += open.length;
	while (depth > 0) {
		const end = reading.text.indexOf(close, reading.at);
		if (end < 0) {
			reading.at = reading.text.length;
			return;
		}
		const inner = nested ? reading.text.indexOf(open, reading.at) : -1;
		const deeper = inner >= 0 && inner < end;
		depth += deeper ? 1 : -1;
		reading.at = deeper ? inner + open.length : end + close.length;
	}
}

export function leaveCode(reading: Reading): void {
	const { inside } = reading.language;
	if (inside) {
		inside.open.lastIndex = reading.at;
		reading.at = inside.open.test(reading.text) ? inside.open.lastIndex : reading.text.length;
	}
}

function lineEnd(reading: Reading, from: number): number {
	const end = reading.text.indexOf('\n', from);
	return end < 0 ? reading.text.length : end;
}
