import type { Token } from '../../base/span';
import { attribute, childrenNamed, localName, type XmlElement } from '../../xml/syntax';
import type { RoleDefinition, Site } from '../definition';
import { listed, tokenOf } from '../elements';
import { problems } from '../problems';
import type { Report, Rule } from './rule';
import { aboutEachRole, eachRepeated, ignoringCase, placeOfRole, seeAlso } from './rule';

/** 4.2. Which kinds of endpoint suit is 4.1. */
const boundProtocols: Rule = ({ definition }, report) => {
	for (const role of definition?.roles ?? []) {
		if (!definition || role.sites.length === 0) {
			continue;
		}
		const inputs = new Map(role.endpoints.filter(({ kind }) => kind === 'input').map(one => [one.name?.text, one]));
		const known = [...inputs.values()].filter(isWeb).flatMap(({ name }) => name?.text ?? []);
		for (const { endpointName } of role.sites.flatMap(site => site.bindings)) {
			const protocol = inputs.get(endpointName.text)?.protocol;
			if (protocol === 'tcp' || protocol === 'udp') {
				report(definition.path, problems.boundProtocol(endpointName, endpointName.text, protocol, known));
			}
		}
	}
};

/** 4.3. Internet Information Services tells sites of one endpoint apart by the host header alone. */
const uniqueBindings: Rule = ({ definition }, report) => {
	for (const role of definition?.roles ?? []) {
		const first = new Map<string, Token>();
		for (const { endpointName, hostHeader = '' } of role.sites.flatMap(site => site.bindings)) {
			const key = `${endpointName.text}\n${hostHeader.toLowerCase()}`;
			const earlier = first.get(key);
			if (definition && earlier && endpointName.text !== '') {
				const related = seeAlso(definition.path, earlier, 'The first such binding.');
				report(definition.path, problems.duplicateBinding(endpointName, endpointName.text, hostHeader, related));
			}
			first.set(key, earlier ?? endpointName);
		}
	}
};

/** 4.4 */
const uniqueSiteNames: Rule = ({ definition }, report) => {
	for (const role of definition?.roles ?? []) {
		const path = definition?.path ?? '';
		repeatedNames(
			path,
			'site',
			role.sites.map(({ element }) => element),
			report,
		);
		for (const { element } of role.sites) {
			repeatedNames(path, 'binding', listed(element, 'Bindings', 'Binding'), report);
			eachFolder(element, folder => repeatedNames(path, 'virtual path', virtualIn(folder), report));
		}
	}
};

/** 4.5 */
const everyEndpointBound: Rule = ({ definition }, report) => {
	for (const role of definition?.roles ?? []) {
		const bound = new Set(role.sites.flatMap(site => site.bindings.map(({ endpointName }) => endpointName.text)));
		for (const endpoint of bound.size > 0 ? role.endpoints : []) {
			const { kind, name } = endpoint;
			if (definition && kind === 'input' && name?.text && isWeb(endpoint) && !bound.has(name.text)) {
				report(definition.path, problems.unboundEndpoint(name, name.text, role.name?.text ?? ''));
			}
		}
	}
};

/** 4.6; a virtual path may get its directory while it is packed too, which is worth a hint (csdef.md 16). */
const directoriesOfSites: Rule = ({ definition }, report) => {
	for (const role of definition?.roles ?? []) {
		for (const site of role.sites) {
			const path = definition?.path ?? '';
			if (!isOwnProject(role, site) && site.physicalDirectory === undefined) {
				report(path, problems.siteWithoutDirectory(placeOfRole(site), 'site', site.name?.text ?? '', 'warning'));
			}
			eachFolder(site.element, folder => {
				for (const element of virtualIn(folder)) {
					if (!attribute(element, 'physicalDirectory')) {
						const name = tokenOf(element, 'name');
						const kind = localName(element) === 'VirtualApplication' ? 'virtual application' : 'virtual directory';
						report(path, problems.siteWithoutDirectory(name ?? element, kind, name?.text ?? '', 'hint'));
					}
				}
			});
		}
	}
};

export const siteRules: readonly Rule[] = [
	aboutEachRole(boundProtocols),
	aboutEachRole(uniqueBindings),
	aboutEachRole(uniqueSiteNames),
	aboutEachRole(everyEndpointBound),
	aboutEachRole(directoriesOfSites),
];

function isWeb({ protocol }: { readonly protocol: string | undefined }): boolean {
	return protocol === 'http' || protocol === 'https';
}

/** The site named `Web` stands for the project of the role (csdef.md 11). */
function isOwnProject(role: RoleDefinition, { name }: Site): boolean {
	return name === undefined || name.text === 'Web' || name.text === role.name?.text;
}

function virtualIn(element: XmlElement): readonly XmlElement[] {
	return childrenNamed(element, 'VirtualApplication', 'VirtualDirectory');
}

/** A site and every virtual path below it, to any depth. */
function eachFolder(element: XmlElement, visit: (folder: XmlElement) => void): void {
	visit(element);
	for (const folder of virtualIn(element)) {
		eachFolder(folder, visit);
	}
}

function repeatedNames(path: string, kind: string, elements: readonly XmlElement[], report: Report): void {
	if (elements.length < 2) {
		return;
	}
	const names = elements.flatMap(element => tokenOf(element, 'name') ?? []);
	eachRepeated(
		names,
		(repeated, first) => {
			const related = seeAlso(path, first, 'The first of this name.');
			report(path, problems.duplicateSiteName(repeated, kind, repeated.text, related));
		},
		ignoringCase,
	);
}
