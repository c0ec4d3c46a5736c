import { playHistory } from '../support/randomHistory';

/** The fabric under 100,000 random histories; forty longer ones are in the usual ring. */

const histories = 100_000;
const events = 25;
const inOneTest = 1_000;

suite('a hundred thousand random histories', () => {
	for (let first = 1; first <= histories; first += inOneTest) {
		test(`seeds ${first} to ${first + inOneTest - 1}`, async () => {
			for (let seed = first; seed < first + inOneTest; seed++) {
				await playHistory(seed, events).catch((error: unknown) => {
					throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : error}`, { cause: error });
				});
			}
		});
	}
});
