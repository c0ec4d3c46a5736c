import type { Problem, Severity } from '../../base/problem';
import type { Span } from '../../base/span';
import type { NameKind } from '../names';

export type Related = NonNullable<Problem['related']>;

/** The kinds of a configuration's entries that answer a declaration. */
export type EntryKind = 'role' | 'setting' | 'certificate';

/** Where a name was looked for: its kind, the role it would belong to, and the names that are there instead. */
export interface Unknown {
	readonly kind: NameKind & ('role' | 'setting' | 'certificate' | 'endpoint');
	readonly name: string;
	readonly role: string | undefined;
	readonly known: readonly string[];
}

/** The data come first and the message last, so that the table reads as code, severity, data, sentence. */
export function rule<Code extends string, Data extends object>(
	code: Code,
	severity: Severity,
	span: Span,
	data: Data,
	related?: Related,
) {
	return (message: string) => ({
		code,
		severity,
		layer: 'rule' as const,
		span: { start: span.start, end: span.end },
		message,
		...data,
		...(related && related.length > 0 ? { related } : {}),
	});
}
