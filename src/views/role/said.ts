import { fill } from '../protocol';
import type { RoleWords, ShownForm } from './protocol';

/** All problems of a form, wherever they are shown: no DOM in here. */
export function problemsIn({ problems, sections }: ShownForm): number {
	return sections
		.flatMap(({ entries }) => entries)
		.flatMap(entry => [entry.problems, ...entry.fields.map(field => field.problems)])
		.reduce((count, each) => count + each.length, problems.length);
}

export function problemCount(words: RoleWords, form: ShownForm): string {
	const count = problemsIn(form);
	return count === 0 ? words.noProblems : fill(words.problemsAre, count);
}
