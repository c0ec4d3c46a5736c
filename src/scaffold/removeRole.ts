import { removeProperty } from '../base/jsonEdits';
import { removeProjectReference } from '../model/cloudProjectEdits';
import { removeElement } from '../model/markup';
import { elementsNaming } from '../model/roleElements';
import type { Service } from '../model/service';
import type { XmlElement } from '../xml/syntax';
import { roleNamed } from './part';
import { type Plan, together } from './plan';
import { rolewrightFileOf } from './rolewrightFile';
import type { Surroundings } from './surroundings';

/**
 * Takes a role out of the definition, of every configuration, of the projects that list it and of `rolewright.json`, with
 * all that names it there. Its code stays where it is: it may be all that is left of somebody's work.
 */
export function planRemoveRole(service: Service, name: string, surroundings: Surroundings): Plan {
	const { definition } = roleNamed(service, name);
	const { cloudProjects, text, codeOf } = surroundings;
	const models = [definition, ...service.configurations].map(file => ({
		path: file.path,
		edits: withEmptied(elementsNaming(file.document, name)).map(each => removeElement(file.document, each)),
	}));
	const projects = cloudProjects.map(path => ({ path, edits: removeProjectReference(text(path) ?? '', name) }));
	const settings = rolewrightFileOf(definition);
	const described = removeProperty(text(settings) ?? '', ['roles', name]) ?? [];
	const folder = codeOf(name)?.folder;
	return together({
		files: [],
		edits: [...models, ...projects, { path: settings, edits: described }],
		...(folder !== undefined && {
			notes: [`The code of the role stays in '${folder}'; delete that folder yourself where nothing else needs it.`],
		}),
	});
}

/** What the schema does not allow to be empty goes with the last thing in it (csdef.md 14, cscfg.md 4 and 7). */
const neverEmpty = new Set([
	'Destinations',
	'OnlyAllowTrafficTo',
	'NetworkTrafficRules',
	'VirtualIP',
	'VirtualIPs',
	'Endpoints',
]);

function withEmptied(elements: readonly XmlElement[]): readonly XmlElement[] {
	const gone = new Set(elements);
	for (let parents = parentsOf(gone); parents.length > 0; parents = parentsOf(gone)) {
		for (const parent of parents) {
			gone.add(parent);
		}
	}
	return [...gone].filter(element => !hasAncestorIn(element, gone));
}

function parentsOf(gone: ReadonlySet<XmlElement>): readonly XmlElement[] {
	return [...gone].flatMap(({ parent }) => {
		if (!parent || gone.has(parent) || !neverEmpty.has(parent.localName)) {
			return [];
		}
		// A rule without destinations is none, whatever else stands in it.
		const isEmpty =
			parent.localName === 'OnlyAllowTrafficTo'
				? parent.children.some(each => each.localName === 'Destinations' && gone.has(each))
				: parent.children.every(each => gone.has(each));
		return isEmpty ? [parent] : [];
	});
}

function hasAncestorIn({ parent }: XmlElement, gone: ReadonlySet<XmlElement>): boolean {
	return parent !== undefined && (gone.has(parent) || hasAncestorIn(parent, gone));
}
