import type { Span } from '../base/span';
import { Aliases, constantsOf } from './aliases';
import { bracketsOf } from './brackets';
import { type CodeKind, mayName, type Need, placeOf } from './calls';
import { beginsChain, follow, type Lookup, markAt, type Source } from './chains';
import { languageOf } from './languages';
import { scan } from './scanner';

export type { CodeKind } from './calls';

/** Whose thing code names: that of the role it belongs to, of a role that it names, or of whichever role. */
export type CodeRole = 'own' | 'any' | { readonly name: string };

/** A name of the service in code. */
export interface CodeUse {
	readonly kind: CodeKind;
	/** Empty where nothing was typed yet. */
	readonly name: string;
	readonly role: CodeRole;
	/** Of the name, without quotes. */
	readonly span: Span;
	readonly needs: Need;
	/** How the name is written: in a text with such escapes, or as a property (`settings.Greeting`). */
	readonly written: 'backslash' | 'doubled' | 'none' | 'property';
	/** What a name that cannot be a property takes the place of, in brackets; of a property only. */
	readonly property?: Span;
	/** False where the closing quote is not typed yet. */
	readonly closed: boolean;
}

const none: readonly CodeUse[] = [];

/** Every name of the service in the text of a source file, in its order; nothing for a file of no language that we read. */
export function usesIn(path: string, text: string): readonly CodeUse[] {
	const language = languageOf(path);
	if (!language || !mayName(text, language.name)) {
		return none;
	}
	const tokens = scan(text, language);
	const aliases = new Aliases();
	const source: Source = {
		tokens,
		brackets: bracketsOf(tokens),
		language: language.name,
		aliases,
		constants: constantsOf(tokens),
	};
	const found = new Map<number, CodeUse>();
	const lookedUp = (lookup: Lookup): void => {
		const use = useOf(source, lookup);
		if (use && !found.has(use.span.start)) {
			found.set(use.span.start, use);
		}
	};
	for (let at = 0; at < tokens.length; at++) {
		aliases.note(source, at);
		if (beginsChain(source, at)) {
			follow(source, at, lookedUp, (chain, open) => aliases.noteCallback(source, chain, open));
		}
	}
	return [...found.values()].sort((a, b) => a.span.start - b.span.start);
}

function useOf({ language, tokens }: Source, { chain, access, named, at }: Lookup): CodeUse | undefined {
	const place = placeOf(language, chain.words, access);
	const name = named.kind === 'text' ? named.value : named.text;
	if (!place || name === undefined) {
		return undefined;
	}
	const { kind, needs } = place;
	const role = kind === 'endpoint' ? chain.role : kind === 'role' ? 'any' : 'own';
	if (named.kind === 'text') {
		return { kind, name, role, span: named.inner, needs, written: named.escape, closed: named.closed };
	}
	const span = { start: named.start, end: named.end };
	const isOptional = markAt(tokens, at - 2) === '?';
	const property = { start: isOptional ? span.start : (tokens[at - 1]?.start ?? span.start), end: span.end };
	return { kind, name, role, span, needs, written: 'property', property, closed: true };
}
