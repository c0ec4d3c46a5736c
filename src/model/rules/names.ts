import { tokenOf } from '../elements';
import { extendedSeverity } from '../platform';
import { problems } from '../problems';
import type { Rule } from './rule';
import { eachRepeated, roleNamed, roleNames, seeAlso } from './rule';

/** 1.1 */
const serviceNames: Rule = ({ definition, configurations }, report) => {
	const expected = definition?.name;
	if (!definition || !expected?.text) {
		return;
	}
	for (const { path, serviceName } of configurations) {
		if (serviceName?.text && serviceName.text !== expected.text) {
			const related = seeAlso(definition.path, expected, 'The name in the service definition.');
			report(path, problems.serviceNameDiffers(serviceName, serviceName.text, expected.text, related));
		}
	}
};

/** 1.2 and 1.5 */
const uniqueRoles: Rule = ({ definition, configurations }, report) => {
	for (const file of [...(definition ? [definition] : []), ...configurations]) {
		const names = file.roles.flatMap(role => role.name ?? []);
		eachRepeated(names, (repeated, first) => {
			const related = seeAlso(file.path, first, 'The first role of this name.');
			report(file.path, problems.duplicateRole(repeated, repeated.text, related));
		});
	}
};

/** 1.3 */
const everyRoleConfigured: Rule = ({ definition, configurations }, report) => {
	for (const { path, element, roles } of configurations) {
		const configured = new Set(roles.map(role => role.name?.text));
		for (const role of definition?.roles ?? []) {
			if (definition && role.name?.text && element?.name && !configured.has(role.name.text)) {
				const related = seeAlso(definition.path, role.name, 'The role in the service definition.');
				report(path, problems.missingRole(element.name, role.name.text, related));
				configured.add(role.name.text);
			}
		}
	}
};

/** 1.4 */
const everyRoleDefined: Rule = ({ definition, configurations }, report) => {
	if (!definition?.element) {
		return;
	}
	const known = roleNames(definition);
	for (const { path, roles } of configurations) {
		for (const { name } of roles) {
			if (name?.text && !roleNamed(definition, name.text)) {
				report(path, problems.unknownRole(name, name.text, known));
			}
		}
	}
};

/** 1.12. That a version is known is a matter of the schema. */
const sameSchemaVersion: Rule = ({ definition, configurations }, report) => {
	const expected = tokenOf(definition?.element, 'schemaVersion');
	if (!definition || !expected || saysNoVersion(expected.text)) {
		return;
	}
	for (const { path, element } of configurations) {
		const version = tokenOf(element, 'schemaVersion');
		if (version && !saysNoVersion(version.text) && version.text !== expected.text) {
			const related = seeAlso(definition.path, expected, 'The version in the service definition.');
			report(path, problems.schemaVersionDiffers(version, version.text, expected.text, related));
		}
	}
};

/** 1.13 */
const serviceNamedLikeRole: Rule = ({ definition }, report, { platform }) => {
	const name = definition?.name;
	const role = definition && name && roleNamed(definition, name.text);
	const extended = extendedSeverity(platform);
	if (role && extended) {
		const related = seeAlso(definition.path, role.name, 'The role of this name.');
		report(definition.path, problems.serviceNamedLikeRole(name, name.text, extended.severity, related));
	}
};

export const nameRules: readonly Rule[] = [
	serviceNames,
	uniqueRoles,
	everyRoleConfigured,
	everyRoleDefined,
	sameSchemaVersion,
	serviceNamedLikeRole,
];

function saysNoVersion(version: string): boolean {
	return version === '' || version === 'unspecified';
}
