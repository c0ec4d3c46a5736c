import type { Span } from '../../base/span';
import { type Related, rule, type Unknown } from './rule';

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
};
