import type { Span, Token } from '../base/span';
import type { CommandWord } from '../lifecycle/command';
import type { InstanceStatus } from '../lifecycle/journal/journal';
import type { ScriptCommand } from '../runner/script';

/**
 * A lifecycle scenario (interfaces.md 1.3, `schemas/lifecycle.schema.json`): what is run, what is asked of it and what has
 * to come of that. Every time in it is milliseconds of fabric time. Places are offsets in the scenario's text.
 */
export interface Scenario {
	readonly name: string;
	/** A folder with one definition, a `.csdef` or a `.ccproj`, relative to the scenario's own folder. */
	readonly service: Token;
	/** `Local`, or a file relative to the scenario's own folder. */
	readonly configuration: Token | undefined;
	/** Only these roles; all where it is left out. */
	readonly roles: readonly Token[] | undefined;
	readonly counts: readonly { readonly role: Token; readonly count: number }[];
	readonly build: 'auto' | 'always' | 'never';
	/** Fabric time runs so many times as fast as wall time. */
	readonly timeFactor: number;
	readonly onStopLimit: number;
	readonly steps: readonly Step[];
	/** What has to hold after the last step, over the whole journal. */
	readonly expect: readonly Expectation[];
	/** What `rolewright run` would have ended with: 1 where an instance failed to start and never got ready. */
	readonly exit: { readonly code: 0 | 1; readonly span: Span } | undefined;
}

export interface Step {
	readonly span: Span;
	/** The step in words, as a line of a script. */
	readonly text: string;
	readonly action: StepAction;
	/** Its names, with their places: what the model has to know. */
	readonly names: StepNames;
	readonly expect: readonly Expectation[];
}

export type StepAction =
	| ScriptCommand
	/** Puts a file into a local resource, as the role itself could. */
	| ({ readonly command: 'write'; readonly text: string } & ResourceFile)
	| { readonly command: 'chaos'; readonly chaos: Chaos }
	/** Only what is expected counts. */
	| { readonly command: 'check' };

export interface StepNames {
	readonly instance?: Token;
	readonly role?: Token;
	/** An instance, a role or `all`. */
	readonly target?: Token;
	readonly setting?: Token;
	readonly resource?: Token;
	readonly roles?: readonly Token[];
}

/** Random events within limits: the same seed gives the same events. */
export interface Chaos {
	readonly seed: number;
	readonly length: number;
	/** Events in a millisecond, on average. */
	readonly rate: number;
	/** Left out: all roles. */
	readonly roles: readonly string[] | undefined;
	/** How often each event comes, in proportion to the others. */
	readonly events: readonly { readonly event: CommandWord; readonly weight: number }[];
	/** How long an instance may take to get ready again. */
	readonly within: number;
}

/** A file below a local resource; the path is relative and stays inside it. */
export interface ResourceFile {
	readonly instance: string;
	readonly resource: string;
	readonly file: string;
}

export interface Expectation {
	readonly span: Span;
	readonly states: readonly StateExpectation[];
	/** In this order, with anything between them. */
	readonly events: readonly EntryPattern[];
	readonly never: readonly EntryPattern[];
	/** Each somewhere, in any order. */
	readonly output: readonly EntryPattern[];
	readonly files: readonly FileExpectation[];
	/** How long it may take until all of it holds. Where only `never` is written, that long nothing of it may come. */
	readonly within: number;
}

export interface StateExpectation {
	/** An instance, a role or `all`. */
	readonly target: Token;
	/** As it is written. */
	readonly state: string;
	readonly states: readonly InstanceStatus[];
	readonly span: Span;
}

export interface FileExpectation extends ResourceFile {
	readonly span: Span;
	readonly names: StepNames;
	readonly exists: boolean;
	/** What the content has to be; `undefined` where nothing is said of it. */
	readonly content: ValuePattern | undefined;
}

/** A journal entry, said in part: what is not named may be anything. */
export interface EntryPattern {
	readonly span: Span;
	/** As it is written, in one line. */
	readonly written: string;
	readonly fields: readonly FieldPattern[];
	/** How long after the entry before it in the list, or after the beginning of the step, it may come at the latest. */
	readonly within: number | undefined;
	readonly names: StepNames;
}

export interface FieldPattern {
	readonly name: string;
	readonly value: ValuePattern;
}

export type ValuePattern =
	/** `null` means that the field is not there. */
	| { readonly kind: 'equal'; readonly value: string | number | boolean | null }
	| { readonly kind: 'contains'; readonly text: string }
	| { readonly kind: 'matches'; readonly expression: RegExp }
	| { readonly kind: 'object'; readonly fields: readonly FieldPattern[] }
	/** Each matches an item, in this order, with any others between them. */
	| { readonly kind: 'list'; readonly items: readonly ValuePattern[] };
