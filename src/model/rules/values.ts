import { isSecret, secretParts } from '../../base/secrets';
import type { Span } from '../../base/span';
import type { RoleConfiguration, SettingValue } from '../configuration';
import {
	faultOfConnectionString,
	hasPlaceholder,
	hasVisualStudioKey,
	isEmulatorStorage,
	isStorageConnection,
} from '../connectionString';
import { tokenOf } from '../elements';
import { diagnosticsSetting } from '../modules';
import { problems, type RuleProblem } from '../problems';
import { aboutEachRole, isForEmulator, type Rule, valueSpan } from './rule';

/** 9.1 to 9.4. */
const values: Rule = ({ configurations }, report) => {
	for (const configuration of configurations) {
		const forEmulator = isForEmulator(configuration);
		for (const role of configuration.roles) {
			for (const { setting, say } of findingsIn(role)) {
				if (say) {
					report(configuration.path, say());
				} else if (!forEmulator) {
					// The tools say it of diagnostics and caching; any other setting fails in the cloud for the same reason.
					const span = valueSpan(setting.element, 'value');
					report(configuration.path, problems.emulatorStorage(span, setting.name.text, configuration.name));
				}
			}
		}
	}
};

export const valueRules: readonly Rule[] = [aboutEachRole(values)];

interface Finding {
	readonly setting: SettingValue;
	/** Says it at the place where it stands now; `undefined`: the storage of the emulator, which is right in its own configuration. */
	readonly say: (() => RuleProblem) | undefined;
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
		return [{ setting, say: undefined }];
	}
	const place = () => valueSpan(element, 'value');
	const insecure = name.text === diagnosticsSetting ? placeOfHttp(setting) : undefined;
	const fault = isStorageConnection(value) ? faultOfConnectionString(value) : undefined;
	const found: Finding[] = [];
	if (insecure) {
		found.push({ setting, say: () => problems.insecureDiagnosticsStorage(insecure(), name.text) });
	}
	if (fault !== undefined) {
		found.push({
			setting,
			say: () => problems.connectionStringForm(place(), name.text, fault, hasVisualStudioKey(value)),
		});
	}
	if (holdsSecret(name.text, value)) {
		found.push({ setting, say: () => problems.secretInFile(place(), name.text) });
	}
	return found;
}

const plainHttp = /(DefaultEndpointsProtocol\s*=\s*)http(?=\s*(?:;|$))/i;

/** Where the protocol stands, whenever that is asked. */
function placeOfHttp({ element }: SettingValue): (() => Span) | undefined {
	const token = tokenOf(element, 'value');
	const match = token && plainHttp.exec(token.text);
	if (!token || !match) {
		return undefined;
	}
	const before = match.index + (match[1]?.length ?? 0);
	return () => ({ start: token.start + before, end: token.start + before + 'http'.length });
}

/** What is still to be filled in is no secret, nor marks in the place of one (`****`, `xxxx`). */
function holdsSecret(name: string, value: string): boolean {
	return (
		isSecret(name, value) && secretParts(name, value).some(part => !hasPlaceholder(part) && !/^[*xX.?_-]+$/.test(part))
	);
}
