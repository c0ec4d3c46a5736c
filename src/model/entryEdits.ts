import type { Edit } from '../base/span';
import { child, childrenNamed, type XmlDocument, type XmlElement } from '../xml/syntax';
import type { Configuration, RoleConfiguration } from './configuration';
import { certificatesOf, requiredSettings } from './declared';
import type { Definition, RoleDefinition } from './definition';
import type { Markup, Position } from './markup';
import { insertElements } from './markup';
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
): Edit | undefined {
	const { document, element } = configuration;
	if (!element) {
		return undefined;
	}
	const settings = role ? requiredSettings(role).map(settingMarkup) : [];
	const certificates = role ? certificatesOf(role).map(certificateMarkup) : [];
	const markup: Markup = {
		name: 'Role',
		attributes: [['name', name]],
		children: [
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
	const markup = names.map(kind === 'setting' ? settingMarkup : certificateMarkup);
	return addToList(configuration.document, role.element, listName(kind), markup);
}

/** Declares a setting or a certificate in a role of the definition. */
export function declareEntry(
	document: XmlDocument,
	role: XmlElement,
	kind: 'setting' | 'certificate',
	name: string,
): Edit {
	const certificate: Markup['attributes'] = [
		['name', name],
		['storeLocation', 'LocalMachine'],
		['storeName', 'My'],
	];
	const markup: Markup =
		kind === 'setting'
			? { name: 'Setting', attributes: [['name', name]] }
			: { name: 'Certificate', attributes: certificate };
	return addToList(document, role, listName(kind), [markup]);
}

/**
 * The value that a new setting starts with: none. It is the author's to give, and an empty value is a valid one
 * (cscfg.md 3).
 */
function settingMarkup(name: string): Markup {
	return {
		name: 'Setting',
		attributes: [
			['name', name],
			['value', ''],
		],
	};
}

/** All zeros, which everyone takes for the placeholder it is (cscfg.md 3). */
function certificateMarkup(name: string): Markup {
	return {
		name: 'Certificate',
		attributes: [
			['name', name],
			['thumbprint', '0'.repeat(40)],
			['thumbprintAlgorithm', 'sha1'],
		],
	};
}

function listName(kind: 'setting' | 'certificate'): string {
	return kind === 'setting' ? 'ConfigurationSettings' : 'Certificates';
}

function addToList(document: XmlDocument, role: XmlElement, name: string, items: readonly Markup[]): Edit {
	const existing = child(role, name);
	if (existing) {
		return insertElements(document, existing, items);
	}
	// Settings come after the instances and before the certificates, as every tool writes them; the schema asks for no order.
	const instances = child(role, 'Instances');
	const position: Position = name === 'ConfigurationSettings' && instances ? { after: instances } : 'last';
	return insertElements(document, role, list(name, items), position);
}

function list(name: string, children: readonly Markup[]): readonly Markup[] {
	return children.length > 0 ? [{ name, children }] : [];
}
