import type { Disposable } from '../base/emitter';
import type { Pace } from '../lifecycle/mailbox';
import type { Clock } from '../lifecycle/world';

/** The longest delay that a timer of the platform can hold; a longer one is taken in pieces. */
const longestTimer = 2 ** 31 - 1;

/**
 * The clock of a fabric that runs `timeFactor` times as fast as the wall clock. It begins at the present moment and
 * follows the monotonic clock from there, so that a corrected system time never makes fabric time jump.
 */
export function systemClock(timeFactor = 1): Clock {
	const began = Date.now();
	const origin = performance.now();
	return {
		now: () => Math.round(began + (performance.now() - origin) * timeFactor),
		after: (milliseconds, run) => timer(milliseconds / timeFactor, run),
	};
}

/** Wall time, for limits that are the world's own and not the fabric's: a host's hello, a dying process, a socket. */
export const wallClock: Clock = systemClock();

/** Long work of the fabric ends its turn now and then, so that everything else in the process has its own. */
export const pace: Pace = { now: () => performance.now(), later: run => void setImmediate(run) };

/** Resolves after so many milliseconds of wall time. */
export function pause(milliseconds: number): Promise<void> {
	return new Promise(resolve => timer(milliseconds, resolve));
}

function timer(milliseconds: number, run: () => void): Disposable {
	let left = milliseconds;
	let handle: NodeJS.Timeout;
	const next = (): void => {
		const piece = Math.min(left, longestTimer);
		left -= piece;
		handle = setTimeout(left > 0 ? next : run, piece);
	};
	next();
	return { dispose: () => clearTimeout(handle) };
}
