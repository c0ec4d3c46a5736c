import type { EntryKind } from '../../history/entryKinds';
import type { EntryFilter } from '../../history/filter';
import type { TimelineChange } from '../../history/timelineChange';
import type { Words } from '../protocol';

/** What the timeline is told. The page holds when what happened; every text it asks for. */
export type ToTimeline =
	/** `whole`: what is not kept in memory any more, because the run is long, can be read from a file. */
	| {
			readonly type: 'begin';
			readonly title: string;
			readonly follows: Follows;
			readonly change: TimelineChange;
			readonly whole?: boolean;
	  }
	/** `passing`: those of the new entries that pass the filter; left out where all do. */
	| { readonly type: 'append'; readonly change: TimelineChange; readonly passing?: readonly number[] }
	| { readonly type: 'follows'; readonly follows: Follows }
	/** The answer to `filter`; `undefined` where everything passes. */
	| { readonly type: 'passing'; readonly numbers: readonly number[] | undefined }
	| { readonly type: 'rows'; readonly rows: readonly Row[] }
	| { readonly type: 'details'; readonly details: Details }
	/** Somebody asked elsewhere to see this entry. */
	| { readonly type: 'show'; readonly n: number };

export type FromTimeline =
	| { readonly type: 'filter'; readonly filter: EntryFilter }
	| { readonly type: 'rows'; readonly numbers: readonly number[] }
	| { readonly type: 'details'; readonly n: number }
	/** The action of the details of this entry with this place in their list. */
	| { readonly type: 'act'; readonly n: number; readonly action: number }
	/** `from`, `to`: the part of the time that is seen. */
	| { readonly type: 'export'; readonly format: ExportFormat; readonly from: number; readonly to: number }
	/** The text of what passes the filter goes to the clipboard. */
	| { readonly type: 'copy' }
	/** Everything that the run has written, from its file. */
	| { readonly type: 'whole' };

/** A service that runs, one that has stopped, or a journal from a file. */
export type Follows = 'running' | 'stopped' | 'saved';

export const exportFormats = ['json', 'svg', 'mermaid'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** An entry as text. */
export interface Row {
	readonly n: number;
	readonly time: string;
	readonly instance: string;
	readonly text: string;
	readonly bad: boolean;
}

export interface Details {
	readonly n: number;
	readonly title: string;
	readonly lines: readonly string[];
	readonly fields: readonly (readonly [name: string, value: string])[];
	readonly explanation: Explanation | undefined;
	/** What the instance wrote around it; `after`: the place in the list before which the entry itself stands. */
	readonly output: readonly Row[];
	readonly after: number;
	readonly actions: readonly Action[];
}

/** Why an instance restarted: a sentence, and the chain under it. */
export interface Explanation {
	readonly sentence: string;
	readonly chain: readonly { readonly text: string; readonly actions: readonly number[] }[];
	readonly fix: string | undefined;
}

export interface Action {
	readonly title: string;
	/** Stands in the chain of the explanation and is not repeated below. */
	readonly inChain: boolean;
}

export type KindWords = Readonly<Record<EntryKind, string>>;

/** `kind:<EntryKind>` beside them. */
export interface TimelineWords extends Words {
	readonly view: string;
	readonly chart: string;
	readonly chartHelp: string;
	readonly table: string;
	readonly filter: string;
	readonly filterText: string;
	readonly who: string;
	readonly everyone: string;
	readonly wholeRole: string;
	readonly deployment: string;
	readonly kinds: string;
	readonly zoomIn: string;
	readonly zoomOut: string;
	readonly zoomAll: string;
	readonly follow: string;
	readonly export: string;
	readonly exportAs: string;
	readonly copy: string;
	readonly copied: string;
	readonly running: string;
	readonly stopped: string;
	readonly saved: string;
	readonly entries: string;
	readonly entriesOf: string;
	readonly nothing: string;
	readonly earlier: string;
	readonly openWhole: string;
	readonly details: string;
	readonly pick: string;
	readonly why: string;
	readonly fix: string;
	readonly output: string;
	readonly noOutput: string;
	readonly thisEntry: string;
	readonly number: string;
	readonly time: string;
	readonly instance: string;
	readonly text: string;
}

export interface TimelineView {
	readonly shown: 'chart' | 'table';
	readonly filter: EntryFilter;
	readonly selected: number | undefined;
	readonly follow: boolean;
}
