import type { Disposable } from '../base/emitter';
import type { Clock } from './world';

/**
 * A clock that stands still while anybody holds it: what is due comes later by as long as it stood. So a limit does not run
 * out, and a status check does not count as missed, while a debugger has stopped a role.
 */
export function standingClock(clock: Clock): Clock & Required<Pick<Clock, 'hold'>> {
	const alarms = new Set<Alarm>();
	/** Milliseconds for which it has stood in all. */
	let lost = 0;
	let stoodSince: number | undefined;
	let holds = 0;
	const now = (): number => (stoodSince ?? clock.now()) - lost;
	const arm = (alarm: Alarm, left: number): void => {
		alarm.timer = clock.after(left, () => {
			alarms.delete(alarm);
			alarm.run();
		});
	};
	const goOn = (since: number): void => {
		lost += clock.now() - since;
		stoodSince = undefined;
		for (const alarm of alarms) {
			arm(alarm, Math.max(0, alarm.due - now()));
		}
	};
	return {
		now,
		after: (milliseconds, run) => {
			const alarm: Alarm = { due: now() + milliseconds, run, timer: undefined };
			alarms.add(alarm);
			if (stoodSince === undefined) {
				arm(alarm, milliseconds);
			}
			return {
				dispose: () => {
					alarms.delete(alarm);
					alarm.timer?.dispose();
				},
			};
		},
		hold: () => {
			let isHeld = true;
			holds++;
			if (stoodSince === undefined) {
				stoodSince = clock.now();
				for (const alarm of alarms) {
					alarm.timer?.dispose();
				}
			}
			return {
				dispose: () => {
					holds -= isHeld ? 1 : 0;
					isHeld = false;
					if (holds === 0 && stoodSince !== undefined) {
						goOn(stoodSince);
					}
				},
			};
		},
	};
}

interface Alarm {
	readonly due: number;
	readonly run: () => void;
	timer: Disposable | undefined;
}
