import type { Span, Token } from '../base/span';
import type { XmlAttribute, XmlElement, XmlNode } from './syntax';

/** What elements without attributes, content or children share, so that most elements bring no list of their own. */
const none: readonly never[] = [];

/**
 * An element while it is read and after. A class, against the habit of the house, since a megabyte of XML has tens of
 * thousands of them: the spans and tokens that few readers ask for are made when they are asked for, and not kept.
 */
export class ElementNode implements XmlElement {
	end: number;
	attributes: readonly XmlAttribute[] = none;
	children: readonly XmlElement[] = none;
	selfClosing = false;
	hasText = false;
	/** Where the opening tag ends. */
	openEnd: number;
	/** Where the closing tag begins; -1 for none. */
	closeStart = -1;
	closeText = '';
	/** What stands between the tags; `undefined` where it has to be told from `nodes` first. */
	private all: readonly XmlNode[] | undefined = none;
	/** What stands between the tags without the blanks, which fill the room between these nodes. */
	private nodes: readonly XmlNode[] = none;

	/** `written` is the name, empty after a lone `<`. */
	constructor(
		readonly parent: ElementNode | undefined,
		readonly start: number,
		readonly written: string,
		readonly localName: string,
	) {
		this.end = start;
		this.openEnd = start;
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
	setContent(nodes: readonly XmlNode[], children: readonly XmlElement[], whole: boolean): void {
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
function withBlanks(parent: XmlElement, nodes: readonly XmlNode[], start: number, end: number): readonly XmlNode[] {
	const all: XmlNode[] = [];
	let at = start;
	for (const node of nodes) {
		if (at < node.start) {
			all.push({ kind: 'text', start: at, end: node.start, parent, blank: true });
		}
		all.push(node);
		at = node.end;
	}
	if (at < end) {
		all.push({ kind: 'text', start: at, end, parent, blank: true });
	}
	return all;
}

export class AttributeNode implements XmlAttribute {
	/** `valueStart` is -1 where no quote was typed; `raw` is what stands between the quotes. */
	constructor(
		readonly element: XmlElement,
		readonly start: number,
		readonly written: string,
		readonly end: number,
		private readonly valueStart: number,
		private readonly raw: string,
		readonly value: string,
	) {}

	get kind() {
		return 'attribute' as const;
	}

	get name(): Token {
		const { start, written: text } = this;
		return { start, end: start + text.length, text };
	}

	get rawValue(): Token | undefined {
		const { valueStart: start, raw: text } = this;
		return start < 0 ? undefined : { start, end: start + text.length, text };
	}
}
