const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

const steps: readonly number[] = [
	...[1, 2, 5, 10, 20, 50, 100, 200, 500],
	...[1, 2, 5, 10, 15, 30].map(each => each * second),
	...[1, 2, 5, 10, 15, 30].map(each => each * minute),
	...[1, 2, 3, 6, 12, 24].map(each => each * hour),
];

/** The round times of a stretch of time, not nearer to each other than `least` milliseconds, as the clock on the wall shows them. */
export function tickTimes(
	from: number,
	to: number,
	least: number,
): readonly { readonly time: number; readonly text: string }[] {
	const step = steps.find(each => each >= least) ?? Math.ceil(least / (24 * hour)) * 24 * hour;
	const first = Math.ceil(from / step) * step;
	const count = Math.max(0, Math.floor((to - first) / step) + 1);
	return Array.from({ length: Math.min(count, 1000) }, (_, index) => {
		const time = first + index * step;
		return { time, text: clockText(time, step < second ? 'milliseconds' : step < minute ? 'seconds' : 'minutes') };
	});
}

/** Local time of day. */
export function clockText(time: number, precision: 'minutes' | 'seconds' | 'milliseconds' = 'milliseconds'): string {
	const date = new Date(time);
	const two = (part: number) => String(part).padStart(2, '0');
	const minutes = `${two(date.getHours())}:${two(date.getMinutes())}`;
	if (precision === 'minutes') {
		return minutes;
	}
	const seconds = `${minutes}:${two(date.getSeconds())}`;
	return precision === 'seconds' ? seconds : `${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
