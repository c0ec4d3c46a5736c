import { childrenNamed, type XmlElement } from '../xml/syntax';
import type { Site, SitePart } from './definition';
import { attributeValue, listed, readAll, tokenOf } from './elements';

/** The sites of a web role, each with its bindings and with its virtual applications and directories (csdef.md 11). */
export function readSites(role: XmlElement): readonly Site[] {
	return listed(role, 'Sites', 'Site').map(element => ({
		element,
		name: tokenOf(element, 'name'),
		physicalDirectory: attributeValue(element, 'physicalDirectory'),
		bindings: readAll(listed(element, 'Bindings', 'Binding'), readBinding),
		parts: readParts(element),
	}));
}

function readParts(element: XmlElement): readonly SitePart[] {
	return childrenNamed(element, 'VirtualApplication', 'VirtualDirectory').map(part => ({
		element: part,
		kind: part.localName === 'VirtualApplication' ? 'application' : 'directory',
		name: tokenOf(part, 'name'),
		physicalDirectory: attributeValue(part, 'physicalDirectory'),
		parts: readParts(part),
	}));
}

function readBinding(element: XmlElement): Site['bindings'][number] | undefined {
	const endpointName = tokenOf(element, 'endpointName');
	return endpointName && { element, endpointName, hostHeader: attributeValue(element, 'hostHeader') };
}
