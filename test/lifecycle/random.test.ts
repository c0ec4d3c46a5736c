import { playHistory } from '../support/randomHistory';

/** A hundred thousand more are in `test/soak`. */
suite('random histories', () => {
	for (let seed = 1; seed <= 15; seed++) {
		test(`seed ${seed}`, () => playHistory(seed));
	}
});
