import type { Entries } from './entries';
import type { Timeline } from './timeline';
import type { PictureOptions } from './timelineSvg';

/**
 * The lanes with their states, calls and restarts, and the entries that pass the filter, in the part of the time that was
 * seen: times as in the journal, numbers that lead back to its entries.
 */
export function timelineJson(timeline: Timeline, options: PictureOptions): string {
	const { title, from, to, nameOf, wants } = options;
	const inside = (at: number) => at >= from && at <= to;
	const lanes = timeline.inOrder().flatMap(index => {
		const lane = timeline.lanes[index];
		if (!lane || !wants(lane)) {
			return [];
		}
		const states = lane.spans.map(({ at, ...span }, place) => {
			const end = lane.spans[place + 1]?.at;
			return { from: at, to: end, json: { ...span, from: iso(at), ...(end !== undefined && { to: iso(end) }) } };
		});
		return [
			{
				name: nameOf(lane),
				instance: lane.instance,
				role: lane.role,
				states: states.filter(each => each.from <= to && (each.to ?? to) >= from).map(({ json }) => json),
				calls: lane.calls
					.filter(({ at, end }) => at <= to && (end?.at ?? to) >= from)
					.map(({ n, at, call, end }) => ({
						...{ n, call, from: iso(at) },
						...(end && { to: iso(end.at), failed: end.failed }),
					})),
				restarts: lane.restarts
					.filter(({ at }) => inside(at))
					.map(({ n, at, delay, causes }) => ({ n, at: iso(at), delay, causes })),
			},
		];
	});
	const entries: Entries = options.entries.filter(({ n }) => inside(timeline.timeOf(n)));
	return `${JSON.stringify({ title, from: iso(from), to: iso(to), lanes, entries }, undefined, '\t')}\n`;
}

function iso(time: number): string {
	return new Date(time).toISOString();
}
