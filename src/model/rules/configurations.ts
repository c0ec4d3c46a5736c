import type { Token } from '../../base/span';
import { type Configuration, labelOf, type RoleConfiguration } from '../configuration';
import type { RoleDefinition } from '../definition';
import { mayComeFromUnknownModule } from '../modules';
import type { EntryKind } from '../problems';
import { problems } from '../problems';
import type { Report, Rule } from './rule';
import { placeOfRole, roleNamed, seeAlso } from './rule';

/**
 * 1.11. Where a definition says what has to be there, 1.3, 1.7 and 1.9 hold for each configuration alone, and this is only
 * about the names of modules that we don't know.
 */
const alike: Rule = ({ definition, configurations }, report) => {
	if (configurations.length < 2 || definition?.roles.every(role => role.imports.length === 0)) {
		return;
	}
	if (!definition) {
		compareRoles(configurations, report);
	}
	const byRole = new Map<string, { readonly configuration: Configuration; readonly role: RoleConfiguration }[]>();
	for (const configuration of configurations) {
		for (const role of configuration.roles) {
			const name = role.name?.text;
			if (name) {
				byRole.set(name, [...(byRole.get(name) ?? []), { configuration, role }]);
			}
		}
	}
	for (const [name, entries] of byRole) {
		const declared = definition && roleNamed(definition, name);
		compareEntries('setting', 'settings', entries, declared, report);
		compareEntries('certificate', 'certificates', entries, declared, report);
	}
};

export const configurationRules: readonly Rule[] = [alike];

interface Origin {
	readonly name: Token;
	readonly configuration: Configuration;
}

function compareRoles(configurations: readonly Configuration[], report: Report): void {
	const all = new Map<string, Origin>();
	for (const configuration of configurations) {
		for (const { name } of configuration.roles) {
			if (name?.text && !all.has(name.text)) {
				all.set(name.text, { name, configuration });
			}
		}
	}
	for (const { path, element, roles } of configurations) {
		const here = new Set(roles.map(role => role.name?.text));
		for (const [name, origin] of element?.name ? all : []) {
			if (element?.name && !here.has(name)) {
				const related = seeAlso(origin.configuration.path, origin.name, 'It stands here.');
				const other = labelOf(origin.configuration);
				report(path, problems.unequalConfigurations(element.name, 'role', name, name, other, related));
			}
		}
	}
}

function compareEntries(
	kind: EntryKind,
	list: 'settings' | 'certificates',
	entries: readonly { readonly configuration: Configuration; readonly role: RoleConfiguration }[],
	declared: RoleDefinition | undefined,
	report: Report,
): void {
	const all = new Map<string, Origin>();
	for (const { configuration, role } of entries) {
		for (const { name } of role[list]) {
			if (name.text !== '' && !all.has(name.text) && isCompared(name.text, list, declared)) {
				all.set(name.text, { name, configuration });
			}
		}
	}
	if (all.size === 0) {
		return;
	}
	for (const { configuration, role } of entries) {
		const here = new Set(role[list].map(({ name }) => name.text));
		for (const [name, origin] of all) {
			if (!here.has(name)) {
				const related = seeAlso(origin.configuration.path, origin.name, 'It stands here.');
				const other = labelOf(origin.configuration);
				const label = role.name?.text ?? '';
				report(
					configuration.path,
					problems.unequalConfigurations(placeOfRole(role), kind, name, label, other, related),
				);
			}
		}
	}
}

function isCompared(name: string, list: 'settings' | 'certificates', declared: RoleDefinition | undefined): boolean {
	return (
		!declared || (mayComeFromUnknownModule(declared, name) && !declared[list].some(entry => entry.name.text === name))
	);
}
