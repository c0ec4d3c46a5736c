import type { Token } from '../../base/span';
import {
	allowedSettings,
	certificatesOf,
	declaresCertificate,
	declaresSetting,
	requiredSettings,
	servesWithCertificate,
} from '../declared';
import type { RoleDefinition } from '../definition';
import { isPublishedCertificate, isPublishedSetting, moduleOf } from '../modules';
import { problems } from '../problems';
import { aboutEachConfiguredRole, aboutEachRole, eachConfiguredRole, eachRepeated, type Rule, seeAlso } from './rule';

/** 1.6, and 8.2 with it: a setting of a module that the role does not import is declared by nothing. */
const everySettingDeclared: Rule = (service, report) => {
	eachConfiguredRole(service, ({ configuration, configured, role, name }) => {
		for (const setting of configured.settings) {
			if (setting.name.text !== '' && !declaresSetting(role, setting.name.text)) {
				const known = allowedSettings(role);
				const published = isPublishedSetting(setting.name.text);
				report(
					configuration.path,
					problems.unknownSetting(setting.name, setting.name.text, name.text, known, published),
				);
			}
		}
	});
};

/** 1.7 */
const everySettingGiven: Rule = (service, report) => {
	eachConfiguredRole(service, ({ definition, configuration, configured, role, name }) => {
		const given = new Set(configured.settings.map(setting => setting.name.text));
		for (const setting of requiredSettings(role)) {
			if (!given.has(setting)) {
				const related = seeAlso(definition.path, declarationOf(role, 'settings', setting), 'Declared here.');
				report(configuration.path, problems.missingSetting(name, setting, name.text, related));
			}
		}
	});
};

/** 1.8 */
const uniqueSettings: Rule = ({ definition, configurations }, report) => {
	for (const file of [...(definition ? [definition] : []), ...configurations]) {
		for (const role of file.roles) {
			const names = role.settings.map(setting => setting.name);
			eachRepeated(names, (repeated, first) => {
				const related = seeAlso(file.path, first, 'The first setting of this name.');
				report(file.path, problems.duplicateSetting(repeated, repeated.text, role.name?.text ?? '', related));
			});
		}
	}
};

/** 1.9 */
const certificates: Rule = (service, report) => {
	eachConfiguredRole(service, ({ definition, configuration, configured, role, name }) => {
		const known = certificatesOf(role);
		for (const { name: entry } of configured.certificates) {
			// One that only an endpoint names is a problem of the definition, and reported there (3.6).
			const named = declaresCertificate(role, entry.text) || servesWithCertificate(role, entry.text);
			if (entry.text !== '' && !named) {
				report(configuration.path, problems.unknownCertificate(entry, entry.text, name.text, known));
			}
		}
		const given = new Set(configured.certificates.map(entry => entry.name.text));
		for (const certificate of known.filter(one => !given.has(one))) {
			const related = seeAlso(definition.path, declarationOf(role, 'certificates', certificate), 'Declared here.');
			const published = isPublishedCertificate(role, certificate);
			report(configuration.path, problems.missingCertificate(name, certificate, name.text, published, related));
		}
	});
};

export const entryRules: readonly Rule[] = [
	aboutEachConfiguredRole(everySettingDeclared),
	aboutEachConfiguredRole(everySettingGiven),
	aboutEachRole(uniqueSettings),
	aboutEachConfiguredRole(certificates),
];

/** The name where it is declared: in the role's own list, or the import whose module brings it. */
function declarationOf(role: RoleDefinition, list: 'settings' | 'certificates', name: string): Token | undefined {
	const own = role[list].find(entry => entry.name.text === name)?.name;
	return own ?? role.imports.find(entry => moduleOf(entry)?.[list].includes(name))?.moduleName;
}
