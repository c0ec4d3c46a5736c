import { elementAt, spotAt } from '../xml/spot';
import { localName, type XmlDocument, type XmlElement } from '../xml/syntax';

/**
 * What an editor inserts after the cursor when the user has just typed `>` or `</`: the closing tag of the element that
 * was opened, or the rest of the one that was begun. `undefined` where nothing is missing.
 */
export function closingText(document: XmlDocument, offset: number): string | undefined {
	const { text } = document;
	if (text.charAt(offset - 1) === '>') {
		const element = elementAt(document, offset) ?? elementEndingAt(document.root, offset);
		return element && !element.selfClosing && element.openTag.end === offset && isOpen(element)
			? `</${element.name?.text}>`
			: undefined;
	}
	if (text.slice(offset - 2, offset) === '</') {
		const spot = spotAt(document, offset);
		const isEmpty = spot.at === 'closeName' && spot.replace.start === spot.replace.end;
		return isEmpty && spot.element.name
			? `${spot.element.name.text}${text.charAt(offset) === '>' ? '' : '>'}`
			: undefined;
	}
	return undefined;
}

/** The innermost element around an offset that still lacks its closing tag. */
export function innermostOpen(document: XmlDocument, offset: number): XmlElement | undefined {
	let element = elementAt(document, offset) ?? elementEndingAt(document.root, offset);
	while (element && (element.selfClosing || !isOpen(element) || element.openTag.end > offset)) {
		element = element.parent;
	}
	return element;
}

/**
 * An element lacks its closing tag also where it has one that was meant for an ancestor of the same name, which then
 * has none itself.
 */
function isOpen(element: XmlElement): boolean {
	if (!element.name) {
		return false;
	}
	for (let at: XmlElement | undefined = element; at; at = at.parent) {
		if (localName(at) === localName(element) && !at.selfClosing && !at.closeName) {
			return true;
		}
	}
	return false;
}

/** At the very end of the text no element contains the offset any more. */
function elementEndingAt(root: XmlElement | undefined, offset: number): XmlElement | undefined {
	let found = root && root.start < offset && offset <= root.end ? root : undefined;
	for (;;) {
		const inner = found?.children.findLast(child => child.start < offset && offset <= child.end);
		if (!inner) {
			return found;
		}
		found = inner;
	}
}
