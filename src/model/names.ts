import type { Span } from '../base/span';
import { touches } from '../base/span';
import { attribute, localName, type XmlAttribute, type XmlDocument, type XmlElement } from '../xml/syntax';
import { tokenOf } from './elements';
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

/** By the local name of the element, then by the name of the attribute. */
type Places = ReadonlyMap<string, ReadonlyMap<string, NamePlace>>;

function places(rows: Readonly<Record<string, Readonly<Record<string, NamePlace>>>>): Places {
	return new Map(Object.entries(rows).map(([element, attributes]) => [element, new Map(Object.entries(attributes))]));
}

const definitionPlaces = places({
	ServiceDefinition: { name: declares('service') },
	WebRole: { name: declares('role') },
	WorkerRole: { name: declares('role') },
	VirtualMachineRole: { name: declares('role') },
	Setting: { name: declares('setting') },
	Certificate: { name: declares('certificate') },
	InputEndpoint: {
		name: declares('endpoint'),
		certificate: refers('certificate'),
		loadBalancerProbe: refers('probe'),
		loadBalancer: refers('loadBalancer'),
	},
	InternalEndpoint: { name: declares('endpoint') },
	InstanceInputEndpoint: { name: declares('endpoint') },
	LocalStorage: { name: declares('localStorage') },
	LoadBalancerProbe: { name: declares('probe') },
	Binding: { endpointName: refers('endpoint') },
	RoleEndpoint: { roleName: refers('role'), endpointName: refers('endpoint', 'roleName') },
	FromRole: { roleName: refers('role') },
});

const configurationPlaces = places({
	ServiceConfiguration: { serviceName: refers('service') },
	Role: { name: refers('role') },
	Setting: { name: refers('setting') },
	Certificate: { name: refers('certificate') },
	InstanceAddress: { roleName: refers('role') },
	NetworkSecurityGroupRef: { roleName: refers('role') },
	EndpointAcl: { role: refers('role'), endPoint: refers('endpoint', 'role'), accessControl: refers('accessControl') },
	AccessControl: { name: declares('accessControl') },
	LoadBalancer: { name: declares('loadBalancer') },
	Endpoint: { role: refers('role'), name: refers('endpoint', 'role') },
});

const ofRole: ReadonlySet<NameKind> = new Set(['setting', 'certificate', 'endpoint', 'localStorage']);
const roleElements: ReadonlySet<string> = new Set(['WebRole', 'WorkerRole', 'VirtualMachineRole', 'Role']);

/** What the value of an attribute names, with the role it belongs to; `undefined` where it names nothing of the model. */
export function namedBy(
	element: XmlElement,
	attributeName: string,
): (NamePlace & { role: string | undefined }) | undefined {
	const place = placesUnder(rootOf(element)).get(localName(element))?.get(attributeName);
	return place && { ...place, role: roleFor(element, place, roleAround(element)) };
}

/** Every name in the files of a service, in the order of the files. */
export function namesOf(service: Service): readonly NameUse[] {
	const files = [...(service.definition ? [service.definition] : []), ...service.configurations];
	return files.flatMap(file => namesIn(file.path, file.document));
}

/** Every name of a service, whatever it names: what a new name has to differ from. */
export function takenNames(service: Service): ReadonlySet<string> {
	const taken = namesOfService.get(service) ?? new Set(namesOf(service).map(use => use.name));
	namesOfService.set(service, taken);
	return taken;
}

/** The name that the cursor means; the smallest where one stands inside another (a name in an xpath). */
export function nameAt(path: string, document: XmlDocument, offset: number): NameUse | undefined {
	return namesIn(path, document).find(use => use.use !== 'import' && touches(use.span, offset));
}

export function sameThing(a: NameUse, b: NameUse): boolean {
	return a.kind === b.kind && a.name === b.name && a.role === b.role;
}

const namesOfService = new WeakMap<Service, ReadonlySet<string>>();
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
	const places = placesUnder(root);
	const visit = (element: XmlElement, outerRole: string | undefined): void => {
		const role = roleElements.has(element.localName) ? nameOf(element) : outerRole;
		const named = places.get(element.localName);
		for (const attribute of element.attributes) {
			const place = named?.get(attribute.written);
			if (attribute.value === '') {
				continue;
			}
			if (place) {
				addUse(found, path, attribute, place, roleFor(element, place, role));
			} else if (element.localName === 'Import' && attribute.written === 'moduleName') {
				found.push(...importedNames(path, attribute, role));
			} else if (element.localName === 'RoleInstanceValue' && attribute.written === 'xpath') {
				found.push(...namesInXPath(path, attribute, role));
			}
		}
		for (const child of element.children) {
			visit(child, role);
		}
	};
	visit(root, undefined);
	return found;
}

function addUse(
	found: NameUse[],
	path: string,
	{ element, value, rawValue }: XmlAttribute,
	{ kind, declares }: NamePlace,
	role: string | undefined,
): void {
	if (rawValue) {
		const span = { start: rawValue.start, end: rawValue.end };
		found.push({ kind, name: value, role, path, span, element, use: declares ? 'declaration' : 'reference' });
	}
}

function importedNames(
	path: string,
	{ element, value, rawValue }: XmlAttribute,
	role: string | undefined,
): readonly NameUse[] {
	const module = moduleNamed(value);
	if (!module || !rawValue) {
		return [];
	}
	const span = { start: rawValue.start, end: rawValue.end };
	const use = (kind: NameKind, name: string): NameUse => ({ kind, name, role, path, span, element, use: 'import' });
	return [
		...module.settings.map(name => use('setting', name)),
		...module.certificates.map(name => use('certificate', name)),
		...module.endpoints.map(endpoint => use('endpoint', endpoint.name)),
	];
}

const predicate = /\/(ConfigurationSetting|LocalResource|Endpoint)\[\s*@name\s*=\s*(?:'([^']*)'|"([^"]*)")/g;
const predicateKinds: Record<string, NameKind> = {
	ConfigurationSetting: 'setting',
	LocalResource: 'localStorage',
	Endpoint: 'endpoint',
};

/** The names in predicates such as `ConfigurationSetting[@name='S']` (csdef.md 9.1). */
function namesInXPath(path: string, { element, rawValue }: XmlAttribute, role: string | undefined): readonly NameUse[] {
	return [...(rawValue?.text.matchAll(predicate) ?? [])].flatMap(match => {
		const kind = predicateKinds[match[1] ?? ''];
		const name = match[2] ?? match[3];
		if (!rawValue || !kind || !name || name.includes('&')) {
			return [];
		}
		const start = rawValue.start + match.index + match[0].length - 1 - name.length;
		const span = { start, end: start + name.length };
		return [{ kind, name, role, path, span, element, use: 'reference' as const }];
	});
}

const noPlaces: Places = new Map();

function placesUnder(root: XmlElement): Places {
	switch (localName(root)) {
		case 'ServiceDefinition':
			return definitionPlaces;
		case 'ServiceConfiguration':
			return configurationPlaces;
		default:
			return noPlaces;
	}
}

function rootOf(element: XmlElement): XmlElement {
	return element.parent ? rootOf(element.parent) : element;
}

/** `around` is the role that the element stands in. */
function roleFor(element: XmlElement, place: NamePlace, around: string | undefined): string | undefined {
	if (place.roleAttribute) {
		return attribute(element, place.roleAttribute)?.value;
	}
	return ofRole.has(place.kind) ? around : undefined;
}

function roleAround(element: XmlElement): string | undefined {
	for (let at: XmlElement | undefined = element; at; at = at.parent) {
		if (roleElements.has(localName(at))) {
			return nameOf(at);
		}
	}
	return undefined;
}

function nameOf(role: XmlElement): string | undefined {
	return tokenOf(role, 'name')?.text;
}
