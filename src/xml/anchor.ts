import type { Token } from '../base/span';

/**
 * How far a part of a text has moved since it was read. All nodes of the part share one anchor, so that an edit before
 * them moves them at once and they need not be read again (`reparse.ts`).
 */
export class Anchor {
	shift = 0;
}

/** A name or value that moves with its element: whoever keeps one always knows where it stands now. */
export class PlacedToken implements Token {
	constructor(
		private readonly anchor: Anchor,
		private readonly from: number,
		private readonly length: number,
		readonly text: string,
	) {}

	get start(): number {
		return this.from + this.anchor.shift;
	}

	get end(): number {
		return this.from + this.length + this.anchor.shift;
	}

	/** What is sent elsewhere says where it stands now. */
	toJSON(): Token {
		const { start, end, text } = this;
		return { start, end, text };
	}
}
