/** A place for people and for the command line: both count from 1, columns in UTF-16 units (interfaces.md 1.1). */
export interface Place {
	readonly line: number;
	readonly column: number;
}

/** The line starts of one text, so that many offsets can be translated without scanning it again. */
export class LineMap {
	private readonly starts: readonly number[];

	constructor(private readonly text: string) {
		const starts = [0];
		for (let at = 0; at < text.length; at++) {
			const code = text.charCodeAt(at);
			if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) {
				starts.push(at + 1);
			}
		}
		this.starts = starts;
	}

	placeAt(offset: number): Place {
		let low = 0;
		let high = this.starts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((this.starts[middle] ?? 0) <= offset) {
				low = middle;
			} else {
				high = middle - 1;
			}
		}
		return { line: low + 1, column: offset - (this.starts[low] ?? 0) + 1 };
	}

	/** The offset of a place; one beyond the end of its line is taken as the end of the text before the next line. */
	offsetAt(place: Place): number {
		const start = this.starts[place.line - 1] ?? this.text.length;
		const next = this.starts[place.line] ?? this.text.length;
		return Math.min(start + place.column - 1, next);
	}
}
