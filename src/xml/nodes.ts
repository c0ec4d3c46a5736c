import type { Span, Token } from '../base/span';
import type { XmlAttribute, XmlElement, XmlNode } from './syntax';

/** What elements without attributes, content or children share, so that most elements bring no list of their own. */
const none: never[] = [];

/**
 * An element while it is read and after. A class, against the habit of the house, since a megabyte of XML has tens of
 * thousands of them: the spans and tokens that few readers ask for are made when they are asked for, and not kept.
 */
export class ElementNode implements XmlElement {
	readonly kind = 'element';
	end: number;
	attributes: XmlAttribute[] = none;
	content: XmlNode[] = none;
	children: XmlElement[] = none;
	selfClosing = false;
	/** Where the opening tag ends. */
	openEnd: number;
	/** Where the closing tag begins; -1 for none. */
	closeStart = -1;
	closeText = '';

	constructor(
		readonly parent: ElementNode | undefined,
		readonly start: number,
		readonly name: Token | undefined,
	) {
		this.end = start;
		this.openEnd = start;
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

	addAttribute(attribute: XmlAttribute): void {
		if (this.attributes === none) {
			this.attributes = [attribute];
		} else {
			this.attributes.push(attribute);
		}
	}

	addNode(node: XmlNode): void {
		if (this.content === none) {
			this.content = [node];
		} else {
			this.content.push(node);
		}
	}

	addChild(child: XmlElement): void {
		this.addNode(child);
		if (this.children === none) {
			this.children = [child];
		} else {
			this.children.push(child);
		}
	}
}

export class AttributeNode implements XmlAttribute {
	readonly kind = 'attribute';

	/** `valueStart` is -1 where no quote was typed; `raw` is what stands between the quotes. */
	constructor(
		readonly element: XmlElement,
		readonly name: Token,
		readonly end: number,
		private readonly valueStart: number,
		private readonly raw: string,
		readonly value: string,
	) {}

	get start(): number {
		return this.name.start;
	}

	get rawValue(): Token | undefined {
		const { valueStart: start, raw: text } = this;
		return start < 0 ? undefined : { start, end: start + text.length, text };
	}
}
