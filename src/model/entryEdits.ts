import type { Edit } from '../base/span';
import { childrenNamed, type XmlDocument, type XmlElement } from '../xml/syntax';
import type { Configuration, RoleConfiguration } from './configuration';
import { certificatesOf, requiredSettings } from './declared';
import type { Definition, RoleDefinition } from './definition';
import { addToList } from './lists';
import { insertElements, type Markup } from './markup';
import { roleKinds } from './readDefinition';

/** Declares a role in the definition, in the place that the schema asks for: after the other roles. */
export function declareRole(definition: Definition, role: Markup): Edit | undefined {
	const { document, element } = definition;
	if (!element) {
		return undefined;
	}
	const last = childrenNamed(element, ...roleKinds, 'LoadBalancerProbes').at(-1);
	return insertElements(document, element, [role], last ? { after: last } : 'first');
}

/** Gives a role its entry in a configuration: the instances, and a value for everything that it declares. */
export function configureRole(
	configuration: Configuration,
	name: string,
	role: RoleDefinition | undefined,
	instances = 1,
	image?: string,
): Edit | undefined {
	const { document, element } = configuration;
	if (!element) {
		return undefined;
	}
	const settings = role ? requiredSettings(role).map(setting => settingMarkup(setting)) : [];
	const certificates = role ? certificatesOf(role).map(certificate => certificateMarkup(certificate)) : [];
	const markup: Markup = {
		name: 'Role',
		attributes: [['name', name]],
		children: [
			...(image === undefined ? [] : [{ name: 'OsImage', attributes: [['href', image] as const] }]),
			{ name: 'Instances', attributes: [['count', String(instances)]] },
			...list('ConfigurationSettings', settings),
			...list('Certificates', certificates),
		],
	};
	const last = childrenNamed(element, 'Role').at(-1);
	return insertElements(document, element, [markup], last ? { after: last } : 'first');
}

/** Adds the entries for settings or certificates to a role of a configuration. */
export function configureEntries(
	configuration: Configuration,
	role: RoleConfiguration,
	kind: 'setting' | 'certificate',
	names: readonly string[],
): Edit {
	const markup = names.map(name => (kind === 'setting' ? settingMarkup(name) : certificateMarkup(name)));
	return addToList(configuration.document, role.element, listName(kind), markup);
}

/** Declares a setting or a certificate in a role of the definition. */
export function declareEntry(
	document: XmlDocument,
	role: XmlElement,
	kind: 'setting' | 'certificate',
	name: string,
): Edit {
	return addToList(document, role, listName(kind), [entryMarkup(kind, name)]);
}

/** A setting or a certificate as the definition declares it. */
export function entryMarkup(kind: 'setting' | 'certificate', name: string): Markup {
	const certificate: Markup['attributes'] = [
		['name', name],
		['storeLocation', 'LocalMachine'],
		['storeName', 'My'],
	];
	return kind === 'setting'
		? { name: 'Setting', attributes: [['name', name]] }
		: { name: 'Certificate', attributes: certificate };
}

/**
 * The value that a new setting starts with: none. It is the author's to give, and an empty value is a valid one
 * (cscfg.md 3).
 */
export function settingMarkup(name: string, value = ''): Markup {
	return {
		name: 'Setting',
		attributes: [
			['name', name],
			['value', value],
		],
	};
}

/** All zeros, which everyone takes for the placeholder it is (cscfg.md 3). */
export function certificateMarkup(name: string, thumbprint = '0'.repeat(40)): Markup {
	return {
		name: 'Certificate',
		attributes: [
			['name', name],
			['thumbprint', thumbprint],
			['thumbprintAlgorithm', 'sha1'],
		],
	};
}

function listName(kind: 'setting' | 'certificate'): string {
	return kind === 'setting' ? 'ConfigurationSettings' : 'Certificates';
}

function list(name: string, children: readonly Markup[]): readonly Markup[] {
	return children.length > 0 ? [{ name, children }] : [];
}
