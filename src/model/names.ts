import type { Span, Token } from '../base/span';
import { touches } from '../base/span';
import { localName, type XmlAttribute, type XmlDocument, type XmlElement } from '../xml/syntax';
import { attributeNamed, tokenOf } from './elements';
import { moduleNamed } from './modules';
import type { Service } from './service';

export type NameKind =
	| 'service'
	| 'role'
	| 'setting'
	| 'certificate'
	| 'endpoint'
	| 'localStorage'
	| 'probe'
	| 'loadBalancer'
	| 'accessControl';

/** A name as it stands in a file: the thing it means, and where. Two uses mean the same thing when kind, role and name agree. */
export interface NameUse {
	readonly kind: NameKind;
	readonly name: string;
	/** The role that the thing belongs to, for a setting, certificate, endpoint or local storage. */
	readonly role: string | undefined;
	readonly path: string;
	readonly span: Span;
	readonly element: XmlElement;
	/** `import`: declared by the module that the element imports, so the name itself does not stand there. */
	readonly use: 'declaration' | 'import' | 'reference';
}

/** What a certain attribute names: the one table behind definition, references and completion of names. */
export interface NamePlace {
	readonly kind: NameKind;
	readonly declares: boolean;
	/** The attribute of the same element that names the role; `undefined`: the role around it, where the kind has one. */
	readonly roleAttribute?: string;
}

const declares = (kind: NameKind): NamePlace => ({ kind, declares: true });
const refers = (kind: NameKind, roleAttribute?: string): NamePlace =>
	roleAttribute ? { kind, declares: false, roleAttribute } : { kind, declares: false };

const definitionPlaces: Record<string, NamePlace> = {
	'ServiceDefinition/@name': declares('service'),
	'WebRole/@name': declares('role'),
	'WorkerRole/@name': declares('role'),
	'VirtualMachineRole/@name': declares('role'),
	'Setting/@name': declares('setting'),
	'Certificate/@name': declares('certificate'),
	'InputEndpoint/@name': declares('endpoint'),
	'InternalEndpoint/@name': declares('endpoint'),
	'InstanceInputEndpoint/@name': declares('endpoint'),
	'LocalStorage/@name': declares('localStorage'),
	'LoadBalancerProbe/@name': declares('probe'),
	'InputEndpoint/@certificate': refers('certificate'),
	'InputEndpoint/@loadBalancerProbe': refers('probe'),
	'InputEndpoint/@loadBalancer': refers('loadBalancer'),
	'Binding/@endpointName': refers('endpoint'),
	'RoleEndpoint/@roleName': refers('role'),
	'RoleEndpoint/@endpointName': refers('endpoint', 'roleName'),
	'FromRole/@roleName': refers('role'),
};

const configurationPlaces: Record<string, NamePlace> = {
	'ServiceConfiguration/@serviceName': refers('service'),
	'Role/@name': refers('role'),
	'Setting/@name': refers('setting'),
	'Certificate/@name': refers('certificate'),
	'InstanceAddress/@roleName': refers('role'),
	'NetworkSecurityGroupRef/@roleName': refers('role'),
	'EndpointAcl/@role': refers('role'),
	'EndpointAcl/@endPoint': refers('endpoint', 'role'),
	'EndpointAcl/@accessControl': refers('accessControl'),
	'AccessControl/@name': declares('accessControl'),
	'LoadBalancer/@name': declares('loadBalancer'),
	'Endpoint/@role': refers('role'),
	'Endpoint/@name': refers('endpoint', 'role'),
};

const ofRole: ReadonlySet<NameKind> = new Set(['setting', 'certificate', 'endpoint', 'localStorage']);
const roleElements: ReadonlySet<string> = new Set(['WebRole', 'WorkerRole', 'VirtualMachineRole', 'Role']);

/** What the value of an attribute names, with the role it belongs to; `undefined` where it names nothing of the model. */
export function namedBy(
	element: XmlElement,
	attribute: string,
): (NamePlace & { role: string | undefined }) | undefined {
	const place = placesFor(element)?.[`${localName(element)}/@${attribute}`];
	return place && { ...place, role: roleFor(element, place) };
}

/** Every name in the files of a service, in the order of the files. */
export function namesOf(service: Service): readonly NameUse[] {
	const files = [...(service.definition ? [service.definition] : []), ...service.configurations];
	return files.flatMap(file => namesIn(file.path, file.document));
}

/** The name that the cursor means; the smallest where one stands inside another (a name in an xpath). */
export function nameAt(path: string, document: XmlDocument, offset: number): NameUse | undefined {
	return namesIn(path, document).find(use => use.use !== 'import' && touches(use.span, offset));
}

export function sameThing(a: NameUse, b: NameUse): boolean {
	return a.kind === b.kind && a.name === b.name && a.role === b.role;
}

const namesOfDocument = new WeakMap<XmlDocument, readonly NameUse[]>();

function namesIn(path: string, document: XmlDocument): readonly NameUse[] {
	let names = namesOfDocument.get(document);
	if (!names) {
		names = document.root ? collect(path, document.root) : [];
		namesOfDocument.set(document, names);
	}
	return names;
}

function collect(path: string, root: XmlElement): readonly NameUse[] {
	const found: NameUse[] = [];
	const visit = (element: XmlElement): void => {
		for (const attribute of element.attributes) {
			found.push(...usesIn(path, element, attribute));
		}
		for (const child of element.children) {
			visit(child);
		}
	};
	visit(root);
	return found;
}

function usesIn(path: string, element: XmlElement, attribute: XmlAttribute): readonly NameUse[] {
	if (!attribute.rawValue || attribute.value === '') {
		return [];
	}
	const place = namedBy(element, attribute.name.text);
	if (place) {
		const span = { start: attribute.rawValue.start, end: attribute.rawValue.end };
		const use = place.declares ? 'declaration' : 'reference';
		return [{ kind: place.kind, name: attribute.value, role: place.role, path, span, element, use }];
	}
	switch (`${localName(element)}/@${attribute.name.text}`) {
		case 'Import/@moduleName':
			return importedNames(path, element, attribute.rawValue, attribute.value);
		case 'RoleInstanceValue/@xpath':
			return namesInXPath(path, element, attribute.rawValue);
		default:
			return [];
	}
}

function importedNames(path: string, element: XmlElement, token: Token, moduleName: string): readonly NameUse[] {
	const module = moduleNamed(moduleName);
	const role = roleAround(element);
	const use = (kind: NameKind, name: string): NameUse => {
		return { kind, name, role, path, span: { start: token.start, end: token.end }, element, use: 'import' };
	};
	return module
		? [
				...module.settings.map(name => use('setting', name)),
				...module.certificates.map(name => use('certificate', name)),
				...module.endpoints.map(endpoint => use('endpoint', endpoint.name)),
			]
		: [];
}

const predicate = /\/(ConfigurationSetting|LocalResource|Endpoint)\[\s*@name\s*=\s*(?:'([^']*)'|"([^"]*)")/g;
const predicateKinds: Record<string, NameKind> = {
	ConfigurationSetting: 'setting',
	LocalResource: 'localStorage',
	Endpoint: 'endpoint',
};

/** The names in predicates such as `ConfigurationSetting[@name='S']` (csdef.md 9.1). */
function namesInXPath(path: string, element: XmlElement, raw: Token): readonly NameUse[] {
	return [...raw.text.matchAll(predicate)].flatMap(match => {
		const kind = predicateKinds[match[1] ?? ''];
		const name = match[2] ?? match[3];
		if (!kind || !name || name.includes('&')) {
			return [];
		}
		const start = raw.start + match.index + match[0].length - 1 - name.length;
		const span = { start, end: start + name.length };
		return [{ kind, name, role: roleAround(element), path, span, element, use: 'reference' as const }];
	});
}

function placesFor(element: XmlElement): Record<string, NamePlace> | undefined {
	let root = element;
	while (root.parent) {
		root = root.parent;
	}
	switch (localName(root)) {
		case 'ServiceDefinition':
			return definitionPlaces;
		case 'ServiceConfiguration':
			return configurationPlaces;
		default:
			return undefined;
	}
}

function roleFor(element: XmlElement, place: NamePlace): string | undefined {
	if (place.roleAttribute) {
		return attributeNamed(element, place.roleAttribute)?.value;
	}
	return ofRole.has(place.kind) ? roleAround(element) : undefined;
}

function roleAround(element: XmlElement): string | undefined {
	for (let at: XmlElement | undefined = element; at; at = at.parent) {
		if (roleElements.has(localName(at))) {
			return tokenOf(at, 'name')?.text;
		}
	}
	return undefined;
}
