import type { CallName, InstanceStatus, JournalEntry, ProcessRole } from '../lifecycle/journal';
import type { Slot } from '../lifecycle/slots';
import { type Entries, indexOf, keyOf, roleOf, timeOf } from './entries';
import { type EntryKind, entryKinds, isBad, kindOf } from './entryKinds';

export interface LaneName {
	/** Known by it for good (`keyOf`). */
	readonly key: string;
	readonly instance: string;
	/** Where its deployment stands by its newest entry. */
	slot: Slot;
}

/** What happened to one instance, or to the deployment as a whole (`instance` is empty then). */
export interface Lane extends LaneName {
	readonly role: string;
	readonly spans: StateSpan[];
	readonly calls: CallSpan[];
	readonly restarts: Restart[];
	/** The numbers of all its entries. */
	readonly entries: number[];
}

/** A state lasts until the next one begins. */
export interface StateSpan {
	readonly n: number;
	readonly at: number;
	readonly state: InstanceStatus;
	readonly text: string;
}

export interface CallSpan {
	readonly n: number;
	readonly at: number;
	readonly call: CallName;
	/** Left out while it lasts; a call of a process that is gone ends with the process. */
	readonly end?: { readonly n: number; readonly at: number; readonly failed: boolean };
}

export interface Restart {
	readonly n: number;
	readonly at: number;
	readonly delay: number;
	/** The numbers of the entries that led to it, the first cause first. */
	readonly causes: readonly number[];
}

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
interface LaneChange extends LaneName {
	readonly lane: number;
	readonly spans: Tail<StateSpan>;
	readonly calls: Tail<CallSpan>;
	readonly restarts: Tail<Restart>;
}

interface Tail<T> {
	readonly from: number;
	readonly items: readonly T[];
}

const badFlag = 16;

/**
 * A journal as lanes. It grows by entries (`append`), or by what a timeline of the same journal has become (`apply`), in
 * time that depends on the news only.
 */
export class Timeline {
	/** In the order in which they were first heard of. */
	readonly lanes: Lane[] = [];
	private readonly laneOf = new Map<string, number>();
	private readonly times: number[] = [];
	private readonly lanesOfEntries: number[] = [];
	private readonly kinds: number[] = [];
	private first = 1;

	get size(): number {
		return this.times.length;
	}

	/** The number of the first entry that is kept. */
	get firstEntry(): number {
		return this.first;
	}

	get lastEntry(): number {
		return this.first + this.size - 1;
	}

	get start(): number {
		return this.times[0] ?? 0;
	}

	get end(): number {
		return this.times[this.times.length - 1] ?? 0;
	}

	timeOf(n: number): number {
		return this.times[n - this.first] ?? 0;
	}

	laneOfEntry(n: number): number {
		return this.lanesOfEntries[n - this.first] ?? 0;
	}

	kindOf(n: number): EntryKind {
		return entryKinds[(this.kinds[n - this.first] ?? 0) % badFlag] ?? 'messages';
	}

	isBad(n: number): boolean {
		return (this.kinds[n - this.first] ?? 0) >= badFlag;
	}

	/** Deployment by deployment: itself first, then the roles as they were heard of, each with its instances by number. */
	inOrder(): readonly number[] {
		const groups = [...new Set(this.lanes.flatMap(lane => [deploymentOf(lane), groupOf(lane)]))];
		const place = new Map(groups.map((group, index) => [group, index]));
		const rank = (lane: Lane) =>
			(place.get(deploymentOf(lane)) ?? 0) * groups.length + (lane.role === '' ? -1 : (place.get(groupOf(lane)) ?? 0));
		return [...this.lanes.keys()].sort((a, b) => {
			const [one, other] = [this.lanes[a], this.lanes[b]];
			return one && other ? rank(one) - rank(other) || indexOf(one.instance) - indexOf(other.instance) : 0;
		});
	}

	append(entries: Entries): void {
		this.first = this.size === 0 ? (entries[0]?.n ?? 1) : this.first;
		for (const entry of entries) {
			if (this.size > 0 && entry.n !== this.lastEntry + 1) {
				continue;
			}
			const { instance = '', slot = 'production' } = entry;
			const lane = this.laneNamed({ key: keyOf(entry), instance, slot });
			const at = timeOf(entry);
			this.note(lane, entry, at);
			this.push(at, lane, entryKinds.indexOf(kindOf(entry)) + (isBad(entry) ? badFlag : 0));
		}
	}

	/** Takes over what another timeline gave with `since` or `whole`; what does not follow on what is known is dropped. */
	apply(change: TimelineChange): void {
		if (this.size === 0) {
			this.first = change.first;
		} else if (change.first !== this.lastEntry + 1) {
			return;
		}
		for (const { lane, key, instance, slot, spans, calls, restarts } of change.lanes) {
			this.laneNamed({ key, instance, slot });
			const known = this.lanes[lane];
			known?.spans.splice(spans.from, known.spans.length, ...spans.items);
			known?.calls.splice(calls.from, known.calls.length, ...calls.items);
			known?.restarts.splice(restarts.from, known.restarts.length, ...restarts.items);
		}
		let at = 0;
		for (const [index, after] of change.after.entries()) {
			at += after;
			this.push(at, change.lane[index] ?? 0, change.kind[index] ?? 0);
		}
	}

	/** Everything, for somebody who has nothing yet. */
	whole(): TimelineChange {
		return this.since(this.first);
	}

	/** What the entries from this number on have added: calls that they ended among it. */
	since(n: number): TimelineChange {
		const place = Math.max(0, n - this.first);
		const lanes = this.lanes.flatMap((lane, index) =>
			(lane.entries[lane.entries.length - 1] ?? 0) < n ? [] : [laneSince(lane, index, n)],
		);
		return {
			first: this.first + place,
			after: this.times.slice(place).map((at, index) => at - (index === 0 ? 0 : (this.times[place + index - 1] ?? 0))),
			lane: this.lanesOfEntries.slice(place),
			kind: this.kinds.slice(place),
			lanes,
		};
	}

	private push(at: number, lane: number, kind: number): void {
		this.times.push(at);
		this.lanesOfEntries.push(lane);
		this.kinds.push(kind);
		this.lanes[lane]?.entries.push(this.lastEntry);
	}

	private laneNamed({ key, instance, slot }: LaneName): number {
		const known = this.laneOf.get(key);
		const lane = known ?? this.lanes.length;
		const named = this.lanes[lane];
		if (named) {
			named.slot = slot;
			return lane;
		}
		this.lanes.push({ key, instance, slot, role: roleOf(instance), spans: [], calls: [], restarts: [], entries: [] });
		this.laneOf.set(key, lane);
		return lane;
	}

	private note(index: number, entry: JournalEntry, at: number): void {
		const { spans, calls, restarts } = this.lanes[index] ?? noLane;
		const { n } = entry;
		if (entry.event === 'state') {
			spans.push({ n, at, state: entry.state, text: entry.text });
		} else if (entry.event === 'restart') {
			restarts.push({ n, at, delay: entry.delay, causes: [...new Set(entry.cause.flatMap(cause => cause.n ?? []))] });
		} else if (entry.event === 'call' && entry.phase === 'begin') {
			calls.push({ n, at, call: entry.call });
		} else if (entry.event === 'call') {
			endCalls(calls, ({ call }) => call === entry.call, { n, at, failed: isBad(entry) });
		} else if (entry.event === 'process' && entry.phase === 'ended' && isOfRole(entry.role)) {
			endCalls(calls, () => true, { n, at, failed: false });
		}
	}
}

/** A process has no more calls open than there are kinds of them; looking further back finds nothing. */
const openCalls = 16;

function endCalls(calls: CallSpan[], ends: (call: CallSpan) => boolean, end: NonNullable<CallSpan['end']>): void {
	for (let place = calls.length - 1; place >= Math.max(0, calls.length - openCalls); place--) {
		const call = calls[place];
		if (call && call.end === undefined && ends(call)) {
			calls[place] = { ...call, end };
		}
	}
}

function isOfRole(process: ProcessRole): boolean {
	return process === 'host' || process === 'program';
}

/** A call that was open before this number is told again: it may have ended since. */
function laneSince({ key, instance, slot, spans, calls, restarts }: Lane, lane: number, n: number): LaneChange {
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

function deploymentOf({ key, instance }: Lane): string {
	return key.slice(0, key.length - instance.length);
}

function groupOf(lane: Lane): string {
	return `${deploymentOf(lane)}${lane.role}`;
}

function firstFrom(list: readonly { readonly n: number }[], n: number): number {
	let place = list.length;
	while (place > 0 && (list[place - 1]?.n ?? 0) >= n) {
		place--;
	}
	return place;
}

const noLane: Lane = {
	...{ key: '', instance: '', slot: 'production', role: '' },
	...{ spans: [], calls: [], restarts: [], entries: [] },
};
