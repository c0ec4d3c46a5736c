import type { Span } from '../base/span';
import { markAt, wordAt } from './chains';
import { languageOf } from './languages';
import { scan } from './scanner';
import type { CodeToken } from './tokens';

/** The type that a role starts with: the class that is derived from `RoleEntryPoint`. */
export interface RoleClass {
	readonly name: string;
	/** Of the name where it is declared. */
	readonly span: Span;
}

/** The classes in a source file that the platform starts a role with; nothing for a language without such classes. */
export function roleClassesIn(path: string, text: string): readonly RoleClass[] {
	const language = languageOf(path);
	if (!language || !/RoleEntryPoint/i.test(text)) {
		return [];
	}
	const tokens = scan(text, language);
	return tokens.flatMap((token, at) => {
		const isBase = token.kind === 'word' && same(token.text, 'RoleEntryPoint', language.name === 'vb');
		const declared = isBase ? declarationBefore(tokens, at) : undefined;
		return declared === undefined ? [] : [declared];
	});
}

/** Looks back from the base class to `class Name :`, `Class Name / Inherits`, `type Name() = inherit`, `class Name(`. */
function declarationBefore(tokens: readonly CodeToken[], base: number): RoleClass | undefined {
	for (let at = base - 1; at >= Math.max(0, base - 40); at--) {
		const mark = markAt(tokens, at);
		if (mark === '{' || mark === '}' || mark === ';') {
			return undefined;
		}
		const word = wordAt(tokens, at)?.toLowerCase();
		const next = tokens[at + 1];
		if ((word === 'class' || word === 'type') && next?.kind === 'word') {
			return { name: next.text, span: { start: next.start, end: next.end } };
		}
	}
	return undefined;
}

function same(a: string, b: string, ignoreCase: boolean): boolean {
	return ignoreCase ? a.toLowerCase() === b.toLowerCase() : a === b;
}
