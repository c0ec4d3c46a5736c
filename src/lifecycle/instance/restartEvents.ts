import type { InstanceStatus } from '../journal/journal';
import type { RestartEvent } from './instance';

export interface RestartRow {
	/** What a person reads as the cause. */
	readonly what: string;
	/**
	 * `orderly`: Stopping, then OnStop. `quiet`: OnStop only; the documents say that a reboot does not raise Stopping and
	 * disagree about OnStop (role-lifecycle.md 4 and 11). `none`: the process is gone at once, whatever it was doing.
	 */
	readonly stop: 'orderly' | 'quiet' | 'none';
	/** `stays`: only processes restart. `made`: anew from an image on the same host. `moved`: anew on another host. */
	readonly machine: 'stays' | 'boots' | 'made' | 'moved';
	/** How an instance is shown whose machine is gone at once. */
	readonly lost?: { readonly state: InstanceStatus; readonly text: string };
	/** Asked of an instance that is stopped: refused, or it shows at the next start. */
	readonly whenStopped: 'refused' | 'atNextStart';
}

/** Sections 4, 7 and 8 of role-lifecycle.md, one row an event; what becomes of the disks is in `disks.ts`. */
export const restartEvents: Readonly<Record<RestartEvent, RestartRow>> = {
	reboot: { what: 'reboot', stop: 'quiet', machine: 'boots', whenStopped: 'refused' },
	hardReboot: {
		what: 'hard reboot',
		stop: 'none',
		machine: 'boots',
		lost: { state: 'StoppingVM', text: 'The guest operating system restarts; OnStop is not called' },
		whenStopped: 'refused',
	},
	powerCycle: {
		what: 'host power cycle',
		stop: 'none',
		machine: 'boots',
		lost: { state: 'Unknown', text: 'The host has lost its power; OnStop is not called' },
		whenStopped: 'atNextStart',
	},
	hostOsUpdate: { what: 'host OS update', stop: 'orderly', machine: 'boots', whenStopped: 'atNextStart' },
	guestOsUpdate: { what: 'guest OS update', stop: 'orderly', machine: 'made', whenStopped: 'atNextStart' },
	reimage: { what: 'reimage', stop: 'orderly', machine: 'made', whenStopped: 'atNextStart' },
	update: { what: 'in-place update', stop: 'orderly', machine: 'stays', whenStopped: 'atNextStart' },
	sizeChange: { what: 'size change', stop: 'orderly', machine: 'moved', whenStopped: 'atNextStart' },
	heal: {
		what: 'service healing',
		stop: 'none',
		machine: 'moved',
		lost: { state: 'Unknown', text: 'The host has failed: nothing is heard of the instance' },
		whenStopped: 'atNextStart',
	},
	rebuild: { what: 'rebuild', stop: 'orderly', machine: 'made', whenStopped: 'atNextStart' },
};
