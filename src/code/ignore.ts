import type { Problem } from '../base/problem';
import type { Span } from '../base/span';
import { rule } from '../model/problems/rule';
import { languageOf } from './languages';
import { scan } from './scanner';

/** A comment `rolewright-ignore CODE: reason` in a source file, in whatever form the language writes comments. */
export interface CodeIgnore {
	readonly code: string;
	readonly reason: string;
	/** Of the words of the comment. */
	readonly span: Span;
	/** The line of the comment and the next one that holds code: what it is about. */
	readonly covers: Span;
}

const mark = 'rolewright-ignore';
const none: readonly CodeIgnore[] = [];

export function ignoresIn(path: string, text: string): readonly CodeIgnore[] {
	const language = languageOf(path);
	if (!language || !text.includes(mark)) {
		return none;
	}
	const tokens = scan(text, language);
	return [
		...text.matchAll(/rolewright-ignore[ \t]+([\w.-]+)(?:[ \t]*:[ \t]*([^\r\n]*?))?[ \t]*(?:\*\/|\*\)|$)/gm),
	].flatMap(match => {
		const start = match.index;
		const end = start + match[0].length;
		// Tokens are what is left without the comments, so a mark in a token is code that only looks like one.
		if (tokens.some(token => token.start < end && start < token.end)) {
			return [];
		}
		const line = text.lastIndexOf('\n', start) + 1;
		const next = tokens.find(token => token.start >= end && text.slice(end, token.start).includes('\n'));
		const isAlone = !tokens.some(token => line <= token.start && token.end <= start);
		const last = isAlone && next ? endOfLine(text, next.start) : endOfLine(text, end);
		return [{ code: match[1] ?? '', reason: match[2] ?? '', span: { start, end }, covers: { start: line, end: last } }];
	});
}

/** The problems of a file without those that a comment silences, and with those of the comments themselves. */
export function silenceInCode(found: readonly Problem[], ignores: readonly CodeIgnore[]): readonly Problem[] {
	const covers = ({ code, covers: about }: CodeIgnore, problem: Problem) =>
		problem.code === code && about.start <= problem.span.start && problem.span.end <= about.end;
	const ofComments = ignores.flatMap(ignore => [
		...(ignore.reason === '' ? [withoutReason(ignore)] : []),
		...(found.some(problem => covers(ignore, problem)) ? [] : [unused(ignore)]),
	]);
	return [...found.filter(problem => !ignores.some(ignore => covers(ignore, problem))), ...ofComments];
}

function withoutReason({ span, code }: CodeIgnore): Problem {
	return rule('ignoreWithoutReason', 'warning', span, { ignored: code })(
		`This comment silences '${code}' without saying why; write the reason after the colon.`,
	);
}

function unused({ span, code }: CodeIgnore): Problem {
	return rule('unusedIgnore', 'warning', span, { ignored: code })(
		`This comment silences nothing: there is no problem '${code}' in its line or in the code below it; remove it.`,
	);
}

function endOfLine(text: string, from: number): number {
	const end = text.indexOf('\n', from);
	return end < 0 ? text.length : end;
}
