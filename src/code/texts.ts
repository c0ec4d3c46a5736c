import type { OpenText, Reading } from './reading';

/** True where a brace ends the hole of a text, which then goes on. */
export function endsHole(reading: Reading): boolean {
	const hole = reading.open.at(-1);
	const character = reading.text.charAt(reading.at);
	if (!hole || (character !== '{' && character !== '}')) {
		return false;
	}
	if (character === '}' && hole.depth === 0) {
		reading.open.pop();
		reading.at++;
		readBody(reading, hole, false);
		return true;
	}
	hole.depth += character === '{' ? 1 : -1;
	return false;
}

/** True where a text begins here; it is then read, or up to its first hole. */
export function readText(reading: Reading): boolean {
	if (!mayOpenText(reading)) {
		return false;
	}
	for (const form of reading.language.strings) {
		form.open.lastIndex = reading.at;
		const opening = form.open.exec(reading.text);
		if (opening) {
			const start = reading.at;
			reading.at = form.open.lastIndex;
			const close = form.close ?? opening.at(-1) ?? '';
			readBody(reading, { form, close, start, inner: reading.at, depth: 0 }, true);
			return true;
		}
	}
	return false;
}

/** Most characters open no text, which is seen here without trying one form after the other. */
function mayOpenText(reading: Reading): boolean {
	const character = reading.text.charAt(reading.at);
	if ('"\'`$@<'.includes(character)) {
		return true;
	}
	return reading.language.name === 'python' && /[rRbBuUfFtT]/.test(character);
}

/** Reads on from here to the end of the text, or to a hole, after which it is called again. */
function readBody(reading: Reading, open: OpenText, plain: boolean): void {
	const { text } = reading;
	const { form, close } = open;
	let isPlain = plain;
	while (reading.at < text.length) {
		const character = text.charAt(reading.at);
		if (character === '\n' && !form.lines) {
			break;
		}
		if (character === '\\' && form.escape === 'backslash') {
			isPlain = false;
			reading.at += 2;
		} else if (text.startsWith(close, reading.at)) {
			if (form.escape !== 'doubled' || !text.startsWith(close, reading.at + close.length)) {
				endText(reading, open, reading.at, true, isPlain);
				return;
			}
			isPlain = false;
			reading.at += 2 * close.length;
		} else if (form.hole && text.startsWith(form.hole, reading.at)) {
			isPlain = false;
			const doubled = form.hole === '{' && text.charAt(reading.at + 1) === '{';
			reading.at += doubled ? 2 : form.hole.length;
			if (!doubled) {
				reading.open.push({ ...open, depth: 0 });
				return;
			}
		} else {
			reading.at++;
		}
	}
	endText(reading, open, Math.min(reading.at, text.length), false, isPlain);
}

function endText(
	reading: Reading,
	{ form, close, start, inner }: OpenText,
	end: number,
	closed: boolean,
	isPlain: boolean,
): void {
	const written = reading.text.slice(inner, end);
	// In PHP a name after a dollar sign in double quotes is a variable.
	const isVariable = reading.language.name === 'php' && reading.text.charAt(start) === '"' && written.includes('$');
	reading.at = closed ? end + close.length : end;
	reading.tokens.push({
		kind: 'text',
		start,
		end: reading.at,
		inner: { start: inner, end },
		value: isPlain && !isVariable ? written : undefined,
		escape: form.escape,
		closed,
	});
}
