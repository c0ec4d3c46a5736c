import type { Definition, ModuleImport, RoleDefinition } from '../definition';
import { knownModules, moduleOf } from '../modules';
import { extendedSeverity } from '../platform';
import { problems } from '../problems';
import type { Retired } from '../problems/modules';
import {
	aboutEachConfiguredRole,
	aboutEachRole,
	eachConfiguredRole,
	eachRepeated,
	type Rule,
	seeAlso,
	valueSpan,
} from './rule';

/** 8.3 and 8.4. That several clash is certain, that none is needed less so. */
const oneForwarder: Rule = ({ definition }, report) => {
	const forwarders = importsOf(definition, 'RemoteForwarder');
	const accesses = importsOf(definition, 'RemoteAccess');
	const [firstForwarder, ...others] = forwarders;
	if (!definition) {
		return;
	}
	for (const { role, entry } of others) {
		const related = seeAlso(definition.path, firstForwarder?.entry.moduleName, 'The first import.');
		const problem = problems.severalRemoteForwarders(entry.moduleName, nameOf(role), 'RemoteForwarder', related);
		report(definition.path, problem);
	}
	const access = accesses[0];
	if (access && !firstForwarder) {
		report(definition.path, problems.noRemoteForwarder(access.entry.moduleName, nameOf(access.role)));
	}
	if (firstForwarder && !access) {
		const { role, entry } = firstForwarder;
		report(definition.path, problems.remoteForwarderAlone(entry.moduleName, nameOf(role), 'RemoteForwarder'));
	}
};

/** 8.5 */
const uniqueImports: Rule = ({ definition }, report) => {
	for (const role of definition?.roles ?? []) {
		eachRepeated(
			role.imports.map(({ moduleName }) => moduleName),
			(repeated, first) => {
				const path = definition?.path ?? '';
				const related = seeAlso(path, first, 'The first import.');
				report(path, problems.duplicateImport(repeated, repeated.text, nameOf(role), related));
			},
		);
	}
};

/** The dates are those of csdef.md 5.1, which does not call them confirmed. */
const retired: ReadonlyMap<string, Retired> = new Map([
	['Connect', { service: 'Azure Connect', when: '2013', instead: 'a virtual network' }],
	['Caching', { service: 'In-Role Cache', when: 'November 2016', instead: 'a Redis cache' }],
]);
const names = knownModules.map(({ moduleName }) => moduleName);
const firstWithoutDiagnostics = '2015-04.2.6';

/** 8.6 to 8.9 */
const modulesToday: Rule = ({ definition }, report, { platform }) => {
	const extended = extendedSeverity(platform);
	for (const role of definition?.roles ?? []) {
		for (const entry of role.imports) {
			const { moduleName } = entry;
			const path = definition?.path ?? '';
			const { text } = moduleName;
			const gone = retired.get(text);
			if (gone !== undefined) {
				report(path, problems.retiredModule(moduleName, nameOf(role), text, gone));
			} else if (text === 'Diagnostics' && isLater(definition?.schemaVersion)) {
				report(path, problems.diagnosticsImport(moduleName, nameOf(role)));
			} else if (extended && (text === 'RemoteAccess' || text === 'RemoteForwarder')) {
				report(path, problems.remoteDesktopModule(moduleName, nameOf(role), text, extended.severity));
			} else if (text !== '' && !moduleOf(entry)) {
				report(path, problems.unknownModule(moduleName, text, names));
			}
		}
	}
};

const expirationSetting = 'Microsoft.WindowsAzure.Plugins.RemoteAccess.AccountExpiration';
const dayForm = /^\d{4}-\d{2}-\d{2}/;

/** 8.10 */
const accountsNotExpired: Rule = (service, report, { today }) => {
	if (today === undefined) {
		return;
	}
	eachConfiguredRole(service, ({ configuration, configured, name }) => {
		const setting = configured.settings.find(one => one.name.text === expirationSetting);
		const day = dayForm.exec(setting?.value ?? '')?.[0];
		// The day itself still counts: the hour depends on a zone that need not be ours.
		if (setting && day !== undefined && day < today) {
			report(configuration.path, problems.accountExpired(valueSpan(setting.element, 'value'), day, name.text));
		}
	});
};

export const importRules: readonly Rule[] = [
	oneForwarder,
	aboutEachRole(uniqueImports),
	aboutEachRole(modulesToday),
	aboutEachConfiguredRole(accountsNotExpired),
];

interface Found {
	readonly role: RoleDefinition;
	readonly entry: ModuleImport;
}

/** The imports of a module, one a role. */
function importsOf(definition: Definition | undefined, moduleName: string): readonly Found[] {
	return (definition?.roles ?? []).flatMap(role => {
		const entry = role.imports.find(one => one.moduleName.text === moduleName);
		return entry ? [{ role, entry }] : [];
	});
}

/** The values begin with year and month, so that they sort by age. */
function isLater(schemaVersion: string | undefined): boolean {
	return schemaVersion !== undefined && schemaVersion !== 'unspecified' && schemaVersion >= firstWithoutDiagnostics;
}

function nameOf(role: RoleDefinition): string {
	return role.name?.text ?? '';
}
