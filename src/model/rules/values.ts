import { isSecret, secretParts } from '../../base/secrets';
import type { RoleConfiguration, SettingValue } from '../configuration';
import { faultOfConnectionString, hasPlaceholder, isEmulatorStorage, isStorageConnection } from '../connectionString';
import { tokenOf } from '../elements';
import { diagnosticsSetting } from '../modules';
import { problems, type RuleProblem } from '../problems';
import type { Rule } from './rule';
import { isForEmulator, valueSpan } from './rule';

/** 9.1 to 9.4. */
const values: Rule = ({ configurations }, report) => {
	for (const configuration of configurations) {
		const forEmulator = isForEmulator(configuration);
		for (const role of configuration.roles) {
			for (const { setting, problem } of findingsIn(role)) {
				if (problem) {
					report(configuration.path, problem);
				} else if (!forEmulator) {
					// The tools say it of diagnostics and caching; any other setting fails in the cloud for the same reason.
					const span = valueSpan(setting.element, 'value');
					report(configuration.path, problems.emulatorStorage(span, setting.name.text, configuration.name));
				}
			}
		}
	}
};

export const valueRules: readonly Rule[] = [values];

interface Finding {
	readonly setting: SettingValue;
	/** `undefined`: the storage of the emulator, which is right in its own configuration. */
	readonly problem: RuleProblem | undefined;
}

const found = new WeakMap<RoleConfiguration, readonly Finding[]>();

/** Looked for once in each text: the forms of values are many, and most configurations stay as they are while one is edited. */
function findingsIn(role: RoleConfiguration): readonly Finding[] {
	let findings = found.get(role);
	if (!findings) {
		findings = role.settings.flatMap(findingsOf);
		found.set(role, findings);
	}
	return findings;
}

function findingsOf(setting: SettingValue): readonly Finding[] {
	const { element, name, value } = setting;
	// The shortest value that says anything here is longer than a number or a word.
	if (value === undefined || value.length < 4) {
		return [];
	}
	if (isEmulatorStorage(value)) {
		return [{ setting, problem: undefined }];
	}
	const insecure = name.text === diagnosticsSetting ? insecureProtocol(setting) : undefined;
	const fault = isStorageConnection(value) ? faultOfConnectionString(value) : undefined;
	return [
		insecure,
		fault === undefined ? undefined : problems.connectionStringForm(valueSpan(element, 'value'), name.text, fault),
		holdsSecret(name.text, value) ? problems.secretInFile(valueSpan(element, 'value'), name.text) : undefined,
	].flatMap(problem => (problem ? [{ setting, problem }] : []));
}

const plainHttp = /(DefaultEndpointsProtocol\s*=\s*)http(?=\s*(?:;|$))/i;

function insecureProtocol({ element, name }: SettingValue): RuleProblem | undefined {
	const token = tokenOf(element, 'value');
	const match = token && plainHttp.exec(token.text);
	if (!token || !match) {
		return undefined;
	}
	const start = token.start + match.index + (match[1]?.length ?? 0);
	return problems.insecureDiagnosticsStorage({ start, end: start + 'http'.length }, name.text);
}

/** What is still to be filled in is no secret. */
function holdsSecret(name: string, value: string): boolean {
	return isSecret(name, value) && secretParts(name, value).some(part => !hasPlaceholder(part));
}
