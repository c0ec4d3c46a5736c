import { Failure } from '../base/failure';
import { LineMap } from '../base/lines';
import type { Problem } from '../base/problem';
import { isCloudOnly } from '../model/cloudOnly';
import type { Configuration } from '../model/configuration';
import type { Definition } from '../model/definition';
import { checkService } from '../model/rules';
import { chosenSeverity, type Severities } from '../model/severities';
import type { RolewrightFile } from './rolewrightFile';

/** An error in the files of a service, with its place as people and the command line count it: from 1. */
export interface ModelError {
	readonly file: string;
	readonly line: number;
	readonly column: number;
	readonly code: string;
	readonly message: string;
}

/** A service that is not started because its files are wrong; everything that is wrong is in `errors`. */
export class ModelFailure extends Failure {
	constructor(readonly errors: readonly ModelError[]) {
		super(
			errors.length === 1
				? `The service has an error; correct it and start again: ${errorText(errors[0])}`
				: `The service has ${errors.length} errors; correct them and start again, the first one: ${errorText(errors[0])}`,
		);
	}
}

export function errorText(error: ModelError | undefined): string {
	return error ? `${error.file}:${error.line}:${error.column} ${error.message} [${error.code}]` : '';
}

/** What keeps these two files from being run: what no parser can make sense of, and the broken rules that are errors. */
export function errorsBeforeRun(
	definition: Definition,
	configuration: Configuration,
	{ severity }: RolewrightFile,
): readonly ModelError[] {
	const rules = checkService({ definition, configurations: [configuration] });
	return [definition, configuration].flatMap(({ path, document }) => {
		const lines = new LineMap(document.text);
		return [...document.problems, ...(rules.get(path) ?? [])]
			.filter(problem => keepsFromRunning(problem, severity))
			.map(({ code, message, span }) => ({ file: path, ...lines.placeAt(span.start), code, message }));
	});
}

/** What only the cloud would refuse does not, unless the project says so itself. */
function keepsFromRunning(problem: Problem, choices: Severities): boolean {
	const counts = !isCloudOnly(problem.code) || Object.hasOwn(choices, problem.code);
	return counts && chosenSeverity(problem, choices) === 'error';
}
