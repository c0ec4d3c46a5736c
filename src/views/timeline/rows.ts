import type { Row } from './protocol';

/** The texts of entries, fetched when they are first looked at: each is asked for once. */
export class Rows {
	private readonly known = new Map<number, Row>();
	private readonly asked = new Set<number>();

	constructor(private readonly ask: (numbers: readonly number[]) => void) {}

	/** What is known of these; the rest is asked for. */
	of(numbers: readonly number[]): readonly (Row | undefined)[] {
		const missing = numbers.filter(n => !this.known.has(n) && !this.asked.has(n));
		if (missing.length > 0) {
			for (const n of missing) {
				this.asked.add(n);
			}
			this.ask(missing);
		}
		return numbers.map(n => this.known.get(n));
	}

	take(rows: readonly Row[]): void {
		for (const row of rows) {
			this.known.set(row.n, row);
			this.asked.delete(row.n);
		}
	}

	clear(): void {
		this.known.clear();
		this.asked.clear();
	}
}
