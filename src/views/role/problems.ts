import { element } from '../element';
import type { RoleWords, ShownProblem } from './protocol';

/** A sign beside the word, so that nobody has to tell it by a colour. */
const signs: Readonly<Record<ShownProblem['severity'], string>> = {
	error: '✖',
	warning: '▲',
	information: 'ℹ',
	hint: '…',
};

export function problemList(words: RoleWords, problems: readonly ShownProblem[]): HTMLElement {
	return element(
		'ul',
		{ class: 'problems' },
		...problems.map(({ severity, message }) =>
			element(
				'li',
				{ class: severity },
				element('span', { 'aria-hidden': 'true' }, `${signs[severity]} `),
				`${words[`severity:${severity}`]}: ${message}`,
			),
		),
	);
}
