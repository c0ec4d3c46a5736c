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

	noInstances: (span: Span, role: string, count: number) =>
		rule('noInstances', count < 0 ? 'error' : 'warning', span, { instead: ['1'] })(
			`The role '${role}' is to have ${count} instances; a role that is deployed has at least one.`,
		),

	singleInstance: (span: Span, role: string) =>
		rule('singleInstance', 'information', span, { instead: ['2'] })(
			`The role '${role}' has one instance: it is down during every update, and no service level agreement covers it; two or more are needed for both.`,
		),

	webDeployInstances: (span: Span, role: string, count: number) =>
		rule('webDeployInstances', 'warning', span, { instead: ['1'] })(
			`The role '${role}' imports WebDeploy, which publishes to one instance, but has ${count}; use one instance, or remove the import.`,
		),

	tooManyUpgradeDomains: (span: Span, count: number) =>
		rule('tooManyUpgradeDomains', 'error', span, { instead: ['20'] })(
			`The service asks for ${count} upgrade domains; there are at most 20.`,
		),

	unusedUpgradeDomains: (span: Span, count: number, largest: number) =>
		rule('unusedUpgradeDomains', 'information', span, { instead: [String(largest)] })(
			`No role has more than ${largest} ${largest === 1 ? 'instance' : 'instances'}, so some of the ${count} upgrade domains stay empty; lower the number.`,
		),

	tooManyRoles: (span: Span, name: string, limit: number) =>
		rule('tooManyRoles', 'error', span, { name })(
			`The role '${name}' is more than the ${limit} roles that a deployment may have; merge roles, or split the service.`,
		),
};
