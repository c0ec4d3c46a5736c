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
	content: readonly XmlNode[] = none;
	children: readonly XmlElement[] = none;
	selfClosing = false;
	/** Where the opening tag ends. */
	openEnd: number;
	/** Where the closing tag begins; -1 for none. */
	closeStart = -1;
	closeText = '';

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

/**
 * Collects the lists of many nodes one after the other, and hands out each in its size: lists that grow one by one are
 * mostly empty room, of which a megabyte of XML would have several.
 */
export class Pile<T> {
	private readonly items: T[] = [];
	size = 0;

	get last(): T | undefined {
		return this.items[this.size - 1];
	}

	add(item: T): void {
		this.items[this.size++] = item;
	}

	/** What was added since the pile had this size; it is then gone from the pile. */
	takeFrom(size: number): readonly T[] {
		if (size === this.size) {
			return none;
		}
		const taken = this.items.slice(size, this.size);
		this.size = size;
		return taken;
	}
}
