import type { Disposable } from '../../base/emitter';
import type { Clock } from '../../lifecycle/world';
import type { ChannelReader } from './channels';
import { type GoalState, goalStateFrame } from './documents';

/**
 * Hands goal states to the readers, to each one at a time: a client takes what one read gives it as one frame, so its
 * next is sent when the last was acknowledged, or after a pause. States that wait become one, the latest
 * (runtime-protocol.md 7).
 */
export interface GoalStates extends Disposable {
	hasReader(): boolean;
	addReader(reader: ChannelReader): void;
	publish(goal: GoalState): void;
	/** Some client has answered to this incarnation. */
	acknowledged(incarnation: number): void;
}

/** Milliseconds for clients that never acknowledge. */
const pauseLength = 250;

/** What one reader was told last, and how long it is left alone with it. */
interface Told {
	incarnation: number;
	pause: Disposable | undefined;
}

export function goalStates(first: GoalState, clock: Clock): GoalStates {
	const readers = new Map<ChannelReader, Told>();
	let latest = first;

	const tell = (reader: ChannelReader, told: Told): void => {
		told.incarnation = latest.incarnation;
		told.pause?.dispose();
		told.pause = clock.after(pauseLength, () => goOn(reader, told));
		reader.write(goalStateFrame(latest));
	};
	const goOn = (reader: ChannelReader, told: Told): void => {
		told.pause?.dispose();
		told.pause = undefined;
		if (told.incarnation !== latest.incarnation) {
			tell(reader, told);
		}
	};
	const forgetTheGone = (): void => {
		for (const [reader, told] of readers) {
			if (!reader.isThere()) {
				told.pause?.dispose();
				readers.delete(reader);
			}
		}
	};
	return {
		hasReader: () => {
			forgetTheGone();
			return readers.size > 0;
		},
		addReader: reader => {
			forgetTheGone();
			const told: Told = { incarnation: latest.incarnation, pause: undefined };
			readers.set(reader, told);
			tell(reader, told);
		},
		publish: goal => {
			latest = goal;
			forgetTheGone();
			for (const [reader, told] of readers) {
				if (!told.pause) {
					tell(reader, told);
				}
			}
		},
		acknowledged: incarnation => {
			for (const [reader, told] of readers) {
				if (told.pause && told.incarnation === incarnation) {
					goOn(reader, told);
				}
			}
		},
		dispose: () => {
			for (const { pause } of readers.values()) {
				pause?.dispose();
			}
		},
	};
}
