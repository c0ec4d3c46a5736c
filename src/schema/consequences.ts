import type { XmlDocument, XmlElement } from '../xml/syntax';
import type { SchemaProblem } from './problems';

/**
 * One mistake is one problem: leaves out what follows from something that is reported already. A misspelt name explains
 * why the right one is missing; in a tag or element that was not typed to its end, nothing is missing yet.
 */
export function withoutConsequences(document: XmlDocument, found: readonly SchemaProblem[]): SchemaProblem[] {
	const explained = new Map<XmlElement, Set<string>>();
	const explain = (element: XmlElement | undefined, name: string | undefined) => {
		if (element && name !== undefined) {
			explained.set(element, (explained.get(element) ?? new Set()).add(name));
		}
	};
	for (const problem of found) {
		if (problem.code === 'unknownElement') {
			explain(problem.element.parent, problem.nearest);
		} else if (problem.code === 'unknownAttribute') {
			explain(problem.element, problem.nearest);
		} else if (problem.code === 'documentedName') {
			explain(problem.element, problem.expected);
		}
	}
	return found.filter(problem => {
		switch (problem.code) {
			case 'missingAttribute':
				return !explained.get(problem.element)?.has(problem.name) && isTagClosed(document, problem.element);
			case 'missingElement':
				return !explained.get(problem.parent)?.has(problem.name) && isComplete(document, problem.parent);
			case 'missingChoice':
				return (
					!problem.allowed.some(name => explained.get(problem.parent)?.has(name)) &&
					isComplete(document, problem.parent)
				);
			default:
				return true;
		}
	});
}

function isTagClosed(document: XmlDocument, element: XmlElement): boolean {
	return document.text.charAt(element.openTag.end - 1) === '>';
}

function isComplete(document: XmlDocument, element: XmlElement): boolean {
	return isTagClosed(document, element) && (element.selfClosing || element.closeTag !== undefined);
}
