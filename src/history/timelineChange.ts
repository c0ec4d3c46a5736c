import type { CallSpan, Lane, LaneName, Restart, StateSpan } from './lane';

/** What some entries add to a timeline: plain data, small, made by one timeline and taken by another one elsewhere. */
export interface TimelineChange {
	/** The number of the first entry that it tells of. */
	readonly first: number;
	/**
	 * Of each entry: when it was (milliseconds after the one before it, of the first since 1970, which makes for short
	 * numbers), in which lane, of which kind and whether it is bad.
	 */
	readonly after: readonly number[];
	readonly lane: readonly number[];
	readonly kind: readonly number[];
	readonly lanes: readonly LaneChange[];
}

/** The lists of a lane from some place on; what stood there before is replaced. */
export interface LaneChange extends LaneName {
	readonly lane: number;
	readonly spans: Tail<StateSpan>;
	readonly calls: Tail<CallSpan>;
	readonly restarts: Tail<Restart>;
}

interface Tail<T> {
	readonly from: number;
	readonly items: readonly T[];
}

/** A call that was open before this number is told again: it may have ended since. */
export function laneSince({ key, instance, slot, spans, calls, restarts }: Lane, lane: number, n: number): LaneChange {
	const changed = calls.findIndex(({ end }) => end === undefined || end.n >= n);
	const place = { spans: firstFrom(spans, n), calls: changed < 0 ? calls.length : changed };
	const restarted = firstFrom(restarts, n);
	return {
		...{ lane, key, instance, slot },
		spans: { from: place.spans, items: spans.slice(place.spans) },
		calls: { from: place.calls, items: calls.slice(place.calls) },
		restarts: { from: restarted, items: restarts.slice(restarted) },
	};
}

/** Takes over what another timeline has of the same lane. */
export function replaceTails(lane: Lane, { spans, calls, restarts }: LaneChange): void {
	lane.spans.splice(spans.from, lane.spans.length, ...spans.items);
	lane.calls.splice(calls.from, lane.calls.length, ...calls.items);
	lane.restarts.splice(restarts.from, lane.restarts.length, ...restarts.items);
}

function firstFrom(list: readonly { readonly n: number }[], n: number): number {
	let place = list.length;
	while (place > 0 && (list[place - 1]?.n ?? 0) >= n) {
		place--;
	}
	return place;
}
