import { measureLanguage } from './language';
import { line, type Measured } from './measure';

/** `npm run bench`: prints each measured time beside its bound and its peer. Exit code 1 where a bound is not kept. */
const measured: readonly Measured[] = measureLanguage();
for (const each of measured) {
	console.log(line(each));
}
process.exitCode = measured.some(({ milliseconds, bound }) => bound !== undefined && milliseconds > bound) ? 1 : 0;
