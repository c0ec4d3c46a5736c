/**
 * What every page and the extension say to each other (`src/extension/webviewPage.ts` is the other end). This file is read
 * by both, so it knows neither the DOM nor VS Code. A page has a protocol of its own beside it: two unions of messages
 * with a `type`, and its words.
 */
export interface Message {
	readonly type: string;
}

/** The page's script runs and knows nothing yet: after it was made, restored, or came back from behind another tab. */
export interface Loaded {
	readonly type: 'loaded';
}

/** What a person reads on a page, in their language: made by the extension, which alone can translate. */
export type Words = Readonly<Record<string, string>>;

/** The state that VS Code keeps of a page, over a reload of the window too. */
export interface KeptState {
	/** What the page is about, as it was given when it was opened. */
	readonly subject: unknown;
	/** What the page itself keeps: its zoom, its filter. */
	readonly view: unknown;
}

export function isMessage(value: unknown): value is Message {
	return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Puts values in place of `{0}`, `{1}`, as `vscode.l10n.t` does. */
export function fill(text: string, ...values: readonly (string | number)[]): string {
	return text.replace(/\{(\d+)\}/g, (mark, index) => String(values[Number(index)] ?? mark));
}
