import type { Span } from '../../base/span';
import { type Related, rule, type Unknown } from './rule';

/** Problems of the settings and certificates that the two files share (cross-file-rules.md 1, 3.6). */
export const entriesProblems = {
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

	unknownSetting: (span: Span, name: string, role: string, known: readonly string[], published: boolean) =>
		rule('unknownSetting', published ? 'warning' : 'error', span, {
			kind: 'setting',
			name,
			role,
			known,
		} satisfies Unknown as Unknown)(
			published
				? `The setting '${name}' is one that Visual Studio writes when it publishes, and the role '${role}' does not declare it; remove it from the files that you keep.`
				: `The setting '${name}' is not declared for the role '${role}' in the service definition; declare it there, or remove it here.`,
		),

	missingCertificate: (span: Span, name: string, role: string, published: boolean, related: Related) =>
		rule(
			'missingCertificate',
			published ? 'warning' : 'error',
			span,
			{ kind: 'certificate' as const, name, role },
			related,
		)(
			published
				? `The role '${role}' declares the certificate '${name}', whose thumbprint LightSwitch writes when it publishes; to deploy by other means, add a Certificate element for it.`
				: `The role '${role}' declares the certificate '${name}', which has no thumbprint here; add a Certificate element for it.`,
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
};
