import { attributeValue, listed } from '../model/elements';
import { familyOfVersion, supportedFamilies } from '../model/guestOsFamilies';
import { replacementSize } from '../model/vmSizes';
import { attribute, localName, type XmlElement } from '../xml/syntax';

/**
 * The attributes that the schema does not ask for, but without which a new element would break a rule at once: each with
 * the value that it starts with.
 */
export function partsBesideRequired(element: XmlElement): readonly (readonly [name: string, value: string])[] {
	switch (localName(element)) {
		case 'WebRole':
		case 'WorkerRole':
			return [['vmsize', replacementSize]];
		case 'Variable':
			return [['value', '']];
		case 'LoadBalancerProbe':
			return [['path', '/']];
		case 'Site':
			return isFirstOf(element) ? [] : [directoryOf(element)];
		case 'VirtualApplication':
		case 'VirtualDirectory':
			return [directoryOf(element)];
		case 'Binding':
			return boundPlainly(element).has(attribute(element, 'endpointName')?.value ?? '')
				? [['hostHeader', 'www.example.com']]
				: [];
		default:
			return [];
	}
}

/** False for an attribute that would have no effect beside the others of its element (cross-file-rules.md 3.7, 3.13). */
export function hasEffect(element: XmlElement, name: string): boolean {
	const protocol = attributeValue(element, 'protocol');
	if (name === 'certificate') {
		return protocol !== 'http' && protocol !== 'udp';
	}
	return name !== 'idleTimeoutInMinutes' || protocol !== 'udp';
}

/** A value that depends on the neighbours of a new element; `undefined` where it does not. */
export function valueByNeighbours(element: XmlElement, name: string): string | undefined {
	switch (`${localName(element)}/@${name}`) {
		case 'Site/@name':
			// The site of this name stands for the project of the role (csdef.md 11).
			return isFirstOf(element) ? 'Web' : undefined;
		case 'WebRole/@vmsize':
		case 'WorkerRole/@vmsize':
			return replacementSize;
		case 'Import/@moduleName':
			return usefulModules.find(moduleName => !isImported(element, moduleName)) ?? '';
		case 'Rule/@order':
			return String(Math.max(0, ...siblings(element).map(rule => Number(attributeValue(rule, 'order') ?? 0) || 0)) + 1);
		case 'ServiceConfiguration/@osFamily':
			return familyBeside(attributeValue(element, 'osVersion') ?? '');
		default:
			return undefined;
	}
}

/** The family of a pinned version, or nothing where that family was retired: then no family is right beside it. */
function familyBeside(version: string): string | undefined {
	const family = familyOfVersion(version);
	return family === undefined || supportedFamilies.includes(family) ? family : '';
}

/** The modules of services that were retired, and those that a tool adds, are not for new roles. */
const usefulModules: readonly string[] = ['Diagnostics', 'RemoteAccess', 'RemoteForwarder'];

/** RemoteForwarder is for exactly one role of all (cross-file-rules.md 8.3). */
function isImported(element: XmlElement, moduleName: string): boolean {
	const lists = element.parent?.parent?.parent?.children.flatMap(role => listed(role, 'Imports', 'Import')) ?? [];
	const others = moduleName === 'RemoteForwarder' ? lists : siblings(element);
	return others.some(each => attributeValue(each, 'moduleName') === moduleName);
}

function isFirstOf(element: XmlElement): boolean {
	return siblings(element).length === 0;
}

function siblings(element: XmlElement): readonly XmlElement[] {
	return (element.parent?.children ?? []).filter(each => each !== element && localName(each) === localName(element));
}

function directoryOf(element: XmlElement): readonly [name: string, value: string] {
	return ['physicalDirectory', `..\\${attribute(element, 'name')?.value ?? ''}`];
}

/** The endpoints to which a site of the role is bound without a host header. */
function boundPlainly(binding: XmlElement): ReadonlySet<string> {
	let at: XmlElement | undefined = binding;
	while (at && localName(at) !== 'Sites') {
		at = at.parent;
	}
	const bindings = (at?.children ?? []).flatMap(site => listed(site, 'Bindings', 'Binding'));
	const plain = bindings.filter(each => each !== binding && !attributeValue(each, 'hostHeader'));
	return new Set(plain.map(each => attributeValue(each, 'endpointName') ?? ''));
}
