import type { Problem, Severity } from '../base/problem';
import type { Span } from '../base/span';
import type { NameKind } from './names';

type Related = NonNullable<Problem['related']>;

/** The kinds of a configuration's entries that answer a declaration. */
export type EntryKind = 'role' | 'setting' | 'certificate';

/** Where a name was looked for: its kind, the role it would belong to, and the names that are there instead. */
export interface Unknown {
	readonly kind: NameKind & ('role' | 'setting' | 'certificate' | 'endpoint');
	readonly name: string;
	readonly role: string | undefined;
	readonly known: readonly string[];
}

/**
 * Every rule problem (cross-file-rules.md): code, severity, message, and what a fix needs. The page of a code is
 * `docs/problems/CODE.md`.
 */
export const problems = {
	serviceNameDiffers: (span: Span, name: string, expected: string, related: Related) =>
		rule(
			'serviceNameDiffers',
			'error',
			span,
			{ expected },
			related,
		)(
			`The service name '${name}' differs from '${expected}' in the service definition; both files must give the same name.`,
		),

	duplicateRole: (span: Span, name: string, related: Related) =>
		rule(
			'duplicateRole',
			'error',
			span,
			{ name },
			related,
		)(`There is already a role '${name}' in this file; give each role a name of its own, or remove one.`),

	missingRole: (span: Span, name: string, related: Related) =>
		rule(
			'missingRole',
			'error',
			span,
			{ kind: 'role' as const, name, role: name },
			related,
		)(`The role '${name}' of the service definition has no Role element here; add one with its number of instances.`),

	unknownRole: (span: Span, name: string, known: readonly string[]) =>
		rule('unknownRole', 'error', span, { kind: 'role', name, role: undefined, known } satisfies Unknown as Unknown)(
			`There is no role '${name}' in the service definition; declare it there, or correct the name.`,
		),

	duplicateSetting: (span: Span, name: string, role: string, related: Related) =>
		rule(
			'duplicateSetting',
			'error',
			span,
			{ name, role },
			related,
		)(`The role '${role}' already has a setting '${name}' in this file; keep one of them.`),

	missingSetting: (span: Span, name: string, role: string, related: Related) =>
		rule(
			'missingSetting',
			'error',
			span,
			{ kind: 'setting' as const, name, role },
			related,
		)(`The role '${role}' declares the setting '${name}', which has no value here; add a Setting element for it.`),

	unknownSetting: (span: Span, name: string, role: string, known: readonly string[]) =>
		rule('unknownSetting', 'error', span, { kind: 'setting', name, role, known } satisfies Unknown as Unknown)(
			`The setting '${name}' is not declared for the role '${role}' in the service definition; declare it there, or remove it here.`,
		),

	missingCertificate: (span: Span, name: string, role: string, related: Related) =>
		rule(
			'missingCertificate',
			'error',
			span,
			{ kind: 'certificate' as const, name, role },
			related,
		)(
			`The role '${role}' declares the certificate '${name}', which has no thumbprint here; add a Certificate element for it.`,
		),

	unknownCertificate: (span: Span, name: string, role: string, known: readonly string[]) =>
		rule('unknownCertificate', 'error', span, { kind: 'certificate', name, role, known } satisfies Unknown as Unknown)(
			`The certificate '${name}' is not declared for the role '${role}' in the service definition; declare it there, or correct the name.`,
		),

	undeclaredCertificate: (span: Span, name: string, role: string, known: readonly string[]) =>
		rule('undeclaredCertificate', 'warning', span, {
			kind: 'certificate',
			name,
			role,
			known,
		} satisfies Unknown as Unknown)(
			`The certificate '${name}' of this endpoint is not declared among the certificates of the role '${role}'; declare it there with its store.`,
		),

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

	unsuitableBinding: (span: Span, name: string, what: string, known: readonly string[]) =>
		rule('unsuitableBinding', 'warning', span, { known })(
			`'${name}' is ${what}; a site is bound to an input endpoint or to an internal http endpoint.`,
		),

	notInternalEndpoint: (span: Span, name: string, role: string, known: readonly string[]) =>
		rule('notInternalEndpoint', 'error', span, { known })(
			`'${name}' of the role '${role}' is no internal endpoint; traffic rules apply to internal endpoints only.`,
		),

	ignoreWithoutReason: (span: Span, code: string) =>
		rule('ignoreWithoutReason', 'warning', span, { ignored: code })(
			`This comment silences '${code}' without saying why; write the reason after the colon.`,
		),

	unusedIgnore: (span: Span, code: string) =>
		rule('unusedIgnore', 'warning', span, { ignored: code })(
			`This comment silences nothing: there is no problem '${code}' in the element below it; remove it.`,
		),
};

export type RuleProblem = ReturnType<(typeof problems)[keyof typeof problems]>;
export type RuleCode = RuleProblem['code'];
export const ruleCodes: readonly string[] = Object.keys(problems);

/** The data come first and the message last, so that the table reads as code, severity, data, sentence. */
function rule<Code extends string, Data extends object>(
	code: Code,
	severity: Severity,
	span: Span,
	data: Data,
	related?: Related,
) {
	return (message: string) => ({
		code,
		severity,
		layer: 'rule' as const,
		span: { start: span.start, end: span.end },
		message,
		...data,
		...(related && related.length > 0 ? { related } : {}),
	});
}
