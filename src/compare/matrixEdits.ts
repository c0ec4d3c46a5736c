import type { Edit } from '../base/span';
import { setAttributeValue } from '../model/attributeEdits';
import type { Configuration, RoleConfiguration } from '../model/configuration';
import { certificatesOf, requiredSettings } from '../model/declared';
import type { Definition } from '../model/definition';
import { insertElements, type Markup, type Position } from '../model/markup';
import { child, childrenNamed, type XmlDocument, type XmlElement } from '../xml/syntax';
import { type RowSubject, valueIn } from './matrix';

/**
 * The edits that give a configuration this value: in place where it says one already, else with whatever has to be there
 * around it (its attribute, entry, list or role). None where nothing would change, or the file has no root to write into.
 */
export function setValue(
	configuration: Configuration,
	subject: RowSubject,
	value: string,
	definition?: Definition,
): readonly Edit[] {
	const { document, element } = configuration;
	if (!element || valueIn(configuration, subject) === value) {
		return [];
	}
	if (subject.role === undefined) {
		return [setAttributeValue(document, element, subject.kind, value)];
	}
	const role = configuration.roles.find(each => each.name?.text === subject.role);
	return [role ? setInRole(document, role, subject, value) : addRole(document, element, subject, value, definition)];
}

/** Adds what is missing with the value that everyone takes for the placeholder it is (cscfg.md 3); nothing where it is there. */
export function addMissing(
	configuration: Configuration,
	subject: RowSubject,
	definition?: Definition,
): readonly Edit[] {
	return valueIn(configuration, subject) === undefined
		? setValue(configuration, subject, placeholders[subject.kind], definition)
		: [];
}

/** Gives one configuration the value that another has; none where that has none. */
export function copyAcross(
	from: Configuration,
	to: Configuration,
	subject: RowSubject,
	definition?: Definition,
): readonly Edit[] {
	const value = valueIn(from, subject);
	return value === undefined ? [] : setValue(to, subject, value, definition);
}

const placeholders: Readonly<Record<RowSubject['kind'], string>> = {
	osFamily: '7',
	osVersion: '*',
	instances: '1',
	setting: '',
	certificate: '0'.repeat(40),
};

function setInRole(document: XmlDocument, role: RoleConfiguration, { kind, name }: RowSubject, value: string): Edit {
	switch (kind) {
		case 'instances': {
			const element = role.instances?.element;
			return element
				? setAttributeValue(document, element, 'count', value)
				: insertElements(document, role.element, [instances(value)], 'first');
		}
		case 'setting': {
			const entry = role.settings.find(each => each.name.text === name);
			return entry
				? setAttributeValue(document, entry.element, 'value', value)
				: addEntry(document, role.element, 'ConfigurationSettings', setting(name, value));
		}
		case 'certificate': {
			const entry = role.certificates.find(each => each.name.text === name);
			return entry
				? setAttributeValue(document, entry.element, 'thumbprint', value)
				: addEntry(document, role.element, 'Certificates', certificate(name, value));
		}
		case 'osFamily':
		case 'osVersion':
			throw new Error(`${kind} is no part of a role.`);
	}
}

function addEntry(document: XmlDocument, role: XmlElement, list: string, entry: Markup): Edit {
	const existing = child(role, list);
	if (existing) {
		return insertElements(document, existing, [entry]);
	}
	const before = child(role, 'Instances');
	const position: Position = list === 'ConfigurationSettings' && before ? { after: before } : 'last';
	return insertElements(document, role, [{ name: list, children: [entry] }], position);
}

/** A role that the configuration lacks, with everything that it has to have and this one value. */
function addRole(
	document: XmlDocument,
	element: XmlElement,
	subject: RowSubject,
	value: string,
	definition: Definition | undefined,
): Edit {
	const role = definition?.roles.find(each => each.name?.text === subject.role);
	const entries = (kind: 'setting' | 'certificate', declared: readonly string[]) => {
		const names = subject.kind === kind ? [...new Set([...declared, subject.name])] : declared;
		const render = kind === 'setting' ? setting : certificate;
		return names.map(name => render(name, subject.kind === kind && name === subject.name ? value : placeholders[kind]));
	};
	const markup: Markup = {
		name: 'Role',
		attributes: [['name', subject.role ?? '']],
		children: [
			instances(subject.kind === 'instances' ? value : placeholders.instances),
			...list('ConfigurationSettings', entries('setting', role ? requiredSettings(role) : [])),
			...list('Certificates', entries('certificate', role ? certificatesOf(role) : [])),
		],
	};
	const last = childrenNamed(element, 'Role').at(-1);
	return insertElements(document, element, [markup], last ? { after: last } : 'first');
}

function list(name: string, children: readonly Markup[]): readonly Markup[] {
	return children.length > 0 ? [{ name, children }] : [];
}

function instances(count: string): Markup {
	return { name: 'Instances', attributes: [['count', count]] };
}

function setting(name: string, value: string): Markup {
	const attributes: Markup['attributes'] = [
		['name', name],
		['value', value],
	];
	return { name: 'Setting', attributes };
}

function certificate(name: string, thumbprint: string): Markup {
	const attributes: Markup['attributes'] = [
		['name', name],
		['thumbprint', thumbprint],
		['thumbprintAlgorithm', 'sha1'],
	];
	return { name: 'Certificate', attributes };
}
