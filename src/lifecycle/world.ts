import type { Disposable } from '../base/emitter';
import type { Disks } from './disks/worldDisks';
import type { Pace } from './mailbox';
import type { Network } from './network';
import type { RoleHost } from './roleHost';
import type { SiteHost } from './siteHost';
import type { TaskHost } from './taskHost';

/**
 * What the fabric needs of the world, as interfaces small enough to be played by a test: time, the process of a role,
 * startup tasks, disks, the network, sites. The real ones are in `src/node`. Nothing in `src/lifecycle` knows a process,
 * a socket or a file.
 */
export interface World {
	readonly clock: Clock;
	readonly roles: RoleHost;
	readonly tasks: TaskHost;
	readonly disks: Disks;
	readonly network: Network;
	readonly sites: SiteHost;
	/** How long work makes room for others; without it everything is done at once. */
	readonly pace?: Pace;
}

export interface Clock {
	/** Milliseconds since 1970, fabric time. */
	now(): number;
	/** Calls once after so many milliseconds of fabric time, unless disposed before. */
	after(milliseconds: number, run: () => void): Disposable;
	/** Stands still until everybody who held it has let go; a clock without it never stands. */
	hold?(): Disposable;
}
