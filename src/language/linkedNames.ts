import type { Span } from '../base/span';
import { touches } from '../base/span';
import { spotAt } from '../xml/spot';
import type { XmlDocument } from '../xml/syntax';

/** The names of the opening and the closing tag of an element, which an editor changes together; none where they differ. */
export function linkedNames(document: XmlDocument, offset: number): readonly Span[] {
	const spot = spotAt(document, offset);
	if (spot.at !== 'elementName' && spot.at !== 'closeName') {
		return [];
	}
	const { name, closeName } = spot.element;
	if (!name || name.text !== closeName?.text || !(touches(name, offset) || touches(closeName, offset))) {
		return [];
	}
	return [
		{ start: name.start, end: name.end },
		{ start: closeName.start, end: closeName.end },
	];
}
