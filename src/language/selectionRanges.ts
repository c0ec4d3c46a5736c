import { type Span, touches } from '../base/span';
import { elementAt } from '../xml/spot';
import type { XmlDocument, XmlElement } from '../xml/syntax';

/**
 * What a growing selection takes in, from the smallest piece around the cursor to the whole text: name or value,
 * attribute, tag, content of the element, element, and so outwards. Each holds the one before it.
 */
export function selectionRanges(document: XmlDocument, offset: number): readonly Span[] {
	const spans: Span[] = [];
	const add = (span: Span | undefined) => {
		const inner = spans.at(-1);
		const grows = !inner || (span && (span.start < inner.start || inner.end < span.end));
		const holds = !inner || (span && span.start <= inner.start && inner.end <= span.end);
		if (span && grows && holds && touches(span, offset)) {
			spans.push({ start: span.start, end: span.end });
		}
	};
	const inner = elementAt(document, offset);
	const content = inner?.content ?? document.content;
	add(content.find(node => node.kind !== 'element' && (node.kind !== 'text' || !node.blank) && touches(node, offset)));
	for (let element = inner; element; element = element.parent) {
		if (element === inner) {
			tagParts(element, offset).forEach(add);
		}
		add(contentOf(element));
		add(element);
	}
	add({ start: 0, end: document.text.length });
	return spans;
}

function tagParts(element: XmlElement, offset: number): readonly (Span | undefined)[] {
	const { name, closeName, openTag, closeTag } = element;
	const attribute = element.attributes.find(each => touches(each, offset));
	const raw = attribute?.rawValue;
	return [
		...[name, closeName, attribute?.name, raw].filter(span => span && touches(span, offset)),
		attribute,
		openTag,
		closeTag,
	];
}

function contentOf({ openTag, closeTag }: XmlElement): Span | undefined {
	return closeTag && { start: openTag.end, end: closeTag.start };
}
