import type { Span, Token } from '../base/span';
import { type Anchor, PlacedToken } from './anchor';
import { type CommentNode, type InstructionNode, TextNode } from './leaves';
import type { XmlAttribute, XmlElement, XmlNode } from './syntax';

/** What elements without attributes, content or children share, so that most elements bring no list of their own. */
const none: readonly never[] = [];

/**
 * An element while it is read and after. A class, against the habit of the house, since a megabyte of XML has tens of
 * thousands of them: the spans and tokens that few readers ask for are made when they are asked for, and not kept.
 */
export class ElementNode implements XmlElement {
	attributes: readonly XmlAttribute[] = none;
	children: readonly ElementNode[] = none;
	selfClosing = false;
	hasText = false;
	closeText = '';
	/** As it stood when it was read: where it ends, where its opening tag ends, where its closing tag begins (-1 for none). */
	private to: number;
	private opened: number;
	private closed = -1;
	/** What stands between the tags; `undefined` where it has to be told from `nodes` first. */
	private all: readonly XmlNode[] | undefined = none;
	/** What stands between the tags without the blanks, which fill the room between these nodes. */
	nodes: readonly TreeNode[] = none;

	/** `written` is the name, empty after a lone `<`. */
	constructor(
		public parent: ElementNode | undefined,
		readonly anchor: Anchor,
		private readonly from: number,
		readonly written: string,
		readonly localName: string,
	) {
		this.to = from;
		this.opened = from;
	}

	get start(): number {
		return this.from + this.anchor.shift;
	}

	get end(): number {
		return this.to + this.anchor.shift;
	}

	set end(offset: number) {
		this.to = offset - this.anchor.shift;
	}

	/** Where the opening tag ends. */
	get openEnd(): number {
		return this.opened + this.anchor.shift;
	}

	set openEnd(offset: number) {
		this.opened = offset - this.anchor.shift;
	}

	/** Where the closing tag begins; -1 for none. */
	get closeStart(): number {
		return this.closed < 0 ? -1 : this.closed + this.anchor.shift;
	}

	set closeStart(offset: number) {
		this.closed = offset - this.anchor.shift;
	}

	get kind() {
		return 'element' as const;
	}

	get name(): Token | undefined {
		const { written: text } = this;
		const start = this.start + 1;
		return text === '' ? undefined : { start, end: start + text.length, text };
	}

	/** `whole` is false where the blanks between the nodes were left out; nothing but blanks stands there then. */
	setContent(nodes: readonly TreeNode[], children: readonly ElementNode[], whole: boolean): void {
		this.nodes = nodes;
		this.children = children;
		this.all = whole ? nodes : undefined;
	}

	get content(): readonly XmlNode[] {
		this.all ??= this.closeStart < 0 ? this.nodes : withBlanks(this, this.nodes, this.openEnd, this.closeStart);
		return this.all;
	}

	get openTag(): Span {
		return { start: this.start, end: this.openEnd };
	}

	get closeTag(): Span | undefined {
		return this.closeStart < 0 ? undefined : { start: this.closeStart, end: this.end };
	}

	get closeName(): Token | undefined {
		const start = this.closeStart + 2;
		return this.closeStart < 0 ? undefined : { start, end: start + this.closeText.length, text: this.closeText };
	}
}

/** Half of all nodes are blanks between two tags, and hardly anybody asks for them. */
export function withBlanks(
	parent: ElementNode,
	nodes: readonly TreeNode[],
	start: number,
	end: number,
): readonly TreeNode[] {
	const all: TreeNode[] = [];
	const { shift } = parent.anchor;
	let at = start;
	for (const node of nodes) {
		if (at < node.start) {
			all.push(new TextNode(parent, parent.anchor, at - shift, node.start - shift, true));
		}
		all.push(node);
		at = node.end;
	}
	if (at < end) {
		all.push(new TextNode(parent, parent.anchor, at - shift, end - shift, true));
	}
	return all;
}

export class AttributeNode implements XmlAttribute {
	/** `valueStart` is -1 where no quote was typed; `raw` is what stands between the quotes. */
	constructor(
		readonly element: ElementNode,
		private readonly from: number,
		readonly written: string,
		private readonly to: number,
		private readonly valueStart: number,
		private readonly raw: string,
		readonly value: string,
	) {}

	get kind() {
		return 'attribute' as const;
	}

	get start(): number {
		return this.from + this.element.anchor.shift;
	}

	get end(): number {
		return this.to + this.element.anchor.shift;
	}

	get name(): Token {
		const { written, from } = this;
		return new PlacedToken(this.element.anchor, from, written.length, written);
	}

	get rawValue(): Token | undefined {
		const { valueStart, raw } = this;
		return valueStart < 0 ? undefined : new PlacedToken(this.element.anchor, valueStart, raw.length, raw);
	}
}

/** A node of the tree as the parser makes it. */
export type TreeNode = ElementNode | TextNode | CommentNode | InstructionNode;
