import type { Problem, Severity } from '../base/problem';

/** How severe a problem is to be, by its code: what a project decides for itself (interfaces.md 3). `off` leaves it out. */
export type Severities = Readonly<Record<string, SeverityChoice>>;
export type SeverityChoice = Severity | 'off';

/** In the order of their weight. */
export const severityChoices: readonly SeverityChoice[] = ['error', 'warning', 'information', 'hint', 'off'];

/**
 * How severe a problem is after these choices. A text that is not well-formed stays so whatever anybody decides: every
 * tool that reads it refuses it.
 */
export function chosenSeverity({ code, layer, severity }: Problem, choices: Severities): SeverityChoice {
	return layer !== 'syntax' && Object.hasOwn(choices, code) ? (choices[code] ?? severity) : severity;
}

/** The problems as severe as they are to be, without those that are turned off. */
export function withSeverities(problems: readonly Problem[], choices: Severities): readonly Problem[] {
	if (Object.keys(choices).length === 0) {
		return problems;
	}
	return problems.flatMap(problem => {
		const severity = chosenSeverity(problem, choices);
		return severity === 'off' ? [] : severity === problem.severity ? [problem] : [{ ...problem, severity }];
	});
}
