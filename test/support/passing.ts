import { mock } from 'node:test';

/** What is gathered or put off by so many milliseconds (timers that `act` sets) happens at once. */
export function passing(milliseconds: number, act: () => void): void {
	mock.timers.enable({ apis: ['setTimeout'] });
	try {
		act();
		mock.timers.tick(milliseconds);
	} finally {
		mock.timers.reset();
	}
}
