import { beginsChain, type Chain, follow, markAt, type Source, wordAt } from './chains';
import type { CodeToken, TextToken } from './tokens';

/** Variables that stand for a part of the service, in the order in which the code makes them. */
export class Aliases extends Map<string, Chain> {
	/** Takes note of a variable that gets its value at this token. */
	note(source: Source, at: number): void {
		const value = startOfValue(source, at);
		if (value !== undefined) {
			const chain = beginsChain(source, value) ? follow(source, value) : undefined;
			for (const { name, word } of namesBefore(source, at)) {
				this.assign(name, chain && (word === undefined ? chain : { ...chain, words: [...chain.words, word] }));
			}
		}
		if (source.language === 'javascript') {
			this.noteModule(source, at);
		}
	}

	/** `azure` hands what is asked for to a callback, after the error. */
	noteCallback({ tokens, brackets }: Source, chain: Chain, open: number): void {
		if (!isOfService(chain)) {
			return;
		}
		const list = parametersAfter(tokens, open + 1);
		const end = list === undefined ? -1 : (brackets.partner[list] ?? -1);
		for (let at = (list ?? 0) + 1; at < end; at++) {
			const name = wordAt(tokens, at + 1);
			if (markAt(tokens, at) === ',' && brackets.around[at] === list && name !== undefined) {
				this.set(name, chain);
				return;
			}
		}
	}

	private assign(name: string, chain: Chain | undefined): void {
		// A variable that gets longer with every line is in no code that anyone wrote.
		if (chain && isOfService(chain) && chain.words.length < 40) {
			this.set(name, chain);
		} else {
			this.delete(name);
		}
	}

	/** The context of a role module (`types/rolewright-role.d.ts`): the parameter of its functions. */
	private noteModule(source: Source, at: number): void {
		const { tokens, brackets } = source;
		const word = wordAt(tokens, at);
		if (word === 'RoleContext' && markAt(tokens, at - 1) === ':') {
			this.setContext(wordAt(tokens, at - 2));
		}
		if ((word !== 'onStart' && word !== 'onStop' && word !== 'run') || !isOfModule(source, at)) {
			return;
		}
		const mark = markAt(tokens, at + 1);
		const list = parametersAfter(tokens, mark === ':' || mark === '=' ? at + 2 : at + 1);
		if (list === undefined) {
			return;
		}
		const end = brackets.partner[list] ?? -1;
		const after = markAt(tokens, end + 1);
		if (markAt(tokens, list) !== '(') {
			this.setContext(wordAt(tokens, list));
		} else if (after !== '{' && after !== '=' && after !== ':') {
			return;
		} else if (markAt(tokens, list + 1) === '{') {
			for (const name of wordsWithin(source, list + 1)) {
				this.set(name, { words: ['RoleContext', name], role: 'own' });
			}
		} else {
			this.setContext(wordAt(tokens, list + 1));
		}
	}

	private setContext(name: string | undefined): void {
		if (name !== undefined) {
			this.set(name, { words: ['RoleContext'], role: 'own' });
		}
	}
}

/** Constants with a text, by which code names a setting in more than one place. */
export function constantsOf(tokens: readonly CodeToken[]): ReadonlyMap<string, TextToken> {
	const found = new Map<string, TextToken>();
	tokens.forEach((token, at) => {
		if (token.kind !== 'mark' || token.text !== '=') {
			return;
		}
		const value = tokens[at + 1];
		if (value?.kind !== 'text' || markAt(tokens, at + 2) === '+') {
			return;
		}
		const name = wordAt(tokens, at - 2) === 'As' ? wordAt(tokens, at - 3) : wordAt(tokens, at - 1);
		const before = tokens.slice(Math.max(0, at - 7), at);
		const isConstant = before.some(each => each.kind === 'word' && /^(?:const|readonly|final)$/i.test(each.text));
		if (name !== undefined && isConstant) {
			found.set(name, value);
		}
	});
	return found;
}

function isOfService({ words }: Chain): boolean {
	return words.includes('RoleEnvironment') || words[0] === 'RoleContext';
}

/** After `=`, `in`, `of` and Java's `:` comes what a variable is; `==` and `=>` give nothing a value. */
function startOfValue({ tokens, language }: Source, at: number): number | undefined {
	const mark = markAt(tokens, at);
	const word = mark === undefined ? wordAt(tokens, at) : undefined;
	// Asked of every token, so most are turned away by the first look.
	if (mark !== '=' && mark !== ':' && word?.length !== 2) {
		return undefined;
	}
	const next = markAt(tokens, at + 1);
	const isAssignment =
		(mark === '=' && next !== '=' && next !== '>' && !/^[=!<>+]$/.test(markAt(tokens, at - 1) ?? '')) ||
		(mark === ':' && language === 'java' && next !== ':' && markAt(tokens, at - 1) !== ':') ||
		/^(?:in|of)$/i.test(word ?? '');
	if (!isAssignment) {
		return undefined;
	}
	return wordAt(tokens, at + 1) === 'await' ? at + 2 : at + 1;
}

interface Bound {
	readonly name: string;
	/** The property that the name takes out of the value. */
	readonly word?: string;
}

function namesBefore(source: Source, at: number): readonly Bound[] {
	const { tokens, brackets } = source;
	if (markAt(tokens, at - 1) === '}') {
		const open = brackets.partner[at - 1] ?? -1;
		return /^(?:const|let|var)$/.test(wordAt(tokens, open - 1) ?? '')
			? wordsWithin(source, open).map(name => ({ name, word: name }))
			: [];
	}
	// `Dim name As Type = ...` and `const name: Type = ...`; else the last word is the name.
	const typed = wordAt(tokens, at - 2) === 'As' || markAt(tokens, at - 2) === ':';
	const name = wordAt(tokens, typed ? at - 3 : at - 1);
	return name === undefined ? [] : [{ name }];
}

function wordsWithin({ tokens, brackets }: Source, open: number): readonly string[] {
	const end = brackets.partner[open] ?? -1;
	return tokens.slice(open + 1, Math.max(end, open + 1)).flatMap(each => (each.kind === 'word' ? [each.text] : []));
}

/** The `(` before the parameters of a function, or the only parameter of an arrow function without it. */
function parametersAfter(tokens: readonly CodeToken[], from: number): number | undefined {
	let at = from;
	if (wordAt(tokens, at) === 'async') {
		at++;
	}
	if (wordAt(tokens, at) === 'function') {
		at += wordAt(tokens, at + 1) === undefined ? 1 : 2;
	}
	if (markAt(tokens, at) === '(') {
		return at;
	}
	const isArrow = markAt(tokens, at + 1) === '=' && markAt(tokens, at + 2) === '>';
	return wordAt(tokens, at) !== undefined && isArrow ? at : undefined;
}

/** True for a function that a module may export: at the top, or in an object at the top; a method of a class is none. */
function isOfModule({ tokens, brackets }: Source, at: number): boolean {
	const open = brackets.around[at] ?? -1;
	if (open < 0) {
		return true;
	}
	const isObject = markAt(tokens, open - 1) === '=' || wordAt(tokens, open - 1) === 'default';
	return isObject && (brackets.around[open] ?? -1) < 0;
}
