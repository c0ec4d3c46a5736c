import type { Edit } from '../base/span';
import { child, type XmlDocument, type XmlElement } from '../xml/syntax';
import { insertElements, type Markup, type Position } from './markup';

/** Adds to a list of a role (`Endpoints`, `Certificates`), in the definition or in a configuration. */
export function addToList(document: XmlDocument, role: XmlElement, list: string, items: readonly Markup[]): Edit {
	const existing = child(role, list);
	return existing
		? insertElements(document, existing, items)
		: insertElements(document, role, [{ name: list, children: items }], placeOf(role, list));
}

/** As `addToList`, for several: lists that are not there yet are written in one edit, so that no two edits meet in one place. */
export function addToLists(
	document: XmlDocument,
	role: XmlElement,
	additions: readonly (readonly [list: string, items: readonly Markup[]])[],
): readonly Edit[] {
	const wanted = additions.filter(([, items]) => items.length > 0);
	const existing = wanted.flatMap(([list, items]) =>
		child(role, list) ? [addToList(document, role, list, items)] : [],
	);
	const missing = wanted.flatMap(([name, children]) => (child(role, name) ? [] : [{ name, children }]));
	const [first] = missing;
	return first ? [...existing, insertElements(document, role, missing, placeOf(role, first.name))] : existing;
}

/** Settings come after the instances and before the certificates, as every tool writes them; the schema asks for no order. */
function placeOf(role: XmlElement, list: string): Position {
	const instances = child(role, 'Instances');
	return list === 'ConfigurationSettings' && instances ? { after: instances } : 'last';
}
