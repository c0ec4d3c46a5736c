import type { Span } from '../base/span';
import type { Language, StringForm } from './languages';

/** A piece of code that means something: comments, preprocessor lines and white space are left out. */
export type CodeToken = WordToken | TextToken | MarkToken;

export interface WordToken extends Span {
	readonly kind: 'word';
	readonly text: string;
}

/** A character that is no part of a word; a number too, since it names nothing. */
export interface MarkToken extends Span {
	readonly kind: 'mark';
	readonly text: string;
}

export interface TextToken extends Span {
	readonly kind: 'text';
	/** What stands between the quotes. */
	readonly inner: Span;
	/** `undefined` where an escape or a hole makes the value differ from what is written: such a text names nothing for us. */
	readonly value: string | undefined;
	readonly escape: StringForm['escape'];
	readonly closed: boolean;
}

/** Any text of a language as tokens; half-typed code too: a text that is not closed ends with its line, or the file. */
export function scan(text: string, language: Language): readonly CodeToken[] {
	return new Scanner(text, language).scan();
}

/** A text that waits for the end of the hole that the scanner is in. */
interface OpenText {
	readonly form: StringForm;
	readonly close: string;
	readonly start: number;
	readonly inner: number;
	/** Braces that were opened within the hole. */
	depth: number;
}

const word = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/y;
const number = /\d\w*/y;
const expression = /\/(?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y;
const beforeExpression = /^(?:return|typeof|case|in|of|delete|void|throw|new|do|else|yield|await)$/;

class Scanner {
	private at = 0;
	private lineStart = true;
	private readonly tokens: CodeToken[] = [];
	private readonly open: OpenText[] = [];
	/** The characters at which something may begin that is left out: all others need no closer look. */
	private readonly skippedAt: ReadonlySet<number>;

	constructor(
		private readonly text: string,
		private readonly language: Language,
	) {
		const { lineComments, blockComments, directive, inside } = language;
		const openings = [...lineComments, ...blockComments.map(({ open }) => open), directive ?? '', inside?.close ?? ''];
		this.skippedAt = new Set(openings.map(opening => opening.charCodeAt(0)));
	}

	scan(): readonly CodeToken[] {
		if (this.language.inside) {
			this.leaveCode();
		}
		while (this.at < this.text.length) {
			this.next();
		}
		return this.tokens;
	}

	private next(): void {
		const character = this.text.charCodeAt(this.at);
		if (character === 10 || character === 13) {
			this.lineStart = true;
			this.at++;
		} else if (character <= 32 || character === 0xfeff) {
			this.at++;
		} else if (!this.skippedAt.has(character) || !this.skipped()) {
			this.lineStart = false;
			this.readToken();
		}
	}

	/** A comment, a preprocessor line, or the end of the code on a page. */
	private skipped(): boolean {
		const { text, at, language } = this;
		if (language.inside && text.startsWith(language.inside.close, at)) {
			this.leaveCode();
			return true;
		}
		if (this.lineStart && language.directive && text.startsWith(language.directive, at)) {
			this.at = this.lineEnd(at);
			return true;
		}
		const comment = language.blockComments.find(({ open }) => text.startsWith(open, at));
		// `(*)` is the operator in parentheses.
		if (comment && !(comment.nested && text.charAt(at + comment.open.length) === ')')) {
			this.skipComment(comment.open, comment.close, comment.nested === true);
			return true;
		}
		// PHP's `#[` opens an attribute.
		if (
			language.lineComments.some(open => text.startsWith(open, at)) &&
			!(language.inside && text.startsWith('#[', at))
		) {
			this.skipLineComment();
			return true;
		}
		return false;
	}

	private skipLineComment(): void {
		const end = this.lineEnd(this.at);
		const { inside } = this.language;
		const page = inside ? this.text.slice(this.at, end).indexOf(inside.close) : -1;
		this.at = page >= 0 ? this.at + page : end;
	}

	private skipComment(open: string, close: string, nested: boolean): void {
		let depth = 1;
		this.at += open.length;
		while (depth > 0) {
			const end = this.text.indexOf(close, this.at);
			if (end < 0) {
				this.at = this.text.length;
				return;
			}
			const inner = nested ? this.text.indexOf(open, this.at) : -1;
			const deeper = inner >= 0 && inner < end;
			depth += deeper ? 1 : -1;
			this.at = deeper ? inner + open.length : end + close.length;
		}
	}

	private leaveCode(): void {
		const { inside } = this.language;
		if (inside) {
			inside.open.lastIndex = this.at;
			this.at = inside.open.test(this.text) ? inside.open.lastIndex : this.text.length;
		}
	}

	private readToken(): void {
		if (this.readText()) {
			return;
		}
		const { at, text } = this;
		const end = matchEnd(word, text, at);
		if (end > at) {
			this.tokens.push({ kind: 'word', start: at, end, text: text.slice(at, end) });
			this.at = end;
			return;
		}
		if (this.language.regularExpressions && text.charAt(at) === '/' && this.expectsValue()) {
			const after = matchEnd(expression, text, at);
			if (after > at) {
				this.mark(after);
				return;
			}
		}
		if (!this.endsHole()) {
			this.mark(Math.max(matchEnd(number, text, at), at + 1));
		}
	}

	private mark(end: number): void {
		this.tokens.push({ kind: 'mark', start: this.at, end, text: this.text.slice(this.at, end) });
		this.at = end;
	}

	/** True where no value stands before, so that `/` cannot divide. */
	private expectsValue(): boolean {
		const last = this.tokens.at(-1);
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

	private endsHole(): boolean {
		const hole = this.open.at(-1);
		const character = this.text.charAt(this.at);
		if (!hole || (character !== '{' && character !== '}')) {
			return false;
		}
		if (character === '}' && hole.depth === 0) {
			this.open.pop();
			this.at++;
			this.readBody(hole, false);
			return true;
		}
		hole.depth += character === '{' ? 1 : -1;
		return false;
	}

	private readText(): boolean {
		if (!this.mayOpenText()) {
			return false;
		}
		for (const form of this.language.strings) {
			form.open.lastIndex = this.at;
			const opening = form.open.exec(this.text);
			if (opening) {
				const start = this.at;
				this.at = form.open.lastIndex;
				const close = form.close ?? opening.at(-1) ?? '';
				this.readBody({ form, close, start, inner: this.at, depth: 0 }, true);
				return true;
			}
		}
		return false;
	}

	/** Most characters open no text, which is seen here without trying one form after the other. */
	private mayOpenText(): boolean {
		const character = this.text.charAt(this.at);
		if ('"\'`$@<'.includes(character)) {
			return true;
		}
		return this.language.name === 'python' && /[rRbBuUfFtT]/.test(character);
	}

	/** Reads on from here to the end of the text, or to a hole, after which it is called again. */
	private readBody(open: OpenText, plain: boolean): void {
		const { text } = this;
		const { form, close } = open;
		let isPlain = plain;
		while (this.at < text.length) {
			const character = text.charAt(this.at);
			if (character === '\n' && !form.lines) {
				break;
			}
			if (character === '\\' && form.escape === 'backslash') {
				isPlain = false;
				this.at += 2;
			} else if (text.startsWith(close, this.at)) {
				if (form.escape !== 'doubled' || !text.startsWith(close, this.at + close.length)) {
					this.endText(open, this.at, true, isPlain);
					return;
				}
				isPlain = false;
				this.at += 2 * close.length;
			} else if (form.hole && text.startsWith(form.hole, this.at)) {
				isPlain = false;
				const doubled = form.hole === '{' && text.charAt(this.at + 1) === '{';
				this.at += doubled ? 2 : form.hole.length;
				if (!doubled) {
					this.open.push({ ...open, depth: 0 });
					return;
				}
			} else {
				this.at++;
			}
		}
		this.endText(open, Math.min(this.at, text.length), false, isPlain);
	}

	private endText({ form, close, start, inner }: OpenText, end: number, closed: boolean, isPlain: boolean): void {
		const written = this.text.slice(inner, end);
		// In PHP a name after a dollar sign in double quotes is a variable.
		const isVariable = this.language.name === 'php' && this.text.charAt(start) === '"' && written.includes('$');
		this.at = closed ? end + close.length : end;
		this.tokens.push({
			kind: 'text',
			start,
			end: this.at,
			inner: { start: inner, end },
			value: isPlain && !isVariable ? written : undefined,
			escape: form.escape,
			closed,
		});
	}

	private lineEnd(from: number): number {
		const end = this.text.indexOf('\n', from);
		return end < 0 ? this.text.length : end;
	}
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
	pattern.lastIndex = at;
	return pattern.test(text) ? pattern.lastIndex : at;
}
