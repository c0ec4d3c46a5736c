import { diskRequest } from '../lifecycle/disks/disks';
import type { RestartEvent } from '../lifecycle/instance/instance';
import type { RolePlan } from '../lifecycle/plan/deploymentPlan';

/** What the disks of a role's instances lose by an event, in words; the fabric's own table decides (role-lifecycle.md 8). */
export function lossesOf(role: RolePlan, how: RestartEvent): readonly string[] {
	const folders = { root: '', approot: '', resources: '', windows: '', temp: '', logs: '' };
	const stores = role.localStorage.map(store => ({ ...store, path: '' }));
	const { effects, localResources } = diskRequest(role.name, folders, '', stores, [how]);
	const emptied = localResources.filter(({ effect }) => effect === 'emptied').map(({ name }) => `'${name}'`);
	return [
		...(effects.local === 'rebuilt' ? [`All local data of ${role.name}`] : []),
		...(effects.windows === 'rebuilt' ? [`What was installed on the Windows disk of ${role.name}`] : []),
		...(effects.local === 'kept' && emptied.length > 0
			? [`Local storage ${emptied.join(', ')} of ${role.name} (cleanOnRoleRecycle)`]
			: []),
	];
}
