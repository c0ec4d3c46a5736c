import type { Configuration } from '../../model/configuration';
import type { Definition, RoleDefinition } from '../../model/definition';
import { type AccessChoice, trafficNotes, withAccessLists } from './accessLists';
import type { DeploymentPlan, RolePlan } from './deploymentPlan';
import type { RolePlace } from './rolePlace';
import { planRole } from './rolePlan';

export interface PlanOptions {
	readonly deploymentId: string;
	readonly stateFolder: string;
	/** Only these roles; all where it is left out. */
	readonly roles?: readonly string[];
	/** Instances by role, in place of the configuration's. */
	readonly counts?: Readonly<Record<string, number>>;
	/** Access control lists are applied; without it they are not, and that is said. */
	readonly accessControls?: AccessChoice;
}

/** A plan with what a person should know of it, or the sentences that say why there is none. */
export type Planned =
	| { readonly plan: DeploymentPlan; readonly notes: readonly string[] }
	| { readonly problems: readonly string[] };

/** A service under one configuration as a deployment; `places` by the name of the role. */
export function planDeployment(
	definition: Definition,
	configuration: Configuration,
	places: Readonly<Record<string, RolePlace>>,
	options: PlanOptions,
): Planned {
	const problems = unknownRoles(definition, options);
	const notes: string[] = [];
	const roles: RolePlan[] = [];
	for (const role of chosenRoles(definition, options.roles)) {
		const name = nameOf(role);
		const planned = planRole(role, definition.probes, configuration, places[name], options.counts?.[name]);
		if ('plan' in planned) {
			const listed = withAccessLists(planned.plan, configuration, options.accessControls);
			roles.push(listed.role);
			notes.push(...elevatedTasks(planned.plan), ...listed.notes);
		} else if ('note' in planned) {
			notes.push(planned.note);
		} else {
			problems.push(...planned.problems);
		}
	}
	if (problems.length === 0 && roles.length === 0) {
		problems.push(nothingToRun(definition, notes));
	}
	notes.push(...trafficNotes(definition));
	const plan = {
		service: definition.name?.text ?? '',
		deploymentId: options.deploymentId,
		stateFolder: options.stateFolder,
		upgradeDomainCount: definition.upgradeDomainCount,
		topologyChangeDiscovery: definition.topologyChangeDiscovery,
		roles,
	};
	return problems.length > 0 ? { problems } : { plan, notes };
}

/** The roles that a deployment would start, so that nobody looks for the code of the others. */
export function chosenRoles(definition: Definition, roles: readonly string[] | undefined): readonly RoleDefinition[] {
	return definition.roles.filter(role => nameOf(role) !== '' && (roles?.includes(nameOf(role)) ?? true));
}

/** Nobody is given more rights here than the person who runs the service (role-lifecycle.md 11). */
function elevatedTasks({ name, startupTasks }: RolePlan): readonly string[] {
	const count = startupTasks.filter(({ executionContext }) => executionContext === 'elevated').length;
	const tasks = count === 1 ? 'A startup task' : `${count} startup tasks`;
	return count === 0
		? []
		: [`${tasks} of the role '${name}' would be elevated in Azure, and here run with your own rights.`];
}

function unknownRoles(definition: Definition, { roles = [], counts = {} }: PlanOptions): string[] {
	const known = definition.roles.map(nameOf);
	return [...new Set([...roles, ...Object.keys(counts)])]
		.filter(name => !known.includes(name))
		.map(name => `There is no role '${name}' in the service definition; its roles are ${known.join(', ')}.`);
}

function nothingToRun(definition: Definition, notes: readonly string[]): string {
	return definition.roles.length === 0
		? 'The service definition declares no role; add one first.'
		: ['There is nothing to run.', ...notes].join(' ');
}

function nameOf(role: RoleDefinition): string {
	return role.name?.text ?? '';
}
