import type { DeploymentPlan, RolePlan } from '../lifecycle/plan/deploymentPlan';
import { planDeployment } from '../lifecycle/plan/plan';
import { nodeFileOf } from '../lifecycle/plan/roleEntry';
import type { RolePlace } from '../lifecycle/plan/rolePlace';
import type { Configuration, RoleConfiguration } from '../model/configuration';
import { requiredSettings } from '../model/declared';
import type { Declared, Definition, RoleDefinition } from '../model/definition';
import type { Service } from '../model/service';
import type { XmlDocument } from '../xml/syntax';
import { configuredRole, declaredRole } from './byName';

/** What runs: a definition under one configuration. */
export interface Deployed {
	readonly definition: Definition | undefined;
	readonly configuration: Configuration | undefined;
}

/**
 * The deployment that these files describe, as the fabric would have it, so that its own decisions can be asked. The texts
 * may be half-typed: what a run would insist on is filled in here (one instance, an empty value, some code), alike for
 * the files of before and of after, so that what is filled in makes no difference.
 */
export function planOf({ definition, configuration }: Deployed): DeploymentPlan {
	const known = definition ?? definitionFrom(configuration);
	const roles = known.roles.filter(role => declaredRole(known.roles, nameOf(role)) === role);
	// A VM role is not run on this machine, yet an update walks it like every other role (role-lifecycle.md 10).
	const plannable = { ...known, roles: roles.map(role => ({ ...role, kind: 'WorkerRole' as const })) };
	const places = Object.fromEntries(roles.map(role => [nameOf(role), placeOf(role)]));
	const planned = planDeployment(plannable, completed(configuration, known), places, options);
	return {
		...emptyPlan(known),
		roles: 'plan' in planned ? planned.plan.roles.map(role => withKind(role, roles)) : [],
	};
}

/** The configuration that stands for a deployment in the cloud: `Cloud`, else the first that is not for the emulator. */
export function deployedConfiguration({ configurations }: Service): Configuration | undefined {
	return (
		configurations.find(({ name }) => name.toLowerCase() === 'cloud') ??
		configurations.find(({ name }) => name.toLowerCase() !== 'local') ??
		configurations[0]
	);
}

const options = { deploymentId: '', stateFolder: '' };

function emptyPlan({ name, upgradeDomainCount, topologyChangeDiscovery }: Definition): DeploymentPlan {
	return { ...options, service: name?.text ?? '', upgradeDomainCount, topologyChangeDiscovery, roles: [] };
}

/** Some code. A JavaScript file is taken for a module, since a program has no events that could be told. */
function placeOf({ entryPoint }: RoleDefinition): RolePlace {
	const isModule = entryPoint?.kind === 'program' && nodeFileOf(entryPoint.commandLine) !== undefined;
	return { code: '', assembly: 'role.dll', ...(isModule && { host: 'module' as const }) };
}

function withKind(plan: RolePlan, roles: readonly RoleDefinition[]): RolePlan {
	return { ...plan, kind: declaredRole(roles, plan.name)?.kind ?? plan.kind };
}

function completed(configuration: Configuration | undefined, definition: Definition): Configuration {
	const roles = definition.roles.flatMap(role => {
		const given = configuration && configuredRole(configuration.roles, nameOf(role));
		return role.name ? [completedRole(role, given)] : [];
	});
	return { ...(configuration ?? emptyConfiguration(definition)), roles };
}

function completedRole(role: RoleDefinition, given: RoleConfiguration | undefined): RoleConfiguration {
	const { element, name } = role;
	const settings = given?.settings ?? [];
	const valued = new Set(settings.flatMap(({ name: each, value }) => (value === undefined ? [] : [each.text])));
	const missing = requiredSettings(role).filter(each => !valued.has(each));
	const count = Math.max(0, given?.instances?.count ?? 1);
	return {
		element,
		name,
		instances: { element, count, countToken: undefined },
		settings: [
			...settings.filter(({ value }) => value !== undefined),
			...missing.map(each => ({ element, name: { start: 0, end: 0, text: each }, value: '' })),
		],
		certificates: given?.certificates ?? [],
	};
}

const nothing: XmlDocument = { text: '', root: undefined, content: [], problems: [] };

function emptyConfiguration({ path, name }: Definition): Configuration {
	const missing = { element: undefined, osFamily: undefined, schemaVersion: undefined, roles: [] };
	return { path, name: '', document: nothing, serviceName: name, ...missing };
}

/** A configuration whose definition is nowhere declares what it names. */
function definitionFrom(configuration: Configuration | undefined): Definition {
	return {
		path: configuration?.path ?? '',
		document: configuration?.document ?? nothing,
		element: undefined,
		name: configuration?.serviceName,
		schemaVersion: undefined,
		upgradeDomainCount: 5,
		topologyChangeDiscovery: 'UpgradeDomainWalk',
		probes: [],
		roles: (configuration?.roles ?? []).map(({ element, name, settings, certificates }) => ({
			kind: 'WorkerRole',
			element,
			name,
			vmSize: '',
			imports: [],
			settings: settings.map(asDeclared),
			certificates: certificates.map(asDeclared),
			endpoints: [],
			localStorage: [],
			startupTasks: [],
			environment: [],
			entryPoint: undefined,
			sites: [],
		})),
		trafficRules: [],
	};
}

function asDeclared({ element, name }: Declared): Declared {
	return { element, name };
}

function nameOf(role: RoleDefinition): string {
	return role.name?.text ?? '';
}
