import { indexOf } from '../lifecycle/domains';
import type { CallName, InstanceStatus, JournalEntry, ProcessRole } from '../lifecycle/journal/journal';
import type { Slot } from '../lifecycle/slots';
import { isBad } from './entryKinds';

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

/** Writes down what an entry tells of its lane. */
export function noteEntry({ spans, calls, restarts }: Lane, entry: JournalEntry, at: number): void {
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

/** Deployment by deployment: itself first, then the roles as they were heard of, each with its instances by number. */
export function inOrder(lanes: readonly Lane[]): readonly number[] {
	const groups = [...new Set(lanes.flatMap(lane => [deploymentOf(lane), groupOf(lane)]))];
	const place = new Map(groups.map((group, index) => [group, index]));
	const rank = (lane: Lane) =>
		(place.get(deploymentOf(lane)) ?? 0) * groups.length + (lane.role === '' ? -1 : (place.get(groupOf(lane)) ?? 0));
	return [...lanes.keys()].sort((a, b) => {
		const [one, other] = [lanes[a], lanes[b]];
		return one && other ? rank(one) - rank(other) || indexOf(one.instance) - indexOf(other.instance) : 0;
	});
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

function deploymentOf({ key, instance }: Lane): string {
	return key.slice(0, key.length - instance.length);
}

function groupOf(lane: Lane): string {
	return `${deploymentOf(lane)}${lane.role}`;
}
