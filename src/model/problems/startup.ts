import type { Span } from '../../base/span';
import { type Related, rule } from './rule';

/** Problems of startup, runtime and contents (cross-file-rules.md 12). */
export const startupProblems = {
	variableWithoutValue: (span: Span, name: string) =>
		rule('variableWithoutValue', 'error', span, { attribute: 'value', value: '' })(
			`The variable '${name}' has no value; set 'value', or add a RoleInstanceValue.`,
		),

	variableWithTwoValues: (span: Span, name: string) =>
		rule('variableWithTwoValues', 'warning', span, { attribute: 'value' })(
			`The variable '${name}' has a value and a RoleInstanceValue; keep one of them.`,
		),

	unknownXPath: (span: Span, xpath: string, instead: readonly string[]) =>
		rule('unknownXPath', 'warning', span, { instead })(
			`'${xpath}' is none of the documented paths into the role environment; choose one of them.`,
		),

	/** A warning: a service is known to have run for years with such a path. */
	unknownNameInXPath: (span: Span, what: string, name: string, role: string, known: readonly string[]) =>
		rule('unknownNameInXPath', 'warning', span, { name, known })(
			`The role '${role}' has no ${what} '${name}'; declare it, or correct the name.`,
		),

	readyOnProcessStart: (span: Span) =>
		rule('readyOnProcessStart', 'error', span, { instead: ['true'] })(
			"'setReadyOnProcessStart' has to be true; false is reserved.",
		),

	pathBelowApproot: (span: Span, what: string, instead: string) =>
		rule('pathBelowApproot', 'warning', span, { instead: [instead] })(
			`${what} is relative to the approot already; leave out %ROLEROOT%\\Approot.`,
		),

	scriptWithMark: (span: Span, script: string) =>
		rule('scriptWithMark', 'warning', span, { script })(
			`The script '${script}' starts with a byte order mark, which the command processor takes for a command; save it without one.`,
		),

	partialTrust: (span: Span, role: string) =>
		rule('partialTrust', 'warning', span, { attribute: 'enableNativeCodeExecution' })(
			`The role '${role}' is to run in partial trust, which is obsolete; remove 'enableNativeCodeExecution'.`,
		),

	duplicateVariable: (span: Span, name: string, related: Related) =>
		rule(
			'duplicateVariable',
			'warning',
			span,
			{ what: `second variable '${name}'` },
			related,
		)(
			`There is already a variable '${name}' in this Environment (upper and lower case count as the same); keep one of them.`,
		),

	duplicateContent: (span: Span, destination: string, related: Related) =>
		rule(
			'duplicateContent',
			'warning',
			span,
			{ what: `second content for '${destination}'` },
			related,
		)(`Another Content is already copied to '${destination}'; choose another destination.`),

	missingSourceDirectory: (span: Span, directory: string) =>
		rule('missingSourceDirectory', 'warning', span, { directory })(
			`There is no folder '${directory}' to copy; correct the path, or create the folder before the service is packed.`,
		),
};
