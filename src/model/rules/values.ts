import { isSecret, secretParts } from '../../base/secrets';
import type { SettingValue } from '../configuration';
import { faultOfConnectionString, hasPlaceholder, isEmulatorStorage, isStorageConnection } from '../connectionString';
import { tokenOf } from '../elements';
import { diagnosticsSetting } from '../modules';
import { problems } from '../problems';
import type { Rule } from './rule';
import { isForEmulator, valueSpan } from './rule';

/** 9.1. The tools say it of diagnostics and caching; any other setting fails in the cloud for the same reason. */
const emulatorInCloud: Rule = ({ configurations }, report) => {
	for (const configuration of configurations) {
		if (isForEmulator(configuration)) {
			continue;
		}
		for (const { element, name, value } of configuration.roles.flatMap(role => role.settings)) {
			if (value !== undefined && isEmulatorStorage(value)) {
				const span = valueSpan(element, 'value');
				report(configuration.path, problems.emulatorStorage(span, name.text, configuration.name));
			}
		}
	}
};

const plainHttp = /(DefaultEndpointsProtocol\s*=\s*)http(?=\s*(?:;|$))/i;

/** 9.2 */
const secureDiagnostics: Rule = ({ configurations }, report) => {
	for (const { path, roles } of configurations) {
		for (const { element, name } of roles.flatMap(role => role.settings)) {
			const token = name.text === diagnosticsSetting ? tokenOf(element, 'value') : undefined;
			const match = token && plainHttp.exec(token.text);
			if (token && match) {
				const start = token.start + match.index + (match[1]?.length ?? 0);
				report(path, problems.insecureDiagnosticsStorage({ start, end: start + 'http'.length }, name.text));
			}
		}
	}
};

/** 9.3 */
const connectionStrings: Rule = ({ configurations }, report) => {
	for (const { path, roles } of configurations) {
		for (const { element, name, value } of roles.flatMap(role => role.settings)) {
			const fault = value !== undefined && isStorageConnection(value) ? faultOfConnectionString(value) : undefined;
			if (fault !== undefined) {
				report(path, problems.connectionStringForm(valueSpan(element, 'value'), name.text, fault));
			}
		}
	}
};

/** 9.4 */
const secrets: Rule = ({ configurations }, report) => {
	for (const { path, roles } of configurations) {
		for (const setting of roles.flatMap(role => role.settings)) {
			if (holdsSecret(setting)) {
				report(path, problems.secretInFile(valueSpan(setting.element, 'value'), setting.name.text));
			}
		}
	}
};

export const valueRules: readonly Rule[] = [emulatorInCloud, secureDiagnostics, connectionStrings, secrets];

const known = new WeakMap<SettingValue, boolean>();

/** Asked once for each value that is read: the forms of secrets are many. What is still to be filled in is none. */
function holdsSecret(setting: SettingValue): boolean {
	const { name, value } = setting;
	if (value === undefined || value === '') {
		return false;
	}
	let holds = known.get(setting);
	if (holds === undefined) {
		holds = isSecret(name.text, value) && secretParts(name.text, value).some(part => !hasPlaceholder(part));
		known.set(setting, holds);
	}
	return holds;
}
