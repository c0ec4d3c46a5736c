import type { Span } from '../../base/span';
import { rule } from './rule';

/** Problems of sites and their bindings (cross-file-rules.md 4). */
export const sitesProblems = {
	unsuitableBinding: (span: Span, name: string, what: string, known: readonly string[]) =>
		rule('unsuitableBinding', 'warning', span, { known })(
			`'${name}' is ${what}; a site is bound to an input endpoint or to an internal http endpoint.`,
		),
};
