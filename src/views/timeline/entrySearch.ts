import type { Lane } from '../../history/lane';
import { axisHeight, firstAt, laneHeight, type Scene, xOf } from './scene';

/** What is needed to find an entry beside the selected one. */
export type Walk = Pick<Scene, 'timeline' | 'order' | 'passes' | 'selected'>;

/** What a person who points near a mark means. */
const telling: ReadonlySet<string> = new Set(['restarts', 'commands', 'calls', 'processes', 'messages']);

/** The entry of a lane that is nearest, of those that pass; where none is near, the state that was on. */
export function entryAt(scene: Scene, x: number, y: number): number | undefined {
	const { timeline, order, passes, names, from, scale, top } = scene;
	const row = Math.floor((y + top - axisHeight) / laneHeight);
	const lane = timeline.lanes[order[row] ?? -1];
	if (!lane || x < names || y < axisHeight) {
		return undefined;
	}
	const time = from + (x - names) / scale;
	const { entries, spans } = lane;
	const timeAt = (place: number) => timeline.timeOf(entries[place] ?? 0);
	const weight = (n: number) =>
		Math.abs(xOf(scene, timeline.timeOf(n)) - x) - (telling.has(timeline.kindOf(n)) ? 8 : 0);
	let best: number | undefined;
	for (
		let place = firstAt(entries.length, time - 6 / scale, timeAt);
		place < entries.length && timeAt(place) <= time + 6 / scale;
		place++
	) {
		const n = entries[place] ?? 0;
		if (passes(n) && (best === undefined || weight(n) < weight(best))) {
			best = n;
		}
	}
	return best ?? spans[firstAt(spans.length, time, place => spans[place]?.at ?? 0) - 1]?.n;
}

/** The next entry of the same lane that passes, or the one before. */
export function entryBeside(walk: Walk, by: 1 | -1): number | undefined {
	const { selected, passes } = walk;
	const entries = selectedLane(walk)?.entries ?? [];
	let place = selected === undefined ? (by > 0 ? -1 : entries.length) : entries.indexOf(selected);
	do {
		place += by;
	} while (place >= 0 && place < entries.length && !passes(entries[place] ?? 0));
	return entries[place];
}

/** The entry of the next lane, or of the one before, that is nearest in time. */
export function entryAcross({ timeline, order, selected, passes }: Walk, by: 1 | -1): number | undefined {
	const row = selected === undefined ? -1 : order.indexOf(timeline.laneOfEntry(selected));
	const time = selected === undefined ? timeline.start : timeline.timeOf(selected);
	for (let next = row + by; next >= 0 && next < order.length; next += by) {
		const entries = (timeline.lanes[order[next] ?? -1]?.entries ?? []).filter(passes);
		const place = firstAt(entries.length, time, each => timeline.timeOf(entries[each] ?? 0));
		const found = entries[Math.min(place, entries.length - 1)];
		if (found !== undefined) {
			return found;
		}
	}
	return undefined;
}

/** The last entry of the lane that passes, or the first. */
export function entryAtEnd(walk: Walk, by: 1 | -1): number | undefined {
	const passing = (selectedLane(walk)?.entries ?? []).filter(walk.passes);
	return by > 0 ? passing.at(-1) : passing[0];
}

function selectedLane({ timeline, order, selected }: Walk): Lane | undefined {
	return timeline.lanes[selected === undefined ? (order[0] ?? 0) : timeline.laneOfEntry(selected)];
}
