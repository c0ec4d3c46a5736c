import type { Socket } from 'node:net';
import type { Disposable } from '../../base/emitter';
import type { Clock } from '../../lifecycle/host';
import { type GoalState, goalStateFrame } from './documents';

/**
 * Hands goal states to the readers, one at a time: a client takes what one read gives it as one frame, so the next is
 * sent when the last was acknowledged, or after a pause. States that wait become one, the latest (runtime-protocol.md 7).
 */
export interface GoalStates extends Disposable {
	readonly current: GoalState;
	hasReader(): boolean;
	addReader(socket: Socket): void;
	publish(goal: GoalState): void;
	/** Some client has answered to this incarnation. */
	acknowledged(incarnation: number): void;
}

/** Milliseconds for clients that never acknowledge. */
const pauseLength = 250;

export function goalStates(first: GoalState, clock: Clock): GoalStates {
	const readers = new Set<Socket>();
	let current = first;
	let waiting: GoalState | undefined;
	let pause: Disposable | undefined;

	const pauseEnded = (): void => {
		pause?.dispose();
		pause = undefined;
		if (waiting) {
			current = waiting;
			waiting = undefined;
			write([...readers]);
		}
	};
	const write = (to: readonly Socket[]): void => {
		pause?.dispose();
		pause = clock.after(pauseLength, pauseEnded);
		for (const reader of to) {
			// In one write: the Node client keeps no rest of a frame.
			reader.write(goalStateFrame(current));
		}
	};
	return {
		get current() {
			return current;
		},
		hasReader: () => readers.size > 0,
		addReader: socket => {
			readers.add(socket);
			const leave = (): void => void readers.delete(socket);
			socket.once('end', leave).once('close', leave);
			write([socket]);
		},
		publish: goal => {
			waiting = goal;
			if (!pause) {
				pauseEnded();
			}
		},
		acknowledged: incarnation => {
			if (pause && incarnation === current.incarnation) {
				pauseEnded();
			}
		},
		dispose: () => pause?.dispose(),
	};
}
