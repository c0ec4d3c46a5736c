import type { XmlDocument, XmlElement } from '../xml/syntax';
import type { SchemaProblem } from './problems';

/**
 * One mistake is one problem: leaves out what follows from something that is reported already. A misspelt attribute
 * explains why the right one is missing. Where a child is not allowed, what is missing beside it is not counted, as
 * schema validators do: the one may be meant for the other. In a tag or element that was not typed to its end, nothing
 * is missing yet.
 */
export function withoutConsequences(document: XmlDocument, found: readonly SchemaProblem[]): SchemaProblem[] {
	const explained = new Map<XmlElement, Set<string>>();
	const wrongInside = new Set<XmlElement | undefined>();
	const explain = (element: XmlElement, name: string | undefined) => {
		if (name !== undefined) {
			explained.set(element, (explained.get(element) ?? new Set()).add(name));
		}
	};
	for (const problem of found) {
		switch (problem.code) {
			case 'unknownElement':
			case 'foreignElement':
			case 'tooManyElements':
				wrongInside.add(problem.element.parent);
				break;
			case 'unknownAttribute':
				explain(problem.element, problem.nearest);
				break;
			case 'documentedName':
				explain(problem.element, problem.expected);
				break;
			default:
		}
	}
	return found.filter(problem => {
		switch (problem.code) {
			case 'missingAttribute':
				return !explained.get(problem.element)?.has(problem.name) && isTagClosed(document, problem.element);
			case 'missingElement':
			case 'missingChoice':
				return !wrongInside.has(problem.parent) && isComplete(document, problem.parent);
			default:
				return true;
		}
	});
}

/** False where a tag was not typed to its end. */
export function isTagClosed(document: XmlDocument, element: XmlElement): boolean {
	return document.text.charAt(element.openTag.end - 1) === '>';
}

function isComplete(document: XmlDocument, element: XmlElement): boolean {
	return isTagClosed(document, element) && (element.selfClosing || element.closeTag !== undefined);
}
