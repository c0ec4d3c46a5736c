import type { Severity } from '../../base/problem';
import type { Span } from '../../base/span';
import { type EntryKind, type Related, rule, type Unknown } from './rule';

/** Problems of names and pairing of the two files (cross-file-rules.md 1). */
export const namesProblems = {
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

	schemaVersionDiffers: (span: Span, version: string, expected: string, related: Related) =>
		rule(
			'schemaVersionDiffers',
			'warning',
			span,
			{ instead: [expected] },
			related,
		)(
			`The schemaVersion '${version}' differs from '${expected}' in the service definition; both files should be for the same SDK.`,
		),

	unequalConfigurations: (span: Span, kind: EntryKind, name: string, role: string, other: string, related: Related) =>
		rule(
			'unequalConfigurations',
			'warning',
			span,
			{ kind, name, role },
			related,
		)(
			kind === 'role'
				? `The configuration '${other}' has the role '${name}', this one has not; add it here, or remove it there.`
				: `The configuration '${other}' gives the role '${role}' the ${kind} '${name}', this one does not; add it here, or remove it there.`,
		),

	serviceNamedLikeRole: (span: Span, name: string, severity: Severity, related: Related) =>
		rule(
			'serviceNamedLikeRole',
			severity,
			span,
			{ name },
			related,
		)(`The service and a role are both named '${name}'; extended support fails to deploy that, so rename one of them.`),
};
