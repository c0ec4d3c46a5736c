import type { Span, Token } from './span';

/**
 * JSON with comments, read with the place of everything in it, so that a problem can point at what it speaks of. Any text
 * gives a tree: what is missing is left out, and each fault is a sentence with its place.
 */
export interface JsonTree {
	/** `undefined` where there is no value at all. */
	readonly root: JsonNode | undefined;
	readonly faults: readonly JsonFault[];
}

export interface JsonFault {
	readonly message: string;
	readonly span: Span;
}

export type JsonNode =
	| { readonly kind: 'object'; readonly span: Span; readonly properties: readonly JsonProperty[] }
	| { readonly kind: 'array'; readonly span: Span; readonly items: readonly JsonNode[] }
	| { readonly kind: 'value'; readonly span: Span; readonly value: string | number | boolean | null };

export interface JsonProperty {
	readonly name: Token;
	/** `undefined` where the text breaks off after the name. */
	readonly value: JsonNode | undefined;
}

type Sign = '{' | '}' | '[' | ']' | ',' | ':';

type Lexeme =
	| { readonly kind: 'sign'; readonly span: Span; readonly sign: Sign }
	| { readonly kind: 'value'; readonly span: Span; readonly value: string | number | boolean | null };

/** Deeper than anything that a person writes; a text of nothing but brackets must not exhaust the stack. */
const deepest = 100;

export function readJsonTree(text: string): JsonTree {
	const faults: JsonFault[] = [];
	const lexemes = lexemesOf(text, faults);
	const end: Span = { start: text.trimEnd().length, end: text.trimEnd().length };
	let at = 0;

	const signHere = (): Sign | undefined => {
		const lexeme = lexemes[at];
		return lexeme?.kind === 'sign' ? lexeme.sign : undefined;
	};
	const spanHere = (): Span => lexemes[at]?.span ?? end;
	const fault = (message: string, span = spanHere()): void => {
		faults.push({ message, span });
	};
	const take = (sign: Sign): boolean => {
		const found = signHere() === sign;
		at += found ? 1 : 0;
		return found;
	};

	function value(depth: number): JsonNode | undefined {
		const lexeme = lexemes[at];
		if (lexeme?.kind === 'value') {
			at++;
			return lexeme;
		}
		if (lexeme === undefined || (lexeme.sign !== '{' && lexeme.sign !== '[') || depth > deepest) {
			fault(depth > deepest ? 'This is nested too deeply.' : 'A value is missing here.');
			return undefined;
		}
		at++;
		return lexeme.sign === '{' ? object(lexeme.span.start, depth) : array(lexeme.span.start, depth);
	}

	function object(start: number, depth: number): JsonNode {
		const properties: JsonProperty[] = [];
		members('}', () => {
			const name = lexemes[at];
			if (name?.kind !== 'value' || typeof name.value !== 'string') {
				fault('The name of a property is missing here: write it in quotation marks.');
				return false;
			}
			at++;
			if (!take(':')) {
				fault(`A colon is missing after "${name.value}".`);
			}
			const isThere = signHere() !== '}' && signHere() !== ',' && at < lexemes.length;
			if (!isThere) {
				fault(`The value of "${name.value}" is missing.`, name.span);
			}
			properties.push({ name: { ...name.span, text: name.value }, value: isThere ? value(depth + 1) : undefined });
			return true;
		});
		return { kind: 'object', span: { start, end: lexemes[at - 1]?.span.end ?? end.end }, properties };
	}

	function array(start: number, depth: number): JsonNode {
		const items: JsonNode[] = [];
		members(']', () => {
			const item = value(depth + 1);
			items.push(...(item ? [item] : []));
			return item !== undefined;
		});
		return { kind: 'array', span: { start, end: lexemes[at - 1]?.span.end ?? end.end }, items };
	}

	/** Up to the closing sign; a comma before it may stand, as everywhere in JSON with comments. */
	function members(close: '}' | ']', member: () => boolean): void {
		while (!take(close)) {
			if (at >= lexemes.length) {
				fault(`The closing "${close}" is missing.`);
				return;
			}
			if (!member()) {
				// What cannot be read is left out, so that the rest still counts.
				at += signHere() === ',' || signHere() === close ? 0 : 1;
			}
			if (!take(',') && signHere() !== close && at < lexemes.length) {
				fault('A comma is missing before this.');
			}
		}
	}

	const root = value(0);
	if (root && at < lexemes.length) {
		fault('There is more text after the end.');
	}
	return { root, faults };
}

const token =
	/[ \t\r\n\uFEFF]+|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|(?<sign>[{}[\],:])|(?<string>"(?:[^"\\\r\n]|\\.)*"?)|(?<word>[^\s{}[\],:"/]+|\/)/gy;

function lexemesOf(text: string, faults: JsonFault[]): readonly Lexeme[] {
	const lexemes: Lexeme[] = [];
	for (const match of text.matchAll(token)) {
		const { sign, string, word } = match.groups ?? {};
		const span = { start: match.index, end: match.index + match[0].length };
		if (sign !== undefined) {
			lexemes.push({ kind: 'sign', span, sign: sign as Sign });
		} else if (string !== undefined || word !== undefined) {
			lexemes.push({ kind: 'value', span, value: readValue(match[0], span, faults) });
		}
	}
	return lexemes;
}

/** A word that JSON does not know is taken as a text, so that what it was meant for can still be checked. */
function readValue(written: string, span: Span, faults: JsonFault[]): string | number | boolean | null {
	try {
		const value: unknown = JSON.parse(written);
		if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
			return value;
		}
	} catch {
		// Said below.
	}
	const isText = written.startsWith('"');
	faults.push({
		message: isText
			? 'This text is not well-formed: it ends with a quotation mark on the same line, and a backslash in it is written twice.'
			: `"${written}" is no value: write a text in quotation marks, a number, true or false.`,
		span,
	});
	return isText ? written.slice(1).replace(/"$/, '') : written;
}
