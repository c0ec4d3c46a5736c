import type { Severity } from '../../base/problem';
import type { Span } from '../../base/span';
import { type Related, rule } from './rule';

/** Problems of sites and their bindings (cross-file-rules.md 4). */
export const sitesProblems = {
	unsuitableBinding: (span: Span, name: string, what: string, known: readonly string[]) =>
		rule('unsuitableBinding', 'warning', span, { known })(
			`'${name}' is ${what}; a site is bound to an input endpoint or to an internal http endpoint.`,
		),

	boundProtocol: (span: Span, name: string, protocol: string, known: readonly string[]) =>
		rule('boundProtocol', 'warning', span, { known })(
			`'${name}' is a ${protocol} endpoint; a site answers http or https, and tcp only for net.tcp.`,
		),

	duplicateBinding: (span: Span, endpoint: string, hostHeader: string, related: Related) =>
		rule(
			'duplicateBinding',
			'error',
			span,
			{ what: 'binding' },
			related,
		)(
			`The endpoint '${endpoint}' is already bound ${hostHeader === '' ? 'without a host header' : `for the host header '${hostHeader}'`}; give one of the bindings another host header or endpoint.`,
		),

	/** Bindings of one name are known to have worked. */
	duplicateSiteName: (span: Span, kind: string, name: string, related: Related) =>
		rule(
			'duplicateSiteName',
			kind === 'binding' ? 'warning' : 'error',
			span,
			{ name },
			related,
		)(`There is already a ${kind} '${name}' here (upper and lower case count as the same); give it another name.`),

	unboundEndpoint: (span: Span, endpoint: string, role: string) =>
		rule('unboundEndpoint', 'warning', span, { endpoint, role })(
			`No site of the role '${role}' is bound to the endpoint '${endpoint}', so nothing answers there; bind a site to it, or remove it.`,
		),

	siteWithoutDirectory: (span: Span, kind: string, name: string, severity: Severity) =>
		rule('siteWithoutDirectory', severity, span, { name })(
			`The ${kind} '${name}' has no physicalDirectory; set it, unless it is given with /sites when the service is packed.`,
		),
};
