import type { Configuration, RoleConfiguration } from '../../model/configuration';
import { certificatesOf, declaresSetting, requiredSettings } from '../../model/declared';
import type { Probe, RoleDefinition } from '../../model/definition';
import { imageProblems } from '../disks/diskImages';
import type { RolePlan, VariablePlan } from './deploymentPlan';
import { endpointPlans } from './endpointPlans';
import { entryOf } from './roleEntry';
import type { RolePlace } from './rolePlace';

/** `note`: why the service runs without this role. */
export type PlannedRole =
	| { readonly plan: RolePlan }
	| { readonly note: string }
	| { readonly problems: readonly string[] };

/** One role of a deployment; `wished`: how many instances, in place of the configuration's. */
export function planRole(
	role: RoleDefinition,
	probes: readonly Probe[],
	configuration: Configuration,
	place: RolePlace | undefined,
	wished: number | undefined,
): PlannedRole {
	const name = role.name?.text ?? '';
	if (role.kind === 'VirtualMachineRole' && place?.commandLine === undefined) {
		return {
			note: `The VM role '${name}' is not run: name the program that is its adapter as 'roles.${name}.run' in rolewright.json.`,
		};
	}
	if (!place) {
		return { note: `The role '${name}' is not run: its code was not found.` };
	}
	const configured = configuration.roles.find(other => other.name?.text === name);
	const entry = entryOf(role, place, configured);
	if (!entry && role.kind === 'WebRole') {
		return { note: `The web role '${name}' has neither an entry point nor a site, and it is not run.` };
	}
	const count = wished ?? configured?.instances?.count;
	const problems = [
		...(entry ? [] : [noEntryPoint(name)]),
		...imageProblems(name, role.vmSize, entry?.kind === 'machine' ? (place.images ?? []) : []),
		...(count === undefined || count < 0 ? [noCount(name)] : []),
		...missingSettings(role, configured).map(setting => noSetting(name, setting)),
	];
	if (!entry || count === undefined || problems.length > 0) {
		return { problems };
	}
	return {
		plan: {
			name,
			kind: role.kind,
			count,
			entry,
			code: place.code,
			workingFolder: place.workingFolder ?? '',
			size: role.vmSize,
			settings: settingsOf(role, configured),
			certificates: thumbprintsOf(role, configured),
			endpoints: endpointPlans(role, probes),
			...(place.sites && { sites: place.sites }),
			...(place.siteFolders && { siteFolders: place.siteFolders }),
			localStorage: localStorageOf(role),
			startupTasks: role.startupTasks.map(({ commandLine, taskType, executionContext, environment }) => ({
				commandLine,
				taskType,
				executionContext,
				variables: environment.map(variable),
			})),
			variables: [
				...role.environment.map(variable),
				...Object.entries(place.variables ?? {}).map(([key, value]) => ({ name: key, source: { value } })),
			],
		},
	};
}

function missingSettings(role: RoleDefinition, configured: RoleConfiguration | undefined): readonly string[] {
	const given = new Set(configured?.settings.flatMap(({ name, value }) => (value === undefined ? [] : [name.text])));
	return requiredSettings(role).filter(setting => !given.has(setting));
}

function settingsOf(role: RoleDefinition, configured: RoleConfiguration | undefined): Record<string, string> {
	return Object.fromEntries(
		(configured?.settings ?? []).flatMap(({ name, value }) =>
			value !== undefined && declaresSetting(role, name.text) ? [[name.text, value]] : [],
		),
	);
}

function thumbprintsOf(role: RoleDefinition, configured: RoleConfiguration | undefined): Record<string, string> {
	const declared = certificatesOf(role);
	return Object.fromEntries(
		(configured?.certificates ?? []).flatMap(({ name, thumbprint }) =>
			thumbprint !== undefined && declared.includes(name.text) ? [[name.text, thumbprint]] : [],
		),
	);
}

/** Every role has the store of the diagnostics agent, declared by nobody (csdef.md 5.1, service-runtime-api.md). */
function localStorageOf(role: RoleDefinition): RolePlan['localStorage'] {
	const stores = role.localStorage.map(({ name, sizeInMB, cleanOnRoleRecycle }) => {
		return { name: name.text, sizeInMB, cleanOnRoleRecycle };
	});
	return stores.some(store => store.name === 'DiagnosticStore')
		? stores
		: [...stores, { name: 'DiagnosticStore', sizeInMB: 4096, cleanOnRoleRecycle: false }];
}

function variable({ name, source }: VariablePlan): VariablePlan {
	return { name, source };
}

function noEntryPoint(role: string): string {
	return `The role '${role}' has no entry point: give it a .NET project, or a ProgramEntryPoint in its Runtime element.`;
}

function noCount(role: string): string {
	return `The configuration gives the role '${role}' no number of instances; add <Instances count="1" /> to it.`;
}

function noSetting(role: string, setting: string): string {
	return `The configuration gives the setting '${setting}' of the role '${role}' no value; add it.`;
}
