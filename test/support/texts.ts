import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { languageOf } from '../../src/code/languages';
import { scan } from '../../src/code/scanner';
import type { CodeToken } from '../../src/code/tokens';

export const root = path.resolve(__dirname, '../..');

/** A call in the sources: what stands between its parentheses, argument by argument, as tokens. */
export interface Call {
	readonly file: string;
	readonly line: number;
	readonly args: readonly (readonly CodeToken[])[];
	readonly text: string;
}

/** Every call `….name(…)` in the TypeScript of src, by the scanner that reads the code of roles too. */
export function callsOf(name: string, folder = 'src'): readonly Call[] {
	return sources(folder).flatMap(file => {
		const text = readFileSync(path.join(root, file), 'utf8');
		const language = languageOf(file);
		const tokens = language && text.includes(`.${name}(`) ? scan(text, language) : [];
		return tokens.flatMap((token, at) => {
			const dot = tokens[at - 1];
			const isCall = token.kind === 'word' && token.text === name && isMark(tokens[at + 1], '(') && isMark(dot, '.');
			const lineOf = () => text.slice(0, token.start).split('\n').length;
			return isCall ? [{ file, line: lineOf(), text, args: argumentsAt(tokens, at + 1) }] : [];
		});
	});
}

/** The texts that go through `l10n.t`, each with where it stands; `undefined` for a first argument that is no plain literal. */
export function localizedTexts(): readonly { readonly text: string | undefined; readonly place: string }[] {
	return callsOf('t').map(({ args, text, file, line }) => ({ text: literal(args[0], text), place: `${file}:${line}` }));
}

/** The `%keys%` of the manifest. */
export function manifestKeys(): readonly string[] {
	const found = readFileSync(path.join(root, 'package.json'), 'utf8').matchAll(/"%([^%"\s]+)%"/g);
	return [...new Set([...found].map(([, key]) => key ?? ''))];
}

export function readTexts(file: string): Readonly<Record<string, string>> {
	return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}

function sources(folder: string): readonly string[] {
	return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.map(file => path.posix.join(folder, file.replaceAll('\\', '/')))
		.filter(file => /\.ts$/.test(file))
		.sort();
}

function argumentsAt(tokens: readonly CodeToken[], open: number): readonly (readonly CodeToken[])[] {
	const args: CodeToken[][] = [];
	let current: CodeToken[] = [];
	let depth = 0;
	for (let at = open + 1; at < tokens.length; at++) {
		const token = tokens[at];
		if (!token) {
			break;
		}
		const mark = token.kind === 'mark' ? token.text : '';
		if (depth === 0 && (mark === ')' || mark === ',')) {
			args.push(...(current.length > 0 ? [current] : []));
			current = [];
			if (mark === ')') {
				return args;
			}
			continue;
		}
		depth += /^[([{]$/.test(mark) ? 1 : /^[)\]}]$/.test(mark) ? -1 : 0;
		current.push(token);
	}
	return args;
}

/** The value of one string literal. One with escapes is read as JavaScript reads it: it is our own source. */
function literal(argument: readonly CodeToken[] | undefined, text: string): string | undefined {
	const [token, ...others] = argument ?? [];
	if (token?.kind !== 'text' || others.length > 0 || text[token.start] === '`') {
		return undefined;
	}
	const escaped = text.slice(token.inner.start, token.inner.end);
	return token.value ?? JSON.parse(`"${escaped.replaceAll("\\'", "'").replaceAll('\\"', '"').replaceAll('"', '\\"')}"`);
}

function isMark(token: CodeToken | undefined, mark: string): boolean {
	return token?.kind === 'mark' && token.text === mark;
}
