import type { Problem } from '../base/problem';
import type { Span, Token } from '../base/span';

/**
 * The tree of any text, however broken. What was not typed yet is `undefined` in the type, so that each feature has to
 * answer for it. Text and attribute values are raw in the tree; `value` is the decoded form (references resolved, no
 * entity is ever expanded but the five of XML and numeric ones).
 */
export interface XmlDocument {
	readonly text: string;
	/** The first element at the top level; further ones are problems, and stand in `content`. */
	readonly root: XmlElement | undefined;
	readonly content: readonly XmlNode[];
	readonly problems: readonly Problem[];
}

export type XmlNode = XmlElement | XmlText | XmlComment | XmlInstruction;

export interface XmlElement extends Span {
	readonly kind: 'element';
	readonly parent: XmlElement | undefined;
	/** The name as written, with a prefix if it has one; `undefined` after a lone `<`. */
	readonly name: Token | undefined;
	readonly attributes: readonly XmlAttribute[];
	/** All nodes between the tags, in order. */
	readonly content: readonly XmlNode[];
	/** The elements among `content`. */
	readonly children: readonly XmlElement[];
	/** From `<` to after `>` or `/>`, or as far as it was typed. */
	readonly openTag: Span;
	readonly selfClosing: boolean;
	/** From `</` to after `>`; `undefined` when self-closing or not typed. */
	readonly closeTag: Span | undefined;
	/** The name in the closing tag; `undefined` when there is none. */
	readonly closeName: Token | undefined;
}

export interface XmlAttribute extends Span {
	readonly kind: 'attribute';
	readonly element: XmlElement;
	/** As written, with a prefix if it has one. */
	readonly name: Token;
	/** What stands between the quotes, raw; `undefined` where no quote was typed. */
	readonly rawValue: Token | undefined;
	/** Decoded and normalised as XML 1.0 3.3.3 says (line breaks and tabs are blanks); empty where none was typed. */
	readonly value: string;
}

/** Character data, CDATA sections included. */
export interface XmlText extends Span {
	readonly kind: 'text';
	readonly parent: XmlElement | undefined;
	readonly blank: boolean;
}

export interface XmlComment extends Span {
	readonly kind: 'comment';
	readonly parent: XmlElement | undefined;
	/** Between `<!--` and `-->`. */
	readonly text: string;
}

/** The XML declaration, a processing instruction or a document type declaration (which is read over, never obeyed). */
export interface XmlInstruction extends Span {
	readonly kind: 'instruction';
	readonly parent: XmlElement | undefined;
}
