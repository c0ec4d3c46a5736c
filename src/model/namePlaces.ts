import { attribute, localName, type XmlElement } from '../xml/syntax';
import { tokenOf } from './elements';

/** What can have a name in a service. */
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
export type Places = ReadonlyMap<string, ReadonlyMap<string, NamePlace>>;

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
export const roleElements: ReadonlySet<string> = new Set(['WebRole', 'WorkerRole', 'VirtualMachineRole', 'Role']);

/** What the value of an attribute names, with the role it belongs to; `undefined` where it names nothing of the model. */
export function namedBy(
	element: XmlElement,
	attributeName: string,
): (NamePlace & { role: string | undefined }) | undefined {
	const place = placesUnder(rootOf(element)).get(localName(element))?.get(attributeName);
	return place && { ...place, role: roleFor(element, place, roleAround(element)) };
}

const noPlaces: Places = new Map();

export function placesUnder(root: XmlElement): Places {
	switch (localName(root)) {
		case 'ServiceDefinition':
			return definitionPlaces;
		case 'ServiceConfiguration':
			return configurationPlaces;
		default:
			return noPlaces;
	}
}

export function rootOf(element: XmlElement): XmlElement {
	return element.parent ? rootOf(element.parent) : element;
}

/** The role that a name belongs to; `around` is the one that its element stands in. */
export function roleFor(element: XmlElement, place: NamePlace, around: string | undefined): string | undefined {
	if (place.roleAttribute) {
		return attribute(element, place.roleAttribute)?.value;
	}
	return ofRole.has(place.kind) ? around : undefined;
}

function roleAround(element: XmlElement): string | undefined {
	for (let at: XmlElement | undefined = element; at; at = at.parent) {
		if (roleElements.has(localName(at))) {
			return nameOfRole(at);
		}
	}
	return undefined;
}

export function nameOfRole(role: XmlElement): string | undefined {
	return tokenOf(role, 'name')?.text;
}
