/** The candidate that the writer most likely meant, `undefined` where none is near: a third of the letters may differ. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
	const wanted = name.toLowerCase();
	let best: string | undefined;
	let least = Math.max(1, Math.floor(name.length / 3)) + 1;
	for (const candidate of candidates) {
		if (candidate === name || Math.abs(candidate.length - name.length) >= least) {
			continue;
		}
		const changes = distance(wanted, candidate.toLowerCase());
		if (changes < least) {
			best = candidate;
			least = changes;
		}
	}
	return best;
}

/** Letters to insert, remove, replace or swap with their neighbour to make one word of the other. */
function distance(a: string, b: string): number {
	let beforeLast: readonly number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, column) => column);
	for (let row = 1; row <= a.length; row++) {
		const current = [row];
		for (let column = 1; column <= b.length; column++) {
			const same = a[row - 1] === b[column - 1];
			let cost = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1));
			if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
				cost = Math.min(cost, at(beforeLast, column - 2) + 1);
			}
			current.push(cost);
		}
		beforeLast = last;
		last = current;
	}
	return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
	return row[column] ?? Number.MAX_SAFE_INTEGER;
}
