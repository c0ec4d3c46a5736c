import type { RestartEvent } from '../lifecycle/instance/instance';
import type { DeploymentPlan } from '../lifecycle/plan/deploymentPlan';
import { type Change, restartedIn } from './change';
import { eventsOf, walked } from './course';
import { lossesOf } from './disksLost';

/** Another guest operating system: the machines are made anew, upgrade domain by upgrade domain (role-lifecycle.md 7 and 8.2). */
export function guestOsUpdate(plan: DeploymentPlan) {
	return {
		effect: 'restarts',
		why: 'The guest OS is replaced, one upgrade domain after another; what was installed on the Windows disk goes with it, local storage stays.',
		source: 'role-lifecycle.md 7 and 8.2',
		...restartsBy(plan, 'guestOsUpdate'),
		locally: "A changed configuration does not do it here; use 'guest-os-update' for the same course.",
	} as const satisfies Partial<Change>;
}

/** Another image of a VM role: as a reimage, upgrade domain by upgrade domain (role-lifecycle.md 10). */
export function imageUpdate(plan: DeploymentPlan, role: string | undefined) {
	const only = { ...plan, roles: plan.roles.filter(each => each.name === role) };
	return {
		effect: 'losesLocalData',
		why: 'The instances of a VM role are made anew from the image; everything changed on their Windows disk is lost.',
		source: 'role-lifecycle.md 10',
		...restartsBy(only, 'reimage'),
		loses: ['Everything changed on the Windows disk'],
		locally: 'A VM role is shown here, and it is not run.',
	} as const satisfies Partial<Change>;
}

function restartsBy(plan: DeploymentPlan, how: RestartEvent) {
	const course = walked(plan, plan, role => eventsOf(role, [{ type: 'restart', how, why: '' }]));
	return { course, restarts: restartedIn(course), loses: plan.roles.flatMap(role => lossesOf(role, how)) };
}
