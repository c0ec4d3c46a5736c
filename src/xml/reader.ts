import type { Anchor } from './anchor';
import type { NameTable } from './nameTable';
import type { AttributeNode, ElementNode } from './nodes';
import type { OpenElements } from './openElements';
import type { Pile } from './pile';
import type { XmlProblem } from './problems';

/** Where the reading of one text stands. */
export interface Reader {
	readonly text: string;
	at: number;
	/** The anchor of the part of the text that is being read: a child of the root, or what stands beside the root. */
	anchor: Anchor;
	readonly problems: XmlProblem[];
	/** True after a document type declaration: entities may then be declared in a way that is not read here. */
	doctype: boolean;
	/** Terminators that do not occur in the rest of the text, so that nothing is looked for to the end again and again. */
	readonly absent: Set<string>;
	readonly names: NameTable;
	/** The attributes of the tag that is being read. */
	readonly attributes: Pile<AttributeNode>;
}

/** A reading that pairs tags to a tree. */
export interface TreeReader extends Reader {
	/** The starts of the elements that nobody closes, as the first reading found them; `undefined` in that one itself. */
	readonly known: ReadonlySet<number> | undefined;
	readonly unclosed: Set<number>;
	readonly open: OpenElements;
	root: ElementNode | undefined;
	/** True where a closing tag fits no open element. */
	stray: boolean;
	/** One problem says that the root element ended too early, however much follows. */
	outsideReported: boolean;
	/** One problem says that elements are nested too deeply; closing tags are then no longer paired. */
	tooDeep: boolean;
}
