import type { Disposable } from '../base/emitter';
import { Gate } from './gate';
import { JournalLog, type Kept } from './journal/journalLog';
import { Mailbox } from './mailbox';
import type { World } from './world';

/** What the deployments of one service share: one journal, one thing at a time, one place where a debugger holds it all. */
export interface Fabric {
	readonly log: JournalLog;
	readonly mailbox: Mailbox;
	readonly gate: Gate;
}

export function newFabric({ kept, pace, clock }: Pick<World, 'clock' | 'pace'> & { readonly kept?: Kept }): Fabric {
	const mailbox = new Mailbox(pace);
	let time: Disposable | undefined;
	const gate = new Gate(
		() => {
			mailbox.hold();
			time = clock.hold?.();
		},
		work => {
			time?.dispose();
			mailbox.goOn(work);
		},
	);
	return { log: new JournalLog(kept), mailbox, gate };
}
