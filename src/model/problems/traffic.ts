import type { Span } from '../../base/span';
import { type Related, rule } from './rule';

/** Problems of traffic rules (cross-file-rules.md 5). */
export const trafficProblems = {
	notInternalEndpoint: (span: Span, name: string, role: string, known: readonly string[]) =>
		rule('notInternalEndpoint', 'error', span, { known })(
			`'${name}' of the role '${role}' is no internal endpoint; traffic rules apply to internal endpoints only.`,
		),

	repeatedDestination: (span: Span, endpoint: string, role: string, related: Related) =>
		rule(
			'repeatedDestination',
			'warning',
			span,
			{ what: 'destination' },
			related,
		)(
			`Another OnlyAllowTrafficTo already names the endpoint '${endpoint}' of the role '${role}'; put its sources into one rule.`,
		),

	noTrafficSource: (span: Span) =>
		rule(
			'noTrafficSource',
			'warning',
			span,
			{},
		)('WhenSource names no role, so nobody reaches these endpoints; add a FromRole for each role that may.'),

	pointlessTrafficRules: (span: Span) =>
		rule('pointlessTrafficRules', 'information', span, { what: 'traffic rules' })(
			'Traffic rules say which roles reach which; a service of one role needs none.',
		),
};
