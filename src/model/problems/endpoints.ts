import type { Span } from '../../base/span';
import { type Related, rule, type Unknown } from './rule';

/** Problems of endpoints and their ports (cross-file-rules.md 3). */
export const endpointsProblems = {
	duplicateEndpoint: (span: Span, name: string, role: string, related: Related) =>
		rule(
			'duplicateEndpoint',
			'error',
			span,
			{ name, role },
			related,
		)(
			`The role '${role}' already has an endpoint '${name}'; endpoint names are unique in a role, whatever their kind.`,
		),

	duplicatePort: (span: Span, port: number, other: string, related: Related) =>
		rule(
			'duplicatePort',
			'error',
			span,
			{ port },
			related,
		)(`The public port ${port} is already taken by ${other}; a public port can be used once in a service.`),

	portRangeOverlap: (span: Span, min: number, max: number, other: string, related: Related) =>
		rule(
			'portRangeOverlap',
			'error',
			span,
			{ min, max },
			related,
		)(
			`${min === max ? `The public port ${min} also belongs` : `The public ports ${min} to ${max} also belong`} to ${other}; choose ports that nothing else in the service uses.`,
		),

	reversedPortRange: (span: Span, min: number, max: number) =>
		rule('reversedPortRange', 'error', span, { min, max })(
			`The port range starts at ${min}, above its end ${max}; 'min' must not be greater than 'max'.`,
		),

	sharedLocalPort: (span: Span, port: number, other: string, related: Related) =>
		rule(
			'sharedLocalPort',
			'warning',
			span,
			{ port },
			related,
		)(
			`The local port ${port} is also that of the endpoint '${other}' of this role, so both reach the same listener; give one of them another local port.`,
		),

	httpsWithoutCertificate: (span: Span, endpoint: string, known: readonly string[]) =>
		rule('httpsWithoutCertificate', 'error', span, { known })(
			`The https endpoint '${endpoint}' names no certificate; set 'certificate' to a certificate of this role.`,
		),

	unknownEndpoint: (span: Span, name: string, role: string, known: readonly string[]) =>
		rule('unknownEndpoint', 'error', span, { kind: 'endpoint', name, role, known } satisfies Unknown as Unknown)(
			`The role '${role}' has no endpoint '${name}'; declare it among its endpoints, or correct the name.`,
		),
};
