import type { Span } from '../base/span';
import type { StringForm } from './languages';

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
