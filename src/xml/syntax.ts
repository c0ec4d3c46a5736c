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
	/** The text of the name; empty after a lone `<`. */
	readonly written: string;
	/** The name without its prefix; empty after a lone `<`. */
	readonly localName: string;
	readonly attributes: readonly XmlAttribute[];
	/** All nodes between the tags, in order. */
	readonly content: readonly XmlNode[];
	/** The elements among `content`. */
	readonly children: readonly XmlElement[];
	/** True where text that is not blank stands among `content`. */
	readonly hasText: boolean;
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
	/** The text of the name. */
	readonly written: string;
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

const none: readonly never[] = [];

/** The name without its prefix; empty after a lone `<`. */
export function localName(node: XmlElement | XmlAttribute): string {
	return node.kind === 'element' ? node.localName : node.written.slice(node.written.indexOf(':') + 1);
}

/** The prefix of a name as written; empty for none. */
export function prefixOf({ written }: XmlElement | XmlAttribute): string {
	return written.slice(0, Math.max(0, written.indexOf(':')));
}

/** The attribute of this name as written. */
export function attribute(element: XmlElement | undefined, name: string): XmlAttribute | undefined {
	for (const candidate of element?.attributes ?? none) {
		if (candidate.written === name) {
			return candidate;
		}
	}
	return undefined;
}

/** The decoded value together with its place between the quotes; `undefined` where no quote was typed. */
export function valueToken(node: XmlAttribute | undefined): Token | undefined {
	const raw = node?.rawValue;
	if (!raw || !node || raw.text === node.value) {
		return raw;
	}
	return {
		// As the raw one, it moves with its element.
		get start() {
			return raw.start;
		},
		get end() {
			return raw.end;
		},
		text: node.value,
	};
}

/** The first child of this local name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
	for (const candidate of element?.children ?? none) {
		if (candidate.localName === name) {
			return candidate;
		}
	}
	return undefined;
}

/** The children of these local names, in their order. */
export function childrenNamed(element: XmlElement | undefined, ...names: readonly string[]): readonly XmlElement[] {
	const children = element?.children ?? none;
	for (const child of children) {
		if (!names.includes(child.localName)) {
			return onlyNamed(children, names);
		}
	}
	// Most lists hold nothing else, and need no copy.
	return children;
}

function onlyNamed(children: readonly XmlElement[], names: readonly string[]): readonly XmlElement[] {
	return children.filter(child => names.includes(child.localName));
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
