import type { XmlAttribute, XmlDocument, XmlElement } from '../xml/syntax';
import { namedBy } from './names';

/** The elements of a definition or configuration that are there for a role: its own, and those that name it elsewhere. */
export function elementsNaming({ root }: XmlDocument, role: string): readonly XmlElement[] {
	const found: XmlElement[] = [];
	const visit = (element: XmlElement): void => {
		const names = element.attributes.some(each => {
			return each.value === role && namedBy(element, each.written)?.kind === 'role';
		});
		if (names) {
			found.push(element);
			return;
		}
		element.children.forEach(visit);
	};
	root?.children.forEach(visit);
	return found;
}

/** The attribute of an element by which `elementsNaming` found it. */
export function roleAttribute(element: XmlElement): XmlAttribute | undefined {
	return element.attributes.find(each => namedBy(element, each.written)?.kind === 'role');
}
