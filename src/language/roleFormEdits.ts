import type { Edit, FileEdits } from '../base/span';
import { removeAttribute, setAttributeValue } from '../model/attributeEdits';
import type { CertificateValue, RoleConfiguration, SettingValue } from '../model/configuration';
import type { Definition, RoleDefinition } from '../model/definition';
import { removeElement } from '../model/markup';
import type { Service } from '../model/service';
import { attribute, type XmlDocument, type XmlElement } from '../xml/syntax';
import type { FormEntry, FormField } from './roleForm';

/**
 * Gives a field this value: nothing but the characters of the value change. `undefined` takes the attribute out, so that
 * its default holds. The result is `undefined` where the text has changed meanwhile and the field is not there any more.
 */
export function setField(
	definition: Definition,
	role: string,
	field: Pick<FormField, 'at' | 'element' | 'attribute' | 'value'>,
	value: string | undefined,
): readonly Edit[] | undefined {
	const element = elementAt(roleNamed(definition, role)?.element, field.at);
	const written = attribute(element, field.attribute);
	const now = written?.rawValue ? written.value : undefined;
	if (element?.localName !== field.element || now !== field.value) {
		return undefined;
	}
	if (value === undefined) {
		return removeAttribute(definition.document, element, field.attribute);
	}
	return value === now ? [] : [setAttributeValue(definition.document, element, field.attribute, value)];
}

/**
 * Takes an entry out of the definition, and what the configurations say of it; a list that would be left empty goes with
 * its last entry. `undefined` where the text has changed meanwhile.
 */
export function removeEntry(
	{ definition, configurations }: Service,
	roleName: string,
	entry: Pick<FormEntry, 'at' | 'element' | 'kind' | 'title'>,
): readonly FileEdits[] | undefined {
	const role = definition && roleNamed(definition, roleName);
	const element = elementAt(role?.element, entry.at);
	if (!definition || element?.localName !== entry.element || titleOf(element, entry.kind) !== entry.title) {
		return undefined;
	}
	const own = { path: definition.path, edits: removeAll(definition.document, [element]) };
	return [own, ...removeValues({ configurations }, roleName, entry.kind, entry.title)];
}

/** Takes out what the configurations say of a setting or a certificate, declared or not. */
export function removeValues(
	{ configurations }: Pick<Service, 'configurations'>,
	roleName: string,
	kind: FormEntry['kind'],
	entryName: string,
): readonly FileEdits[] {
	return configurations.flatMap(({ path, document, roles }) => {
		const given = roles
			.filter(({ name }) => name?.text === roleName)
			.flatMap(each => valuesFor(each, kind))
			.filter(({ name }) => name.text === entryName)
			.map(each => each.element);
		return given.length > 0 ? [{ path, edits: removeAll(document, given) }] : [];
	});
}

function valuesFor(
	{ settings, certificates }: RoleConfiguration,
	kind: FormEntry['kind'],
): readonly (SettingValue | CertificateValue)[] {
	return kind === 'setting' ? settings : kind === 'certificate' ? certificates : [];
}

function titleOf(element: XmlElement, kind: FormEntry['kind']): string {
	return attribute(element, kind === 'startupTask' ? 'commandLine' : 'name')?.value ?? '';
}

function roleNamed({ roles }: Definition, name: string): RoleDefinition | undefined {
	return roles.find(each => each.name?.text === name);
}

function elementAt(role: XmlElement | undefined, at: readonly number[]): XmlElement | undefined {
	return at.reduce<XmlElement | undefined>((element, index) => element?.children[index], role);
}

function removeAll(document: XmlDocument, elements: readonly XmlElement[]): readonly Edit[] {
	const list = elements[0]?.parent;
	const isRest = list?.content.every(node =>
		node.kind === 'text' ? node.blank : elements.some(each => each === node),
	);
	// A legacy endpoint stands in the role itself, which stays (csdef.md 4.3).
	const isList = list !== undefined && list.attributes.length === 0;
	return isRest && isList ? [removeElement(document, list)] : elements.map(element => removeElement(document, element));
}
