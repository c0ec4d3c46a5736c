/** One line of the result: what was measured, how long it took (the median), and what it may take. */
export interface Measured {
	readonly what: string;
	readonly milliseconds: number;
	readonly bound?: number;
}

/** The median of so many runs after some to warm up, in milliseconds. */
export function median(work: () => unknown, runs = 15, warmUp = 5): number {
	for (let run = 0; run < warmUp; run++) {
		work();
	}
	const times = Array.from({ length: runs }, () => {
		const start = performance.now();
		work();
		return performance.now() - start;
	}).sort((a, b) => a - b);
	return times[runs >> 1] ?? 0;
}

export function line({ what, milliseconds, bound }: Measured): string {
	const time = milliseconds.toFixed(milliseconds < 10 ? 2 : 1).padStart(9);
	const verdict =
		bound === undefined ? '' : milliseconds <= bound ? `  (bound ${bound} ms)` : `  OVER the bound of ${bound} ms`;
	return `${time} ms  ${what}${verdict}`;
}
