import type { InstanceStatus } from '../journal/journal';

/**
 * How a role that keeps ending is started again. No document gives a delay or says when `RestartingRole` becomes
 * `CyclingRole` (role-lifecycle.md 8.4): the numbers here are ours, made for a desktop that should not be worn out, and
 * texts name them so.
 */

/** Milliseconds before the first, second, ... start after a failure; the last one stays. */
export const restartDelays: readonly number[] = [0, 1_000, 2_000, 5_000, 15_000, 30_000];

/** The failure in a row from which an instance is shown as `CyclingRole`. */
export const cyclingFrom = 4;

/** A life that was Ready for so many milliseconds makes the failures before it forgotten. */
export const steadyAfter = 60_000;

/** The delay before the next start, after so many failures in a row (at least one). */
export function restartDelay(failures: number): number {
	return restartDelays[Math.min(failures, restartDelays.length) - 1] ?? 0;
}

/** `RestartingRole` at first, `CyclingRole` when it goes on. */
export function restartingStatus(failures: number): InstanceStatus {
	return failures >= cyclingFrom ? 'CyclingRole' : 'RestartingRole';
}
