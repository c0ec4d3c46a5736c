import type { Token } from '../base/span';
import { allowedSettings, certificatesOf, endpointsOf, requiredSettings } from '../model/declared';
import type { RoleDefinition } from '../model/definition';
import { attributeValue, tokenOf } from '../model/elements';
import { type NameKind, namedBy } from '../model/names';
import { networkOf } from '../model/network';
import type { Service } from '../model/service';
import { localName, type XmlElement } from '../xml/syntax';
import type { ParsedFile } from './documents';

/**
 * The names that may stand in an attribute: those that exist, as far as they suit and are not used up. For the name of a
 * declaration these are the ones that a configuration uses already and that nothing declares.
 */
export function namesFor(
	file: ParsedFile,
	service: Service,
	element: XmlElement,
	attribute: string,
): readonly string[] {
	const place = namedBy(element, attribute);
	if (!place) {
		return [];
	}
	const role = service.definition?.roles.find(each => each.name?.text === place.role);
	const taken = takenBeside(element, attribute);
	const free = (names: readonly string[]) => [...new Set(names)].filter(name => name !== '' && !taken.has(name));
	switch (place.kind) {
		case 'service':
			return file.format === 'cscfg' && service.definition?.name ? [service.definition.name.text] : [];
		case 'role':
			return place.declares ? free(undeclaredRoles(service)) : free(rolesFor(service, element));
		case 'setting':
			return place.declares ? free(undeclaredEntries(service, place.role, 'settings')) : free(settingsFor(role));
		case 'certificate':
			return place.declares
				? free(undeclaredEntries(service, place.role, 'certificates'))
				: free(certificatesFor(role));
		case 'endpoint':
			return place.declares ? [] : endpointsFor(role, element);
		default:
			return place.declares ? [] : declaredNames(service, place.kind);
	}
}

function settingsFor(role: RoleDefinition | undefined): readonly string[] {
	// What has to be given comes first.
	return role ? [...requiredSettings(role), ...allowedSettings(role)] : [];
}

function certificatesFor(role: RoleDefinition | undefined): readonly string[] {
	return role ? certificatesOf(role) : [];
}

function rolesFor({ definition }: Service, element: XmlElement): readonly string[] {
	const roles = definition?.roles ?? [];
	const suitable =
		localName(element) === 'RoleEndpoint'
			? roles.filter(role => endpointsOf(role).some(({ kind }) => kind === 'internal'))
			: roles;
	return suitable.flatMap(role => role.name?.text ?? []);
}

function endpointsFor(role: RoleDefinition | undefined, element: XmlElement): readonly string[] {
	const suits: Record<string, (endpoint: ReturnType<typeof endpointsOf>[number]) => boolean> = {
		Binding: ({ kind, protocol }) => kind === 'input' || (kind === 'internal' && protocol === 'http'),
		RoleEndpoint: ({ kind }) => kind === 'internal',
		EndpointAcl: ({ kind }) => kind === 'input',
	};
	const suitable = suits[localName(element)];
	const guarded = localName(element) === 'EndpointAcl' ? guardedBeside(element) : new Set();
	return role
		? endpointsOf(role)
				.filter(endpoint => (suitable?.(endpoint) ?? true) && !guarded.has(endpoint.name))
				.map(({ name }) => name)
		: [];
}

/** The endpoints of the same role that have an `EndpointAcl` already: there is one of each (cross-file-rules.md 11.3). */
function guardedBeside(element: XmlElement): ReadonlySet<string> {
	const role = attributeValue(element, 'role');
	const others = (element.parent?.children ?? []).filter(
		each => each !== element && localName(each) === 'EndpointAcl' && attributeValue(each, 'role') === role,
	);
	return new Set(others.flatMap(each => attributeValue(each, 'endPoint') ?? []));
}

function declaredNames({ definition, configurations }: Service, kind: NameKind): readonly string[] {
	const networks = configurations.map(networkOf);
	switch (kind) {
		case 'probe':
			return named(definition?.probes ?? []);
		case 'loadBalancer':
			return named(networks.flatMap(({ loadBalancers }) => loadBalancers));
		case 'accessControl':
			return named(networks.flatMap(({ accessControls }) => accessControls));
		default:
			return [];
	}
}

function named(things: readonly { readonly name: Token | undefined }[]): readonly string[] {
	return [...new Set(things.flatMap(({ name }) => (name?.text ? [name.text] : [])))];
}

function undeclaredRoles({ definition, configurations }: Service): readonly string[] {
	const declared = new Set(definition?.roles.map(role => role.name?.text));
	const names = configurations.flatMap(({ roles }) => roles.flatMap(role => role.name?.text ?? []));
	return names.filter(name => !declared.has(name));
}

function undeclaredEntries(
	{ definition, configurations }: Service,
	roleName: string | undefined,
	list: 'settings' | 'certificates',
): readonly string[] {
	const role = definition?.roles.find(each => each.name?.text === roleName);
	const declared = new Set(list === 'settings' ? settingsFor(role) : certificatesFor(role));
	const entries = configurations
		.flatMap(({ roles }) => roles.filter(each => each.name?.text === roleName))
		.flatMap(each => each[list].map(({ name }) => name.text));
	return entries.filter(name => !declared.has(name));
}

/** The names in the same list, where each may stand once; a traffic rule may name a role again. */
function takenBeside(element: XmlElement, attribute: string): ReadonlySet<string> {
	const once = attribute === 'name' || localName(element) === 'FromRole' || localName(element) === 'InstanceAddress';
	const others = once ? (element.parent?.children ?? []).filter(each => each !== element) : [];
	return new Set(
		others
			.filter(each => localName(each) === localName(element) || attribute === 'name')
			.flatMap(each => tokenOf(each, attribute)?.text ?? []),
	);
}
