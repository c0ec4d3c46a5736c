import type { Effect } from '../instance/instance';
import type { Cause, JournalEntry, JournalEvent } from '../journal/journal';
import type { JournalWriter } from '../journal/journalWriter';
import type { InstanceSnapshot } from '../snapshot';

/** The effects that only the journal and the snapshot hear of. */
export type Told = Extract<
	Effect,
	{ readonly do: 'state' | 'step' | 'rotation' | 'restart' | 'statusCheck' | 'error' | 'refuse' | 'note' }
>;

/** What is written of one instance, and the last of it for the snapshot. */
export class InstanceRecord {
	inRotation = false;
	lastRestart: readonly Cause[] | undefined;
	state: Pick<InstanceSnapshot, 'state' | 'text' | 'since'>;

	constructor(
		private readonly id: string,
		private readonly journal: JournalWriter,
		now: number,
	) {
		this.state = { state: 'Unknown', text: 'Not started', since: new Date(now).toISOString() };
	}

	/** An arrow, so that it can be handed out. */
	readonly write = (event: JournalEvent): JournalEntry => this.journal.write(event, this.id);

	tell(effect: Told): void {
		switch (effect.do) {
			case 'state': {
				const { state, text } = effect;
				this.state = { state, text: this.journal.mask(text), since: this.write({ event: 'state', state, text }).at };
				return;
			}
			case 'step':
				this.write({ event: 'step', step: effect.step, phase: effect.phase, text: effect.text });
				return;
			case 'rotation':
				this.inRotation = effect.rotation === 'in';
				this.write({ event: 'rotation', rotation: effect.rotation, why: effect.why });
				return;
			case 'restart':
				this.write({ event: 'restart', cause: effect.cause, delay: effect.delay });
				this.lastRestart = effect.cause.map(cause => this.journal.maskedCause(cause));
				return;
			case 'statusCheck':
				this.write({ event: 'call', call: 'StatusCheck', phase: 'begin' });
				this.write({ event: 'call', call: 'StatusCheck', phase: 'end', result: effect.status });
				return;
			case 'refuse':
				this.write({ event: 'error', text: `${this.id} ${effect.text}` });
				return;
			case 'error':
			case 'note':
				this.write({ event: effect.do, text: effect.text });
				return;
		}
	}
}
