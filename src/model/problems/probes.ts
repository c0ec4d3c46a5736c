import type { Span } from '../../base/span';
import { type Related, rule } from './rule';

/** Problems of load balancer probes and internal load balancers (cross-file-rules.md 3). */
export const probesProblems = {
	unknownProbe: (span: Span, name: string, known: readonly string[]) =>
		rule('unknownProbe', 'error', span, { name, known })(
			`There is no load balancer probe '${name}'; declare it in LoadBalancerProbes, or correct the name.`,
		),

	unknownLoadBalancer: (span: Span, name: string, configuration: string, known: readonly string[], related: Related) =>
		rule(
			'unknownLoadBalancer',
			'error',
			span,
			{ name, known },
			related,
		)(
			`The configuration '${configuration}' has no load balancer '${name}'; add it to its LoadBalancers, or correct the name.`,
		),

	unusedLoadBalancer: (span: Span, name: string) =>
		rule('unusedLoadBalancer', 'warning', span, { what: `load balancer '${name}'` })(
			`No endpoint of the service definition uses the load balancer '${name}'; name it in 'loadBalancer' of an input endpoint, or remove it.`,
		),

	probeWithoutPath: (span: Span, name: string) =>
		rule('probeWithoutPath', 'error', span, { attribute: 'path', value: '/' })(
			`The http probe '${name}' has no path; set 'path' to an address that answers with 200.`,
		),

	pathOfTcpProbe: (span: Span, name: string) =>
		rule('pathOfTcpProbe', 'error', span, { attribute: 'path' })(
			`The probe '${name}' uses tcp, which has no path; remove it, or use http.`,
		),

	duplicateProbe: (span: Span, name: string, related: Related) =>
		rule(
			'duplicateProbe',
			'error',
			span,
			{ name },
			related,
		)(`There is already a load balancer probe '${name}'; give each probe a name of its own.`),

	probeTimeout: (span: Span, name: string, timeout: number, interval: number) =>
		rule('probeTimeout', 'warning', span, { attribute: 'timeoutInSeconds', value: String(2 * interval + 1) })(
			`The probe '${name}' gives up after ${timeout} seconds but asks every ${interval}; the timeout should be about twice the interval.`,
		),

	unusedProbe: (span: Span, name: string) =>
		rule('unusedProbe', 'information', span, { what: `probe '${name}'` })(
			`No endpoint uses the load balancer probe '${name}'; name it in 'loadBalancerProbe' of an input endpoint, or remove it.`,
		),
};
