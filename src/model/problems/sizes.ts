import type { Severity } from '../../base/problem';
import type { Span } from '../../base/span';
import { replacementSize, successorOf } from '../vmSizes';
import { type Related, rule } from './rule';

/** Problems of sizes and local storage (cross-file-rules.md 6). */
export const sizesProblems = {
	localStorageTooLarge: (span: Span, role: string, sum: number, size: string, disk: number) =>
		rule('localStorageTooLarge', 'warning', span, { role })(
			`The local storage of the role '${role}' is ${sum} MB in all, more than the local disk of ${size} with ${disk} MB; lower the sizes, or choose a larger size.`,
		),

	diagnosticStoreSpace: (span: Span, role: string, sum: number, size: string, disk: number) =>
		rule('diagnosticStoreSpace', 'information', span, { role })(
			`The local storage of the role '${role}' is ${sum} MB; the tools add 4096 MB for diagnostics, which the local disk of ${size} with ${disk} MB does not hold. Declare a smaller local storage 'DiagnosticStore', or choose a larger size.`,
		),

	duplicateLocalStorage: (span: Span, name: string, role: string, related: Related) =>
		rule(
			'duplicateLocalStorage',
			'error',
			span,
			{ name },
			related,
		)(`The role '${role}' already has a local storage '${name}'; give each a name of its own.`),

	unknownVmSize: (span: Span, size: string, instead: readonly string[]) =>
		rule('unknownVmSize', 'warning', span, { instead })(
			instead[0]?.toLowerCase() === size.toLowerCase()
				? `The platform lists the size '${size}' as '${instead[0]}'; write it in the same letters.`
				: `'${size}' is no size of a role that is known here; check it against the list of your region.`,
		),

	refusedVmSize: (span: Span, size: string) =>
		rule('refusedVmSize', 'error', span, { instead: [replacementSize] })(
			`The platform refuses the size '${size}': roles can't have sizes of the B series; use ${replacementSize}, for example.`,
		),

	vmSizeAlias: (span: Span, size: string, name: string) =>
		rule('vmSizeAlias', 'warning', span, { instead: [name] })(
			`'${size}' was documented as another name of '${name}', but the service does not list it; write '${name}'.`,
		),

	vmRoleSize: (span: Span, size: string) =>
		rule('vmRoleSize', 'warning', span, { instead: ['Small', 'Medium', 'Large', 'ExtraLarge', 'ExtraSmall'] })(
			`'${size}' is no size of a virtual machine role; they have ExtraSmall to ExtraLarge.`,
		),

	legacyVmSize: (span: Span, size: string, renamed: string, severity: Severity) =>
		rule('legacyVmSize', severity, span, { instead: [successorOf(size), renamed] })(
			`Extended support does not know the size '${size}'; use ${successorOf(size)} or a newer size (its own name of the same size, ${renamed}, is deprecated too).`,
		),

	missingVmSize: (span: Span, role: string, severity: Severity) =>
		rule('missingVmSize', severity, span, { attribute: 'vmsize', value: replacementSize })(
			`The role '${role}' has no vmsize, which means Small, and extended support has no such size; set vmsize.`,
		),

	retiredVmSize: (span: Span, size: string, retired: string) =>
		rule('retiredVmSize', 'warning', span, { instead: [successorOf(size)] })(
			`The size '${size}' was to be left by ${retired}; choose one of another series.`,
		),
};
