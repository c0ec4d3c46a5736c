import type { Span } from '../../base/span';
import { rule } from './rule';

/** Problems of thumbprints and certificate stores (cross-file-rules.md 7). */
export const certificatesProblems = {
	thumbprintLength: (span: Span, name: string, length: number) =>
		rule('thumbprintLength', 'warning', span, { length })(
			`The thumbprint of the certificate '${name}' has ${length} digits; a sha1 thumbprint has 40.`,
		),

	blanksInThumbprint: (span: Span, name: string, instead: string) =>
		rule('blanksInThumbprint', 'warning', span, { instead: [instead] })(
			`The thumbprint of the certificate '${name}' holds blanks; write its digits without them.`,
		),

	placeholderThumbprint: (span: Span, name: string, configuration: string) =>
		rule('placeholderThumbprint', 'warning', span, { name })(
			`The thumbprint of the certificate '${name}' is only a placeholder${configuration === '' ? '' : ` in the configuration '${configuration}'`}; write that of the certificate that you uploaded.`,
		),

	tooManyCertificates: (span: Span, name: string, limit: number) =>
		rule('tooManyCertificates', 'error', span, { name })(
			`The certificate '${name}' is more than the ${limit} certificates that a service may have; share one certificate between roles.`,
		),

	misspeltStore: (span: Span) =>
		rule('misspeltStore', 'warning', span, { instead: ['Disallowed'] })(
			"The store is called 'Disallowed'; 'Disallow' silently makes a new store of that name.",
		),
};
