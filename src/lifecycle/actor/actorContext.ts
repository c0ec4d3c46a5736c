import type { Endpoints } from '../endpoints/endpoints';
import type { Serving } from '../endpoints/serving';
import type { Gate } from '../gate';
import type { JournalWriter } from '../journal/journalWriter';
import type { Mailbox } from '../mailbox';
import type { PlaceOf } from '../network';
import type { Slot } from '../slots';
import type { World } from '../world';
import type { RoleViews } from './roleViews';

/** What an instance's actor shares with its deployment. */
export interface ActorContext {
	readonly world: World;
	readonly journal: JournalWriter;
	readonly onStopLimit: number;
	/** Instances whose next lives wait for a debugger. */
	readonly debug: ReadonlySet<string>;
	readonly placeOf: PlaceOf;
	/** Shared by all instances of the deployment. */
	readonly views: RoleViews;
	/** What the outside sees of an endpoint, for the snapshot. */
	readonly viewOf: Endpoints['viewOf'];
	readonly serving: Serving;
	readonly gate: Gate;
	/** Where its deployment stands now. */
	readonly slot: () => Slot;
	/** Runs it after what is being carried out now. */
	readonly post: Mailbox['post'];
	readonly rotationChanged: (role: string) => void;
	readonly removed: (instance: string) => void;
}
