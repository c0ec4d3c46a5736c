import type { Span } from './span';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** `syntax`: not well-formed. `schema`: elements, attributes, types, order, count. `rule`: what no schema can say. */
export type Layer = 'syntax' | 'schema' | 'rule';

/**
 * Something that is wrong in a text. A problem is data: its `code` selects the quick fix and the documentation page,
 * never its message. Each layer makes its problems in one table (`xml/problems.ts`, `schema/problems.ts`,
 * `model/problems.ts`), whose return types carry what a fix needs beside these fields.
 */
export interface Problem {
	readonly code: string;
	readonly severity: Severity;
	readonly layer: Layer;
	readonly message: string;
	readonly span: Span;
	/** Other places that explain it, in any file of the service. */
	readonly related?: readonly { readonly path: string; readonly span: Span; readonly message: string }[];
}
