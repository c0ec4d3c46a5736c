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

	certificateWithoutEffect: (span: Span, endpoint: string, protocol: string) =>
		rule('certificateWithoutEffect', 'warning', span, { attribute: 'certificate' })(
			`The certificate of the endpoint '${endpoint}' has no effect with the protocol '${protocol}'; remove it, or use https.`,
		),

	idleTimeoutRange: (span: Span, minutes: number) =>
		rule('idleTimeoutRange', 'error', span, { instead: [minutes < 4 ? '4' : '30'] })(
			`An idle timeout of ${minutes} minutes is not possible; the load balancer accepts 4 to 30.`,
		),

	idleTimeoutWithoutTcp: (span: Span, endpoint: string) =>
		rule('idleTimeoutWithoutTcp', 'warning', span, { attribute: 'idleTimeoutInMinutes' })(
			`The endpoint '${endpoint}' uses udp, which has no connections that could be idle; remove its idle timeout.`,
		),

	webRoleWithoutHttp: (span: Span, role: string) =>
		rule('webRoleWithoutHttp', 'warning', span, { role })(
			`The web role '${role}' has no http or https input endpoint, so no browser reaches it; add one, or make it a worker role.`,
		),

	internalEndpointsWithoutSites: (span: Span, role: string) =>
		rule('internalEndpointsWithoutSites', 'warning', span, { role })(
			`The web role '${role}' has no Sites and more than one internal endpoint; without Sites it can have only one.`,
		),

	reservedPort: (span: Span, port: number, user: string) =>
		rule('reservedPort', 'warning', span, { port })(`The port ${port} is used by ${user}; choose another port.`),

	ignoredInEmulator: (span: Span, endpoint: string) =>
		rule('ignoredInEmulator', 'hint', span, { endpoint })(
			`The compute emulator of the SDK ignores the instance input endpoint '${endpoint}'; test it with Rolewright or in the cloud.`,
		),

	tooManyEndpoints: (span: Span, kind: string, name: string, limit: number) =>
		rule('tooManyEndpoints', 'error', span, { name })(
			`'${name}' is more than the ${limit} ${kind} endpoints that a deployment may have, those of imports included; remove one, or split the service.`,
		),
};
