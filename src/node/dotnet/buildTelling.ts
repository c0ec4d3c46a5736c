import {
	buildErrorOf,
	feedNotReached,
	importsNotFound,
	packagesNotFound,
	unresolvedIn,
	withoutProject,
} from './buildOutput';

/**
 * The lines of a build that a person should see: without the summary of MSBuild, which repeats and counts what was said, and
 * without the project behind each line. `details` is everything that was said of a failure.
 */
export function worthTelling(lines: readonly string[], details = ''): readonly string[] {
	const told = lines.filter(line => !summary.test(line) && !conflict.test(line)).map(withoutProject);
	const once = [...new Set(told)];
	return isForWant(details) ? firstErrors(once) : once;
}

const summary = /^\s*(|Build (succeeded|FAILED)\.|\d+ (Warning|Error)\(s\)|Time Elapsed .*)$/;

/** A conflict of versions is told in a dozen lines; the first one says it. */
const conflict = /: warning MSB3277: (?!Found conflicts)/;

/** Whether the build failed because something is not here, which the sentence at the end names. */
function isForWant(details: string): boolean {
	return (
		unresolvedIn(details).length > 0 ||
		importsNotFound(details).length > 0 ||
		packagesNotFound(details).length > 0 ||
		feedNotReached(details) !== undefined
	);
}

/**
 * One reference that is not there makes an error wherever the code uses it: the first ones tell all that there is to tell.
 * Of a file that is not there to import, the sentence at the end says everything.
 */
function firstErrors(lines: readonly string[]): readonly string[] {
	const codes = lines.map(line => buildErrorOf(line)?.code);
	const errors = lines.filter((_, index) => codes[index] !== undefined && codes[index] !== 'MSB4019');
	const others = errors.length - 3;
	return others > 1 ? [...errors.slice(0, 3), `and ${others} more errors`] : errors;
}
