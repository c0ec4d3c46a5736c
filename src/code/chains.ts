import type { Brackets } from './brackets';
import { type Access, placeOf } from './calls';
import type { LanguageName } from './languages';
import type { CodeToken, TextToken, WordToken } from './tokens';
import type { CodeRole } from './uses';

/** Code such as `RoleEnvironment.Roles["Bank"].Instances[0]` in its words, and the role whose things it leads to. */
export interface Chain {
	readonly words: readonly string[];
	readonly role: CodeRole;
}

/** A text, or a property, that a chain looks something up by. */
export interface Lookup {
	readonly chain: Chain;
	readonly access: Access;
	readonly named: TextToken | WordToken;
	/** The first token after the separator or bracket; of a property the token of its name. */
	readonly at: number;
}

export interface Source {
	readonly tokens: readonly CodeToken[];
	readonly brackets: Brackets;
	readonly language: LanguageName;
	/** What a variable stands for, up to here. */
	readonly aliases: ReadonlyMap<string, Chain>;
	/** Constants with a text. */
	readonly constants: ReadonlyMap<string, TextToken>;
}

/** True where a chain begins at this word, and does not go on. */
export function beginsChain({ tokens }: Source, at: number): boolean {
	const [last, beforeLast] = [markAt(tokens, at - 1), markAt(tokens, at - 2)];
	const goesOn =
		(last === '.' && beforeLast !== '.') ||
		(last === ':' && beforeLast === ':') ||
		(last === '>' && beforeLast === '-');
	return tokens[at]?.kind === 'word' && !goesOn;
}

/** Follows the chain that begins at a word to its end, and tells what it looks up, and where it is called. */
export function follow(
	source: Source,
	start: number,
	lookedUp: (lookup: Lookup) => void = () => {},
	called: (chain: Chain, open: number) => void = () => {},
): Chain {
	const { tokens, brackets, language } = source;
	const first = tokens[start];
	let chain = first?.kind === 'word' ? firstOf(source, first.text) : { words: [], role: 'any' as const };
	let at = start + 1;
	const look = (access: Access, place: number, named: TextToken | WordToken | undefined): void => {
		if (named) {
			lookedUp({ chain, access, named, at: place });
		}
		const value = named && (named.kind === 'text' ? named.value : named.text);
		if (placeOf(language, chain.words, access)?.kind === 'role') {
			chain = { ...chain, role: value === undefined ? 'any' : { name: value } };
		}
		if (value !== undefined) {
			chain = { ...chain, words: [...chain.words, value] };
		}
	};
	// Real code has few links; a text without meaning may have thousands.
	for (let links = 0; links < 40; links++) {
		at = pastSeparator(tokens, at);
		const token = tokens[at];
		if (token?.kind === 'mark' && (token.text === '(' || token.text === '[')) {
			if (token.text === '(') {
				called(chain, at);
			}
			look(token.text === '(' ? 'argument' : 'index', at + 1, argumentAt(source, at + 1));
			const end = brackets.partner[at] ?? -1;
			if (end < 0) {
				return chain;
			}
			at = end + 1;
		} else if (token?.kind === 'word' && at > start + 1 && isSeparator(tokens, at - 1)) {
			if (language === 'javascript' && markAt(tokens, at + 1) !== '(') {
				look('property', at, token);
			} else {
				chain = { words: [...chain.words, token.text], role: roleAfter(chain.role, token.text) };
			}
			if (chain.words.at(-1) === token.text) {
				chain = { ...chain, role: roleAfter(chain.role, token.text) };
			}
			at++;
		} else if (token?.kind === 'text' && language === 'fsharp') {
			look('argument', at, argumentAt(source, at));
			return chain;
		} else {
			return chain;
		}
	}
	return chain;
}

function firstOf({ aliases }: Source, word: string): Chain {
	return aliases.get(word) ?? { words: [word], role: roleAfter('any', word) };
}

const ownInstance = new Set(['currentroleinstance', 'getcurrentroleinstance', 'get_current_role_instance']);

function roleAfter(role: CodeRole, word: string): CodeRole {
	return word.length > 18 && ownInstance.has(word.toLowerCase()) ? 'own' : role;
}

/** Skips `.`, `?.`, `!.`, `->`, `::` and what only asserts that there is something. */
function pastSeparator(tokens: readonly CodeToken[], from: number): number {
	let at = from;
	const [first, second] = [markAt(tokens, at), markAt(tokens, at + 1)];
	if ((first === '?' || first === '!') && (second === '.' || second === '[')) {
		at++;
	}
	if (markAt(tokens, at) === '.') {
		return at + 1;
	}
	return (first === '-' && second === '>') || (first === ':' && second === ':') ? at + 2 : at;
}

function isSeparator(tokens: readonly CodeToken[], at: number): boolean {
	const mark = markAt(tokens, at);
	return mark === '.' || mark === '>' || mark === ':';
}

/** The text that is the whole of an argument, named or not; or the constant that stands for it. */
function argumentAt({ tokens, constants }: Source, from: number): TextToken | undefined {
	let at = from;
	if (tokens[at]?.kind === 'word' && (markAt(tokens, at + 1) === ':' || markAt(tokens, at + 1) === '=')) {
		at += markAt(tokens, at + 2) === '=' ? 3 : 2;
	}
	const token = tokens[at];
	const next = markAt(tokens, at + 1);
	if (token?.kind === 'word') {
		return next === ')' || next === ']' || next === ',' ? constants.get(token.text) : undefined;
	}
	return token?.kind === 'text' && next !== '+' && next !== '.' && next !== '&' && next !== '^' && next !== '%'
		? token
		: undefined;
}

export function markAt(tokens: readonly CodeToken[], at: number): string | undefined {
	const token = tokens[at];
	return token?.kind === 'mark' ? token.text : undefined;
}

export function wordAt(tokens: readonly CodeToken[], at: number): string | undefined {
	const token = tokens[at];
	return token?.kind === 'word' ? token.text : undefined;
}
