import type { Span } from '../base/span';
import {
	changesFor,
	planDifference,
	type RoleDifference,
	simultaneousChange,
} from '../lifecycle/deployment/difference';
import type { Change as InstanceChange } from '../lifecycle/instance/instance';
import type { DeploymentPlan, RolePlan } from '../lifecycle/plan/deploymentPlan';
import type { Configuration } from '../model/configuration';
import type { Definition } from '../model/definition';
import { configuredCertificate, configuredRole, configuredSetting, plannedRole } from './byName';
import { type Change, restartedIn } from './change';
import { roleOf, shownValue, wordsFor } from './changeWords';
import { type CourseStep, eventsOf, together, walked } from './course';
import { planOf } from './deployments';
import { type ElementChange, elementChanges } from './elementChanges';
import { guestOsUpdate, imageUpdate } from './systemUpdates';

/**
 * What a new configuration does to a service that runs with this definition, change by change, each as if it came alone.
 * Settings, certificates and counts are judged by the fabric (`lifecycle/deployment/difference.ts`; role-lifecycle.md 6).
 */
export function configurationImpact(
	definition: Definition | undefined,
	before: Configuration,
	after: Configuration,
): readonly Change[] {
	const all = before.element && after.element ? elementChanges(before.element, after.element) : [];
	if (all.length === 0) {
		return [];
	}
	const plan = planOf({ definition, configuration: before });
	const next = planOf({ definition, configuration: after });
	const submitted = planDifference(plan, next).roles.flatMap(role => partsOf(role, plan, next));
	return [
		...submitted.map(part => submittedChange(part, after)),
		...all.filter(isBesidePlan).map(change => otherChange(change, plan, after.path)),
	];
}

/**
 * One of the things that a configuration change consists of, with the plans that it alone leads from and to. Only a count
 * is told to other roles (topology): for anything else a plan of the one role says all.
 */
interface Part {
	readonly what: string;
	readonly kind: 'setting' | 'certificate' | 'count';
	readonly role: RolePlan;
	readonly name: string;
	readonly plan: DeploymentPlan;
	readonly next: DeploymentPlan;
}

function partsOf(difference: RoleDifference, plan: DeploymentPlan, after: DeploymentPlan): readonly Part[] {
	const role = roleIn(plan, difference.role);
	const next = roleIn(after, difference.role);
	if (!role || !next) {
		return [];
	}
	const part = (kind: Part['kind'], name: string, what: string, changed: Partial<RolePlan>): Part => {
		const concerned = kind === 'count' ? plan.roles : [role];
		const roles = concerned.map(each => (each === role ? { ...role, ...changed } : each));
		return { what, kind, role, name, plan: { ...plan, roles: concerned }, next: { ...plan, roles } };
	};
	const { settings, certificates, count } = difference;
	return [
		...settings.map(name =>
			part('setting', name, `setting '${name}': ${valueWords(name, role.settings, next.settings)}`, {
				settings: withValue(role.settings, next.settings, name),
			}),
		),
		...certificates.map(name =>
			part(
				'certificate',
				name,
				`certificate '${name}': ${valueWords('thumbprint', { thumbprint: role.certificates[name] ?? '' }, { thumbprint: next.certificates[name] ?? '' })}`,
				{
					certificates: withValue(role.certificates, next.certificates, name),
				},
			),
		),
		...(count ? [part('count', '', `instances: ${count.from} become ${count.to}`, { count: count.to })] : []),
	];
}

type Values = Readonly<Record<string, string>>;

function withValue(old: Values, next: Values, name: string): Values {
	const { [name]: _replaced, ...rest } = old;
	const value = Object.hasOwn(next, name) ? next[name] : undefined;
	return value === undefined ? rest : { ...rest, [name]: value };
}

function valueWords(name: string, old: Values, next: Values): string {
	const from = shownValue(name, old[name] ?? '');
	const to = shownValue(name, next[name] ?? '');
	return from === to ? 'its secret value changes' : `'${from}' becomes '${to}'`;
}

function submittedChange(part: Part, after: Configuration): Change {
	const { plan, next, role, kind, what } = part;
	const difference = planDifference(plan, next);
	const changes = (each: RolePlan) => changesFor(each.name, difference, next);
	const course = courseOf(plan, next, changes, simultaneousChange(difference, next));
	const restarts = restartedIn(course);
	const asked = plan.roles.find(each => changes(each).some(({ manner }) => manner === 'ask'));
	return {
		what,
		role: role.name,
		path: after.path,
		span: placeOf(part, after),
		effect: restarts.length > 0 ? 'restarts' : 'inPlace',
		why: reasons[kind](course),
		source: 'role-lifecycle.md 6',
		restarts,
		course,
		...(asked && { ifCancelled: eventsOf(asked, asChanges(changes(asked)), { cancels: true }) }),
		loses: kind === 'count' ? lostByScaling(role, roleIn(next, role.name)?.count ?? 0) : [],
	};
}

/** In the order of `lifecycle/deployment/configurationChange.ts`: those who leave, what is told to all at once, the walk, the new ones. */
function courseOf(
	plan: DeploymentPlan,
	next: DeploymentPlan,
	changes: (role: RolePlan) => readonly InstanceChange[],
	simultaneous: InstanceChange | undefined,
): readonly CourseStep[] {
	const staying = (role: RolePlan) => Math.min(role.count, roleIn(next, role.name)?.count ?? 0);
	return [
		...plan.roles.flatMap(role =>
			together(role, staying(role), role.count, one => eventsOf(one, [{ type: 'remove' }])),
		),
		...(simultaneous
			? plan.roles.flatMap(role => together(role, 0, staying(role), one => eventsOf(one, asChanges([simultaneous]))))
			: []),
		...walked(plan, next, role => eventsOf(role, asChanges(changes(role)))),
		...next.roles.flatMap(role => {
			const from = roleIn(plan, role.name)?.count ?? 0;
			return together(role, from, role.count, one => eventsOf(one, [{ type: 'start', why: '' }], { runs: false }));
		}),
	];
}

function asChanges(changes: readonly InstanceChange[]) {
	return changes.map(change => ({ type: 'change', change }) as const);
}

const reasons: Readonly<Record<Part['kind'], (course: readonly CourseStep[]) => string>> = {
	setting: () =>
		'The role is asked (Changing); unless a handler cancels, it takes the value as it runs, stays Ready and stays in the load balancer.',
	certificate: () => 'A changed certificate restarts the processes without asking.',
	count: course =>
		course.some(({ events }) => /Changing/.test(events.join()))
			? 'The other instances are told of the new topology, since a role has an internal endpoint; the highest numbers come and go.'
			: 'No role has an internal endpoint, so the other instances hear nothing of it; the highest numbers come and go.',
};

function lostByScaling(role: RolePlan, count: number): readonly string[] {
	return count < role.count
		? [
				`Everything on the disks of the ${role.count - count} instance${role.count - count === 1 ? '' : 's'} that leave${role.count - count === 1 ? 's' : ''}`,
			]
		: [];
}

function placeOf({ kind, role, name }: Part, { roles }: Configuration): Span | undefined {
	const found = configuredRole(roles, role.name);
	switch (kind) {
		case 'setting':
			return found && configuredSetting(found.settings, name)?.name;
		case 'certificate':
			return found && configuredCertificate(found.certificates, name)?.name;
		case 'count':
			return found?.instances?.countToken ?? found?.name;
	}
}

/** What no plan knows: the guest operating system, images, networks. Entries of roles are judged by the plan. */
function isBesidePlan({ element }: ElementChange): boolean {
	return !/^(?:Setting|Certificate|Instances|Role)$/.test(element.localName);
}

function otherChange(change: ElementChange, plan: DeploymentPlan, path: string): Change {
	const { element } = change;
	const common = {
		what: wordsFor(change),
		role: roleOf(element),
		path,
		span: change.kind === 'removed' ? undefined : element.openTag,
	};
	if (change.kind === 'changed' && /^os(Family|Version)$/.test(change.attribute)) {
		return { ...common, ...guestOsUpdate(plan) };
	}
	if (element.localName === 'OsImage') {
		return { ...common, ...imageUpdate(plan, common.role) };
	}
	if (element.localName === 'ServiceConfiguration') {
		return {
			...common,
			effect: 'inPlace',
			why: 'It is about the file; nothing of it reaches an instance.',
			source: 'role-lifecycle.md 6',
			...nothingHappens,
		};
	}
	return {
		...common,
		effect: 'notDocumented',
		why: 'No public text says whether a running deployment takes it; be ready to delete the deployment and make it anew.',
		source: 'role-lifecycle.md 7',
		...nothingHappens,
		locally: 'This machine has no networks of its own: nothing happens here.',
	};
}

const nothingHappens = { restarts: [], course: [], loses: [] };

function roleIn(plan: DeploymentPlan, name: string): RolePlan | undefined {
	return plannedRole(plan.roles, name);
}
