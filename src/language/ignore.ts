import type { Problem } from '../base/problem';
import type { Span } from '../base/span';
import { problems } from '../model/problems';
import type { XmlComment, XmlDocument, XmlElement, XmlNode } from '../xml/syntax';

const mark = 'rolewright-ignore';

interface Ignore {
	readonly code: string;
	readonly reason: string;
	readonly comment: XmlComment;
	/** The element after the comment, the whole of which it is about. */
	readonly element: XmlElement | undefined;
}

/**
 * The problems without those that a comment `<!-- rolewright-ignore CODE: reason -->` silences for the element after it
 * and below, and with those of the comments themselves (interfaces.md 3).
 */
export function silence(document: XmlDocument, found: readonly Problem[]): readonly Problem[] {
	if (!document.text.includes(mark)) {
		return found;
	}
	const ignores = ignoresIn(document.content);
	const left = found.filter(problem => !ignores.some(ignore => covers(ignore, problem)));
	const ofComments = ignores.flatMap(ignore => {
		const used = found.some(problem => covers(ignore, problem));
		return [
			...(ignore.reason === '' ? [problems.ignoreWithoutReason(ignore.comment, ignore.code)] : []),
			...(used ? [] : [problems.unusedIgnore(ignore.comment, ignore.code)]),
		];
	});
	return [...left, ...ofComments];
}

function ignoresIn(content: readonly XmlNode[]): readonly Ignore[] {
	return content.flatMap((node, index) => {
		if (node.kind === 'element') {
			return ignoresIn(node.content);
		}
		// What stands before the colon is taken as it is: what is no code silences nothing, and that is said.
		const match =
			node.kind === 'comment' && /^\s*rolewright-ignore\b\s*([^:]*?)\s*(?::\s*([\s\S]*?))?\s*$/.exec(node.text);
		if (node.kind !== 'comment' || !match) {
			return [];
		}
		const element = elementAfter(content, index);
		return [{ code: match[1] ?? '', reason: match[2] ?? '', comment: node, element }];
	});
}

/** Other comments may stand between, so that several codes can be silenced for one element. */
function elementAfter(content: readonly XmlNode[], index: number): XmlElement | undefined {
	const next = content.slice(index + 1).find(node => node.kind === 'element' || (node.kind === 'text' && !node.blank));
	return next?.kind === 'element' ? next : undefined;
}

function covers({ code, element }: Ignore, problem: Problem): boolean {
	return problem.code === code && element !== undefined && inside(problem.span, element);
}

function inside(inner: Span, outer: Span): boolean {
	return outer.start <= inner.start && inner.end <= outer.end;
}
