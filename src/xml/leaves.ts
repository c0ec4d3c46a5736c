import type { Anchor } from './anchor';
import type { ElementNode } from './nodes';
import type { XmlComment, XmlInstruction, XmlText } from './syntax';

/** What comments, texts and instructions have in common. */
abstract class LeafNode {
	constructor(
		public parent: ElementNode | undefined,
		readonly anchor: Anchor,
		private readonly from: number,
		private readonly to: number,
	) {}

	get start(): number {
		return this.from + this.anchor.shift;
	}

	get end(): number {
		return this.to + this.anchor.shift;
	}
}

export class TextNode extends LeafNode implements XmlText {
	constructor(
		parent: ElementNode | undefined,
		anchor: Anchor,
		from: number,
		to: number,
		readonly blank: boolean,
	) {
		super(parent, anchor, from, to);
	}

	get kind() {
		return 'text' as const;
	}
}

export class CommentNode extends LeafNode implements XmlComment {
	constructor(
		parent: ElementNode | undefined,
		anchor: Anchor,
		from: number,
		to: number,
		readonly text: string,
	) {
		super(parent, anchor, from, to);
	}

	get kind() {
		return 'comment' as const;
	}
}

export class InstructionNode extends LeafNode implements XmlInstruction {
	get kind() {
		return 'instruction' as const;
	}
}
