import type { Span } from '../../base/span';
import { type Related, rule } from './rule';

/** Problems of instances and upgrade domains (cross-file-rules.md 2). */
export const instancesProblems = {
	tooManyInstances: (span: Span, role: string, count: number, endpoint: string, ports: number, related: Related) =>
		rule(
			'tooManyInstances',
			'error',
			span,
			{ ports },
			related,
		)(
			`The role '${role}' has ${count} instances, but its instance input endpoint '${endpoint}' has only ${ports} public ${ports === 1 ? 'port' : 'ports'}; widen the range in the service definition, or lower the count.`,
		),
};
