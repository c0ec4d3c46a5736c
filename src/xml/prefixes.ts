import { problems, type XmlProblem } from './problems';
import { namespaceOf, prefixOf, type XmlAttribute, type XmlElement, type XmlNode } from './syntax';

/**
 * Adds a problem for each prefix that no `xmlns:` declaration explains, once where it is used first. True where a name
 * beyond the tag of the root has a prefix or declares one.
 */
export function checkPrefixes(content: readonly XmlNode[], root: XmlElement | undefined, found: XmlProblem[]): boolean {
	let inside = false;
	const reported = new Set<string>();
	const waiting: XmlElement[] = content.filter(node => node.kind === 'element');
	for (let element = waiting.pop(); element; element = waiting.pop()) {
		inside ||= prefixOf(element) !== '' || (element !== root && element.attributes.some(hasPrefix));
		checkPrefix(element, prefixOf(element), element.name, reported, found);
		for (const attribute of element.attributes) {
			const prefix = prefixOf(attribute);
			if (prefix !== 'xmlns') {
				checkPrefix(element, prefix, attribute.name, reported, found);
			}
		}
		for (let at = element.children.length - 1; at >= 0; at--) {
			const next = element.children[at];
			if (next) {
				waiting.push(next);
			}
		}
	}
	return inside;
}

function hasPrefix({ written }: XmlAttribute): boolean {
	return written.includes(':');
}

function checkPrefix(
	element: XmlElement,
	prefix: string,
	name: { readonly start: number; readonly end: number } | undefined,
	reported: Set<string>,
	found: XmlProblem[],
): void {
	if (prefix === '' || prefix === 'xml' || !name || reported.has(prefix)) {
		return;
	}
	if (namespaceOf(element, prefix) === undefined) {
		reported.add(prefix);
		found.push(problems.undeclaredPrefix({ start: name.start, end: name.start + prefix.length }, prefix));
	}
}
