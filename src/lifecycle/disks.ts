import type { DiskRequest, InstanceFolders } from './host';
import type { DiskEvent } from './instance';
import type { DiskName, JournalEvent } from './journal';

type Kept = 'kept' | 'rebuilt';

/** The table of role-lifecycle.md 8.2 and 8.3, as far as events exist. A crash is a recycle. */
export const diskPolicy: Readonly<
	Record<
		DiskEvent,
		Readonly<Record<DiskName, Kept>> & {
			/** What becomes of local storage with `cleanOnRoleRecycle="true"`, and without. */
			readonly cleaned: 'kept' | 'emptied';
			readonly uncleaned: 'kept' | 'emptied';
			readonly why: string;
		}
	>
> = {
	provision: {
		local: 'rebuilt',
		windows: 'rebuilt',
		application: 'rebuilt',
		cleaned: 'emptied',
		uncleaned: 'emptied',
		why: 'a new instance',
	},
	recycle: {
		local: 'kept',
		windows: 'kept',
		application: 'kept',
		cleaned: 'emptied',
		uncleaned: 'kept',
		why: 'only processes restart',
	},
	stopAndStart: {
		local: 'kept',
		windows: 'kept',
		application: 'rebuilt',
		cleaned: 'emptied',
		uncleaned: 'kept',
		why: 'stop and start',
	},
};

export interface LocalStore {
	readonly name: string;
	readonly path: string;
	readonly cleanOnRoleRecycle: boolean;
}

/** What the world must do to the disks of one instance before a start. */
export function diskRequest(
	instance: string,
	folders: InstanceFolders,
	code: string,
	stores: readonly LocalStore[],
	event: DiskEvent,
): DiskRequest {
	const { local, windows, application, cleaned, uncleaned } = diskPolicy[event];
	return {
		instance,
		folders,
		code,
		effects: { local, windows, application },
		localResources: stores.map(store => ({
			name: store.name,
			path: store.path,
			effect: store.cleanOnRoleRecycle ? cleaned : uncleaned,
		})),
	};
}

/** The same for the journal: the three disks, then each local store. */
export function diskEntries(request: DiskRequest, event: DiskEvent): readonly (JournalEvent & { event: 'disk' })[] {
	const { why } = diskPolicy[event];
	const disks = (['local', 'windows', 'application'] as const).map(disk => ({
		event: 'disk' as const,
		disk,
		effect: request.effects[disk],
		why,
	}));
	const stores = request.localResources.map(({ name, effect }) => ({
		event: 'disk' as const,
		disk: 'local' as const,
		name,
		effect,
		why: event === 'recycle' && effect === 'emptied' ? 'cleanOnRoleRecycle is true' : why,
	}));
	return [...disks, ...stores];
}
