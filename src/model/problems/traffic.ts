import type { Span } from '../../base/span';
import { rule } from './rule';

/** Problems of traffic rules (cross-file-rules.md 5). */
export const trafficProblems = {
	notInternalEndpoint: (span: Span, name: string, role: string, known: readonly string[]) =>
		rule('notInternalEndpoint', 'error', span, { known })(
			`'${name}' of the role '${role}' is no internal endpoint; traffic rules apply to internal endpoints only.`,
		),
};
