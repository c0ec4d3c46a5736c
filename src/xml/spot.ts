import { type Span, touches } from '../base/span';
import { code, continuesName, isBlank } from './scanner';
import type { XmlAttribute, XmlDocument, XmlElement, XmlNode } from './syntax';

/**
 * Where the cursor stands, said once for all features. `replace` is the span that a proposal takes the place of: the
 * whole name or value under the cursor, empty where nothing was typed.
 */
export type Spot =
	/** In or right before the name after `<`. `element` is the one whose name this is. */
	| {
			readonly at: 'elementName';
			readonly parent: XmlElement | undefined;
			readonly element: XmlElement;
			readonly replace: Span;
	  }
	/** `attribute` is `undefined` where none was begun. */
	| {
			readonly at: 'attributeName';
			readonly element: XmlElement;
			readonly attribute: XmlAttribute | undefined;
			readonly replace: Span;
	  }
	/** Between the quotes, or after `=` where no quote was typed (`attribute.rawValue` is then `undefined`). */
	| {
			readonly at: 'attributeValue';
			readonly element: XmlElement;
			readonly attribute: XmlAttribute;
			readonly replace: Span;
	  }
	/** After `</`. `element` is the one that this tag closes, or the innermost open one. */
	| { readonly at: 'closeName'; readonly element: XmlElement; readonly replace: Span }
	/** Between tags; `parent` is `undefined` outside the root. A word that was typed there is replaced. */
	| { readonly at: 'content'; readonly parent: XmlElement | undefined; readonly replace: Span }
	/** In a comment, an instruction, character data, or where nothing can be said. */
	| { readonly at: 'elsewhere' };

export function spotAt(document: XmlDocument, offset: number): Spot {
	let parent: XmlElement | undefined;
	let content = document.content;
	for (;;) {
		const node = nodeAt(content, offset);
		if (node?.kind === 'element') {
			if (offset < node.openTag.end || isTyping(node, offset)) {
				return inOpenTag(document.text, node, offset);
			}
			if (node.closeTag && offset > node.closeTag.start) {
				return inCloseTag(node, offset);
			}
			parent = node;
			content = node.content;
			continue;
		}
		if (node && (node.kind !== 'text' || document.text.startsWith('<![CDATA[', node.start))) {
			return { at: 'elsewhere' };
		}
		return inContent(document.text, parent, offset);
	}
}

/** The innermost element whose tags or content this offset stands in. */
export function elementAt(document: XmlDocument, offset: number): XmlElement | undefined {
	let found: XmlElement | undefined;
	let content = document.content;
	for (;;) {
		const node = nodeAt(content, offset);
		if (node?.kind !== 'element') {
			return found;
		}
		found = node;
		content = node.content;
	}
}

/** The node that this offset stands in: after its beginning, and before its end or at the end of one that is not finished. */
function nodeAt(content: readonly XmlNode[], offset: number): XmlNode | undefined {
	let low = 0;
	let high = content.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		const node = content[middle];
		if (node && node.start < offset) {
			low = middle;
		} else {
			high = middle - 1;
		}
	}
	const node = content[low];
	if (!node || node.start >= offset) {
		return undefined;
	}
	return offset < node.end || (node.kind === 'element' && offset === node.end && isUnfinished(node)) ? node : undefined;
}

/** True for an element whose last tag lacks its `>`, or that lacks its last tag. */
function isUnfinished(element: XmlElement): boolean {
	return !element.selfClosing && (element.closeTag === undefined || !isClosed(element));
}

function isClosed(element: XmlElement): boolean {
	const name = element.closeName;
	return name !== undefined && element.closeTag !== undefined && element.closeTag.end > name.end;
}

/** At the end of a tag that was not typed to its end, the cursor is still in the tag. */
function isTyping(element: XmlElement, offset: number): boolean {
	return offset === element.openTag.end && element.end === element.openTag.end && element.closeTag === undefined;
}

function inOpenTag(text: string, element: XmlElement, offset: number): Spot {
	if (text.charCodeAt(offset - 1) === code.greater && offset === element.openTag.end) {
		return inContent(text, element, offset);
	}
	const { name, parent } = element;
	if (!name) {
		return offset === element.start + 1
			? { at: 'elementName', parent, element, replace: { start: offset, end: offset } }
			: { at: 'elsewhere' };
	}
	if (touches(name, offset)) {
		return { at: 'elementName', parent, element, replace: name };
	}
	for (const attribute of element.attributes) {
		if (touches(attribute.name, offset)) {
			return { at: 'attributeName', element, attribute, replace: attribute.name };
		}
		if (attribute.rawValue && touches(attribute.rawValue, offset)) {
			return { at: 'attributeValue', element, attribute, replace: attribute.rawValue };
		}
		if (!attribute.rawValue && attribute.name.end < offset && offset <= attribute.end) {
			return afterEquals(text, element, attribute, offset);
		}
		if (attribute.start < offset && offset <= attribute.end) {
			return { at: 'elsewhere' };
		}
	}
	return isBlank(text.charCodeAt(offset - 1))
		? { at: 'attributeName', element, attribute: undefined, replace: { start: offset, end: offset } }
		: { at: 'elsewhere' };
}

function afterEquals(text: string, element: XmlElement, attribute: XmlAttribute, offset: number): Spot {
	const equals = text.indexOf('=', attribute.name.end);
	if (equals < 0 || equals >= offset) {
		return { at: 'elsewhere' };
	}
	let start = equals + 1;
	while (start < offset && isBlank(text.charCodeAt(start))) {
		start++;
	}
	return { at: 'attributeValue', element, attribute, replace: { start, end: attribute.end } };
}

function inCloseTag(element: XmlElement, offset: number): Spot {
	const name = element.closeName;
	return name && touches(name, offset) ? { at: 'closeName', element, replace: name } : { at: 'elsewhere' };
}

function inContent(text: string, parent: XmlElement | undefined, offset: number): Spot {
	let start = offset;
	while (start > 0 && continuesName(text.charCodeAt(start - 1))) {
		start--;
	}
	let end = offset;
	while (continuesName(text.charCodeAt(end))) {
		end++;
	}
	const replace = { start, end };
	const before = text.charCodeAt(start - 1);
	if (before === code.slash && text.charCodeAt(start - 2) === code.less) {
		// A closing tag that fits no open element is not in the tree.
		return parent ? { at: 'closeName', element: parent, replace } : { at: 'elsewhere' };
	}
	return { at: 'content', parent, replace };
}
