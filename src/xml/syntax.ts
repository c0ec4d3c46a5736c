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

/** The name without its prefix; empty after a lone `<`. */
export function localName(node: XmlElement | XmlAttribute): string {
	const name = node.name?.text ?? '';
	return name.slice(name.indexOf(':') + 1);
}

/** The prefix of a name as written; empty for none. */
export function prefixOf(node: XmlElement | XmlAttribute): string {
	const name = node.name?.text ?? '';
	return name.slice(0, Math.max(0, name.indexOf(':')));
}

/** The attribute of this name as written. */
export function attribute(element: XmlElement, name: string): XmlAttribute | undefined {
	return element.attributes.find(candidate => candidate.name.text === name);
}

/** The decoded value together with its place between the quotes; `undefined` where no quote was typed. */
export function valueToken(node: XmlAttribute | undefined): Token | undefined {
	return node?.rawValue && { start: node.rawValue.start, end: node.rawValue.end, text: node.value };
}

/** The first child of this local name. */
export function child(element: XmlElement, name: string): XmlElement | undefined {
	return element.children.find(candidate => localName(candidate) === name);
}

/** The children of this local name. */
export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
	return element.children.filter(candidate => localName(candidate) === name);
}

/** The local names from the root down to this element. */
export function pathOf(element: XmlElement): readonly string[] {
	const path: string[] = [];
	for (let at: XmlElement | undefined = element; at; at = at.parent) {
		path.unshift(localName(at));
	}
	return path;
}

/** The namespace that a prefix stands for here (the default one for an empty prefix); `undefined` where none is declared. */
export function namespaceOf(element: XmlElement, prefix: string): string | undefined {
	const declaration = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
	for (let at: XmlElement | undefined = element; at; at = at.parent) {
		const found = attribute(at, declaration);
		if (found) {
			return found.value;
		}
	}
	return undefined;
}
