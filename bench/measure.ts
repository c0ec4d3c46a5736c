/** One line of the result: what was measured, how long it took (the median), and what it may take. */
export interface Measured {
	readonly what: string;
	readonly milliseconds: number;
	/** The fastest of the runs: on a busy machine nearer to the truth than the median. */
	readonly fastest?: number;
	readonly bound?: number;
	/** What the numbers count where they are no milliseconds. */
	readonly unit?: string;
}

/** The median and the fastest of so many runs after some to warm up, in milliseconds. */
export function timed(
	work: () => unknown,
	runs = 15,
	warmUp = 5,
): Pick<Measured, 'milliseconds'> & { fastest: number } {
	for (let run = 0; run < warmUp; run++) {
		work();
	}
	const times = Array.from({ length: runs }, () => once(work)).sort((a, b) => a - b);
	return { milliseconds: median(times), fastest: times[0] ?? 0 };
}

/** The 95th percentile of so many runs after some to warm up, in milliseconds: what nearly everybody waits for at most. */
export function percentile95(
	work: (run: number) => unknown,
	runs = 200,
	warmUp = 40,
): Pick<Measured, 'milliseconds'> & { fastest: number } {
	for (let run = 0; run < warmUp; run++) {
		work(run);
	}
	const times = Array.from({ length: runs }, (_, run) => once(() => work(warmUp + run))).sort((a, b) => a - b);
	return { milliseconds: times[Math.floor(runs * 0.95)] ?? 0, fastest: times[0] ?? 0 };
}

export function median(times: readonly number[]): number {
	return [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
}

/** The milliseconds of one run. */
export function once(work: () => unknown): number {
	const start = performance.now();
	work();
	return performance.now() - start;
}

export function line({ what, milliseconds, fastest, bound, unit = 'ms' }: Measured): string {
	const range = fastest === undefined ? '' : ` (fastest ${digits(fastest)})`;
	// A bound that was measured itself has more digits than anybody wants.
	const most = bound === undefined || Number.isInteger(bound) ? bound : digits(bound);
	const kept = bound === undefined || milliseconds <= bound;
	const verdict = most === undefined ? '' : `  ${kept ? 'bound' : 'OVER the bound of'} ${most} ${unit}`;
	return `${digits(milliseconds).padStart(9)} ${unit}${range.padEnd(18)}  ${what}${verdict}`;
}

export function digits(milliseconds: number): string {
	return milliseconds.toFixed(milliseconds < 10 ? 2 : 1);
}
