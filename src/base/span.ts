/** A range of a text as UTF-16 offsets; `end` is exclusive. Lines and columns exist only at the edges (`lines.ts`). */
export interface Span {
	readonly start: number;
	readonly end: number;
}

/** A piece of text together with its place. */
export interface Token extends Span {
	readonly text: string;
}

/** Replaces the text of `span` by `text`; an empty span inserts. */
export interface Edit {
	readonly span: Span;
	readonly text: string;
}

/** Edits of one file; its path as the service knows it. */
export interface FileEdits {
	readonly path: string;
	readonly edits: readonly Edit[];
}

/** A copy of nothing but the offsets as they are now. */
export function plainSpan({ start, end }: Span): Span {
	return { start, end };
}

/** True where the cursor may stand to mean this span: its end counts, since a caret after a word belongs to the word. */
export function touches(span: Span, offset: number): boolean {
	return span.start <= offset && offset <= span.end;
}

/** Applies edits that do not overlap, in any order. Insertions at one place keep the order in which they are given. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
	const inOrder = edits
		.map((edit, index) => ({ edit, index }))
		.sort((a, b) => a.edit.span.start - b.edit.span.start || a.index - b.index);
	let result = '';
	let done = 0;
	for (const { edit } of inOrder) {
		result += text.slice(done, edit.span.start) + edit.text;
		done = edit.span.end;
	}
	return result + text.slice(done);
}
