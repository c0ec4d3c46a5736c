import { updateRefusals } from '../lifecycle/deployment/inPlaceUpdate';
import type { RestartEvent } from '../lifecycle/instance/instance';
import type { DeploymentPlan, RolePlan } from '../lifecycle/plan/deploymentPlan';
import { attribute, child, type XmlElement } from '../xml/syntax';
import { plannedRole } from './byName';
import { type Change, type ChangeEffect, restartedIn } from './change';
import { isRole, roleOf, wordsFor } from './changeWords';
import { type CourseStep, eventsOf, together, walked } from './course';
import { type Deployed, planOf } from './deployments';
import { lossesOf } from './disksLost';
import { type ElementChange, elementChanges } from './elementChanges';

/**
 * What a new definition does to a service that runs: it comes as an in-place update, if at all (role-lifecycle.md 7). Each
 * change as if it came alone; the fabric is asked whether it would take an update with this change.
 */
export function definitionImpact(before: Deployed, after: Deployed): readonly Change[] {
	const old = before.definition?.element;
	const element = after.definition?.element;
	if (!old || !element) {
		return [];
	}
	const changes = elementChanges(old, element);
	if (changes.length === 0) {
		return [];
	}
	const plans = { before: planOf(before), after: planOf(after) };
	const path = after.definition?.path ?? '';
	const found = withRenames(changes).map(change => changeOf(change, plans, path));
	return changes.some(changesEndpoints) ? found.map(withoutSwap) : found;
}

/** A swap refuses another number or type of endpoints, those of a whole role among them. */
function changesEndpoints(change: ElementChange): boolean {
	const { element } = change;
	if (change.kind === 'changed') {
		return change.attribute === 'protocol' && isEndpoint(element);
	}
	return isRole(element) ? child(element, 'Endpoints') !== undefined : isEndpoint(element);
}

/** What only a swap could bring, while another change rules the swap out. */
function withoutSwap(change: Change): Change {
	return change.effect === 'needsSwap'
		? {
				...change,
				effect: 'forbidden',
				why: `${change.why} The endpoints change in number or type as well, which a swap refuses: deploy the two one after the other, or delete the deployment and make it anew.`,
				course: [],
			}
		: change;
}

interface Plans {
	readonly before: DeploymentPlan;
	readonly after: DeploymentPlan;
}

/** A role that goes while another of the same content comes: nobody who renames means anything else. */
interface Rename {
	readonly kind: 'renamed';
	readonly element: XmlElement;
	readonly from: XmlElement;
}

function withRenames(changes: readonly ElementChange[]): readonly (ElementChange | Rename)[] {
	const gone = changes.flatMap(change => (change.kind === 'removed' && isRole(change.element) ? [change.element] : []));
	const renamedFrom = new Map<XmlElement, XmlElement>();
	for (const change of changes) {
		const from = change.kind === 'added' ? gone.find(old => isSameButName(old, change.element)) : undefined;
		if (from && ![...renamedFrom.values()].includes(from)) {
			renamedFrom.set(change.element, from);
		}
	}
	const froms = new Set(renamedFrom.values());
	return changes.flatMap((change): readonly (ElementChange | Rename)[] => {
		const from = change.kind === 'added' ? renamedFrom.get(change.element) : undefined;
		if (from) {
			return [{ kind: 'renamed', element: change.element, from }];
		}
		return change.kind === 'removed' && froms.has(change.element) ? [] : [change];
	});
}

function isSameButName(old: XmlElement, element: XmlElement): boolean {
	return (
		old.localName === element.localName &&
		elementChanges(old, element).every(
			change => change.kind === 'changed' && change.element === element && change.attribute === 'name',
		)
	);
}

/** The part of the new definition that is this change, as a plan, and what is said of it. */
interface Judgement {
	readonly next: DeploymentPlan;
	readonly effect: ChangeEffect;
	readonly why: string;
	readonly source: string;
}

function changeOf(change: ElementChange | Rename, plans: Plans, path: string): Change {
	const { element } = change;
	const role = roleOf(element);
	const { next, ...said } = judge(change, role, plans);
	const refusals = updateRefusals(plans.before, next);
	const course = courseOf(said.effect, plans.before, next);
	const restarts = said.effect === 'needsSwap' ? [] : restartedIn(course);
	return {
		what:
			change.kind === 'renamed'
				? `${wordsFor({ kind: 'removed', element: change.from }).replace(/ is removed$/, '')} is renamed to '${role}'`
				: wordsFor(change),
		role: isRole(element) && change.kind !== 'changed' ? undefined : role,
		path,
		span: change.kind === 'removed' ? undefined : element.openTag,
		...said,
		restarts,
		course,
		loses: restarts.length === 0 ? [] : next.roles.flatMap(each => lossesOf(each, eventFor(plans.before, each))),
		...(refusals.length > 0 && { locally: `It is refused: ${refusals.join(' ')}` }),
	};
}

function judge(change: ElementChange | Rename, role: string | undefined, { before, after }: Plans): Judgement {
	const { element } = change;
	if (change.kind === 'renamed') {
		return { ...forbidden, next: { ...before, roles: after.roles } };
	}
	if (isRole(element) && change.kind !== 'changed') {
		return roleComesOrGoes(change, role ?? '', before, after);
	}
	if (change.kind === 'changed' && change.attribute === 'upgradeDomainCount') {
		return {
			...swap('The number of upgrade domains'),
			next: { ...before, upgradeDomainCount: after.upgradeDomainCount },
		};
	}
	const old = plannedRole(before.roles, role);
	const now = plannedRole(after.roles, role);
	if (!old || !now) {
		return { ...update, next: before };
	}
	const withPart = (part: Partial<RolePlan>): DeploymentPlan => ({
		...before,
		roles: before.roles.map(each => (each === old ? { ...old, ...part } : each)),
	});
	if (change.kind === 'changed' && change.attribute === 'vmsize' && isRole(element)) {
		return { ...resize, next: withPart(now.size === undefined ? {} : { size: now.size }) };
	}
	if (element.localName === 'LocalStorage') {
		return storageChange(change, old, now, withPart);
	}
	if (isEndpoint(element)) {
		return { ...endpoints, next: withPart({ endpoints: now.endpoints }) };
	}
	const { startupTasks, variables, entry } = now;
	return { ...update, next: withPart({ startupTasks, variables, entry }) };
}

const section = 'role-lifecycle.md 7';

const update = {
	effect: 'restarts',
	why: 'A definition is part of the package: an in-place update stops and starts the instances, one upgrade domain after another.',
	source: section,
} as const;

const resize = {
	effect: 'losesLocalData',
	why: 'Another size means other machines: an in-place update gives every instance of the role new and empty disks.',
	source: 'role-lifecycle.md 7 and 8.2',
} as const;

const endpoints = {
	effect: 'restarts',
	why: 'An in-place update takes changed endpoints (SDK 1.5 and later); they may be away for a while. A swap refuses another number or type of endpoints.',
	source: section,
} as const;

const forbidden = {
	effect: 'forbidden',
	why: 'No update renames a role: remove it and add one with the new name, in two updates, or delete the deployment and make it anew.',
	source: section,
} as const;

function swap(what: string) {
	return {
		effect: 'needsSwap',
		why: `${what} cannot be changed by an in-place update: deploy to staging, then swap.`,
		source: section,
	} as const;
}

function roleComesOrGoes(
	{ kind }: ElementChange,
	name: string,
	before: DeploymentPlan,
	after: DeploymentPlan,
): Judgement {
	const added = after.roles.filter(role => role.name === name);
	return kind === 'added'
		? {
				...update,
				why: 'An in-place update may add a role (SDK 1.5 and later); the instances of the others restart.',
				next: { ...before, roles: [...before.roles, ...added] },
			}
		: {
				...update,
				why: 'An in-place update may remove a role (SDK 1.5 and later); the instances of the others restart.',
				next: { ...before, roles: before.roles.filter(role => role.name !== name) },
			};
}

function storageChange(
	{ element }: ElementChange,
	old: RolePlan,
	now: RolePlan,
	withPart: (part: Partial<RolePlan>) => DeploymentPlan,
): Judgement {
	const name = attribute(element, 'name')?.value ?? '';
	const others = old.localStorage.filter(store => store.name !== name);
	const next = withPart({ localStorage: [...others, ...now.localStorage.filter(store => store.name === name)] });
	const size = (role: RolePlan) => role.localStorage.find(store => store.name === name)?.sizeInMB;
	const shrinks = (size(now) ?? Number.POSITIVE_INFINITY) < (size(old) ?? 0);
	return shrinks ? { ...swap('A smaller local storage'), next } : { ...update, next };
}

/** The update walks every instance; what becomes of a new machine is another course than that of new code. */
function courseOf(effect: ChangeEffect, before: DeploymentPlan, next: DeploymentPlan): readonly CourseStep[] {
	const start = (role: RolePlan) => eventsOf(role, [{ type: 'start', why: '' }], { runs: false });
	if (effect === 'forbidden') {
		return [];
	}
	if (effect === 'needsSwap') {
		// The new deployment starts beside the old one; the swap itself raises nothing (role-lifecycle.md 7).
		return next.roles.flatMap(role => together(role, 0, role.count, start));
	}
	const added = next.roles.filter(role => !plannedRole(before.roles, role.name));
	const gone = before.roles.filter(role => !plannedRole(next.roles, role.name));
	return [
		...gone.flatMap(role => together(role, 0, role.count, one => eventsOf(one, [{ type: 'remove' }]))),
		...walked(before, next, role => eventsOf(role, [{ type: 'restart', how: eventFor(before, role), why: '' }])),
		...added.flatMap(role => together(role, 0, role.count, start)),
	];
}

/** As `lifecycle/deployment/inPlaceUpdate.ts` chooses it. */
function eventFor(before: DeploymentPlan, role: RolePlan): RestartEvent {
	const old = plannedRole(before.roles, role.name);
	return old && old.size !== role.size ? 'sizeChange' : 'update';
}

function isEndpoint({ localName, parent }: XmlElement): boolean {
	return /^(Input|Internal|InstanceInput)Endpoint$/.test(localName) || (parent !== undefined && isEndpoint(parent));
}
