import { problems, type XmlProblem } from './problems';
import { namespaceOf, prefixOf, type XmlAttribute, type XmlElement, type XmlNode } from './syntax';

/**
 * Adds a problem for each prefix that no `xmlns:` declaration explains, once where it is used first, and for what is no
 * name with a prefix at all (Namespaces in XML 1.0, 2 to 4). True where a name beyond the tag of the root has a prefix or
 * declares one.
 */
export function checkPrefixes(content: readonly XmlNode[], root: XmlElement | undefined, found: XmlProblem[]): boolean {
	let inside = false;
	const reported = new Set<string>();
	const waiting: XmlElement[] = content.filter(node => node.kind === 'element');
	for (let element = waiting.pop(); element; element = waiting.pop()) {
		inside ||= hasColon(element) || (element !== root && element.attributes.some(hasColon));
		checkName(element, element, reported, found);
		for (const attribute of element.attributes) {
			checkName(element, attribute, reported, found);
			if (prefixOf(attribute) === 'xmlns' && attribute.rawValue && attribute.value === '') {
				found.push(problems.emptyNamespace(attribute.name, attribute.written));
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

function hasColon({ written }: XmlElement | XmlAttribute): boolean {
	return written.includes(':');
}

function checkName(
	element: XmlElement,
	named: XmlElement | XmlAttribute,
	reported: Set<string>,
	found: XmlProblem[],
): void {
	const { name, written } = named;
	if (!name || !hasColon(named)) {
		return;
	}
	if (!/^[^:]+:[^:]+$/.test(written)) {
		found.push(problems.colonInName(name, written));
		return;
	}
	const prefix = prefixOf(named);
	if (prefix === 'xml' || prefix === 'xmlns' || reported.has(prefix)) {
		return;
	}
	if (namespaceOf(element, prefix) === undefined) {
		reported.add(prefix);
		found.push(problems.undeclaredPrefix({ start: name.start, end: name.start + prefix.length }, prefix));
	}
}
