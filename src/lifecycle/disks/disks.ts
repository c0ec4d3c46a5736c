import type { DiskEvent } from '../instance/instance';
import type { DiskName, JournalEvent } from '../journal/journal';
import type { InstanceFolders } from '../roleHost';
import type { DiskRequest } from './worldDisks';

type Kept = 'kept' | 'rebuilt';

/** Every start of a role's process empties the local stores that say so, and only those. */
const cleaning = { cleaned: 'emptied', uncleaned: 'kept' } as const;

export interface DiskRow extends Readonly<Record<DiskName, Kept>> {
	/** What becomes of local storage with `cleanOnRoleRecycle="true"`, and without. */
	readonly cleaned: 'kept' | 'emptied';
	readonly uncleaned: 'kept' | 'emptied';
	readonly why: string;
}

/** What becomes of the disks by what happened to the instance. */
export type DiskPolicy = Readonly<Record<DiskEvent, DiskRow>>;

/**
 * The table of role-lifecycle.md 8.2 and 8.3. A crash is a recycle. 8.3 does not name the host's updates and its power
 * cycle: the disk of the local stores is kept there, and every start of a role cleans.
 */
export const diskPolicy: DiskPolicy = {
	provision: allNew('a new instance'),
	recycle: { ...cleaning, local: 'kept', windows: 'kept', application: 'kept', why: 'only processes restart' },
	hardReboot: { ...cleaning, local: 'kept', windows: 'kept', application: 'kept', why: 'reboot from inside' },
	reboot: { ...cleaning, local: 'kept', windows: 'kept', application: 'rebuilt', why: 'reboot' },
	stopAndStart: { ...cleaning, local: 'kept', windows: 'kept', application: 'rebuilt', why: 'stop and start' },
	hostOsUpdate: { ...cleaning, local: 'kept', windows: 'kept', application: 'rebuilt', why: 'host OS update' },
	guestOsUpdate: { ...cleaning, local: 'kept', windows: 'rebuilt', application: 'rebuilt', why: 'guest OS update' },
	reimage: { ...cleaning, local: 'kept', windows: 'rebuilt', application: 'rebuilt', why: 'reimage' },
	update: { ...cleaning, local: 'kept', windows: 'kept', application: 'rebuilt', why: 'in-place update' },
	sizeChange: allNew('size change'),
	powerCycle: { ...cleaning, local: 'kept', windows: 'rebuilt', application: 'kept', why: 'host power cycle' },
	heal: allNew('another host'),
	rebuild: allNew('rebuild'),
};

/**
 * The table of section 10 for a VM role: its code is on the Windows disk, which a boot keeps and which everything that makes
 * the machine anew takes back to the golden image. Azure does not patch its operating system.
 */
export const machineDiskPolicy: DiskPolicy = {
	...diskPolicy,
	reboot: { ...diskPolicy.reboot, application: 'kept', why: 'reboot: local changes stay' },
	stopAndStart: { ...diskPolicy.stopAndStart, application: 'kept', why: 'Windows shut down and booted again' },
	hostOsUpdate: { ...diskPolicy.hostOsUpdate, application: 'kept' },
	reimage: { ...diskPolicy.reimage, why: 'reimage: back to the golden image' },
	update: { ...diskPolicy.update, windows: 'rebuilt', why: 'image update: as a reimage' },
	powerCycle: { ...diskPolicy.powerCycle, application: 'rebuilt', why: 'host fault: made anew from the golden image' },
	heal: allNew('another host: made anew from the golden image'),
};

function allNew(why: string): DiskRow {
	return {
		local: 'rebuilt',
		windows: 'rebuilt',
		application: 'rebuilt',
		cleaned: 'emptied',
		uncleaned: 'emptied',
		why,
	};
}

export interface LocalStore {
	readonly name: string;
	readonly path: string;
	readonly cleanOnRoleRecycle: boolean;
	readonly sizeInMB?: number;
}

/** What the world must do to the disks of one instance before a start: for each disk the worst that has happened to it. */
export function diskRequest(
	instance: string,
	folders: InstanceFolders,
	code: string,
	stores: readonly LocalStore[],
	events: readonly DiskEvent[],
	policy: DiskPolicy = diskPolicy,
): DiskRequest {
	const effectOf = (disk: DiskName): Kept =>
		events.some(event => policy[event][disk] === 'rebuilt') ? 'rebuilt' : 'kept';
	return {
		instance,
		folders,
		code,
		effects: { local: effectOf('local'), windows: effectOf('windows'), application: effectOf('application') },
		localResources: stores.map(({ name, path, cleanOnRoleRecycle, sizeInMB }) => ({
			name,
			path,
			...(sizeInMB !== undefined && { sizeInMB }),
			effect: events.some(event => storeEffect(policy[event], cleanOnRoleRecycle) === 'emptied') ? 'emptied' : 'kept',
		})),
	};
}

function storeEffect(row: DiskRow, cleanOnRoleRecycle: boolean): 'kept' | 'emptied' {
	return cleanOnRoleRecycle ? row.cleaned : row.uncleaned;
}

/** The same for the journal: the three disks, then each local store, each with the event that decided. */
export function diskEntries(
	request: DiskRequest,
	events: readonly DiskEvent[],
	policy: DiskPolicy = diskPolicy,
): readonly (JournalEvent & { event: 'disk' })[] {
	const disks = (['local', 'windows', 'application'] as const).map(disk => ({
		event: 'disk' as const,
		disk,
		effect: request.effects[disk],
		why: whyOf(policy, events, row => row[disk] === request.effects[disk]),
	}));
	const stores = request.localResources.map(({ name, effect }) => ({
		event: 'disk' as const,
		disk: 'local' as const,
		name,
		effect,
		why:
			effect === 'emptied' && events.every(event => policy[event].uncleaned === 'kept')
				? 'cleanOnRoleRecycle is true'
				: whyOf(policy, events, row => row.uncleaned === effect),
	}));
	return [...disks, ...stores];
}

/** The last event of which this holds. */
function whyOf(policy: DiskPolicy, events: readonly DiskEvent[], decides: (row: DiskRow) => boolean): string {
	const rows = events.map(event => policy[event]);
	return (rows.findLast(decides) ?? rows.at(-1))?.why ?? '';
}
