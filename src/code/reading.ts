import type { Language, StringForm } from './languages';
import type { CodeToken } from './tokens';

/** Where the scanning of one source file stands. */
export interface Reading {
	readonly text: string;
	readonly language: Language;
	at: number;
	/** True where nothing but blanks stands before in the line. */
	lineStart: boolean;
	readonly tokens: CodeToken[];
	/** The texts in whose holes the scanner is, outermost first. */
	readonly open: OpenText[];
	/** The characters at which something may begin that is left out: all others need no closer look. */
	readonly skippedAt: ReadonlySet<number>;
}

/** A text that waits for the end of the hole that the scanner is in. */
export interface OpenText {
	readonly form: StringForm;
	readonly close: string;
	readonly start: number;
	readonly inner: number;
	/** Braces that were opened within the hole. */
	depth: number;
}

export function beginReading(text: string, language: Language): Reading {
	const { lineComments, blockComments, directive, inside } = language;
	const openings = [...lineComments, ...blockComments.map(({ open }) => open), directive ?? '', inside?.close ?? ''];
	const skippedAt = new Set(openings.map(opening => opening.charCodeAt(0)));
	return { text, language, at: 0, lineStart: true, tokens: [], open: [], skippedAt };
}

/** Where a pattern that begins at this offset ends; the offset itself where it does not. */
export function matchEnd(pattern: RegExp, text: string, at: number): number {
	pattern.lastIndex = at;
	return pattern.test(text) ? pattern.lastIndex : at;
}
