import { roleOf } from '../lifecycle/domains';
import { type Entries, keyOf, timeOf } from './entries';
import { type EntryKind, entryKinds, isBad, kindOf } from './entryKinds';
import { inOrder, type Lane, type LaneName, noteEntry } from './lane';
import { laneSince, replaceTails, type TimelineChange } from './timelineChange';

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
		return inOrder(this.lanes);
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
			const noted = this.lanes[lane];
			if (noted) {
				noteEntry(noted, entry, at);
			}
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
		for (const each of change.lanes) {
			this.laneNamed(each);
			const lane = this.lanes[each.lane];
			if (lane) {
				replaceTails(lane, each);
			}
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
}
