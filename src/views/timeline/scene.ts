import type { Lane } from '../../history/lane';
import type { Timeline } from '../../history/timeline';

/** Pixels of CSS. */
export const axisHeight = 24;
export const laneHeight = 50;
export const stateTop = 4;
export const stateHeight = 18;
export const callTop = 25;
export const callHeight = 9;
export const markTop = 41;

/** What of a timeline is drawn, and where. */
export interface Scene {
	readonly timeline: Timeline;
	/** Lanes from top to bottom. */
	readonly order: readonly number[];
	readonly nameOf: (lane: Lane) => string;
	/** Whether an entry passes the filter. */
	readonly passes: (n: number) => boolean;
	readonly selected: number | undefined;
	/** The time at the left edge of the lanes, and pixels for a millisecond. */
	readonly from: number;
	readonly scale: number;
	/** Where the last state ends. */
	readonly now: number;
	/** How far it is scrolled down. */
	readonly top: number;
	readonly width: number;
	readonly height: number;
	/** The width of the names at the left. */
	readonly names: number;
}

export function visibleRows({ order, top, height }: Scene): readonly number[] {
	const first = Math.max(0, Math.floor(top / laneHeight));
	const last = Math.min(order.length - 1, Math.floor((top + height - axisHeight) / laneHeight));
	return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

export function xOf({ from, scale, names }: Scene, time: number): number {
	return names + (time - from) * scale;
}

/** The place of the first of these that is not before the time; `timeAt` reads the time of a place. */
export function firstAt(count: number, time: number, timeAt: (place: number) => number): number {
	let low = 0;
	let high = count;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (timeAt(middle) < time) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}
