import type { Severity } from '../../base/problem';
import type { Span } from '../../base/span';
import { diagnosticsSetting } from '../modules';
import { type Related, rule } from './rule';

/** A service that a module was for, when it ended and what does the same today. */
export interface Retired {
	readonly service: string;
	readonly when: string;
	readonly instead: string;
}

/** Problems of imported modules (cross-file-rules.md 8). */
export const modulesProblems = {
	noRemoteForwarder: (span: Span, role: string) =>
		rule('noRemoteForwarder', 'warning', span, { role })(
			`The role '${role}' imports RemoteAccess, but no role imports RemoteForwarder, which leads connections to it; import it in exactly one role.`,
		),

	severalRemoteForwarders: (span: Span, role: string, moduleName: string, related: Related) =>
		rule(
			'severalRemoteForwarders',
			'error',
			span,
			{ role, moduleName },
			related,
		)(
			`RemoteForwarder is imported by another role too, and both take the public port 3389; import it in exactly one role.`,
		),

	remoteForwarderAlone: (span: Span, role: string, moduleName: string) =>
		rule('remoteForwarderAlone', 'warning', span, { role, moduleName })(
			'RemoteForwarder leads connections to roles with RemoteAccess, but no role imports that; import RemoteAccess where you want remote desktop, or remove this import.',
		),

	duplicateImport: (span: Span, name: string, role: string, related: Related) =>
		rule(
			'duplicateImport',
			'error',
			span,
			{ what: `second import of '${name}'` },
			related,
		)(`The role '${role}' imports the module '${name}' twice; keep one import.`),

	diagnosticsImport: (span: Span, role: string) =>
		rule('diagnosticsImport', 'warning', span, { role })(
			`SDK 2.6 and later have no module 'Diagnostics'; declare its setting ${diagnosticsSetting} yourself and use the diagnostics extension.`,
		),

	retiredModule: (span: Span, role: string, moduleName: string, gone: Retired) =>
		rule('retiredModule', 'warning', span, { role, moduleName })(
			`The module '${moduleName}' belongs to ${gone.service}, which was retired in ${gone.when}; remove the import with its settings, and use ${gone.instead}.`,
		),

	unknownModule: (span: Span, name: string, known: readonly string[]) =>
		rule('unknownModule', 'warning', span, { name, known })(
			`The module '${name}' is not one of the SDK; make sure that it is installed where the service is packed, or correct the name.`,
		),

	remoteDesktopModule: (span: Span, role: string, moduleName: string, severity: Severity) =>
		rule('remoteDesktopModule', severity, span, { role, moduleName })(
			`Extended support has no module '${moduleName}'; remove it with its settings and certificate, and use the remote desktop extension.`,
		),

	accountExpired: (span: Span, day: string, role: string) =>
		rule('accountExpired', 'warning', span, { role })(
			`The remote desktop account of the role '${role}' expired on ${day}, and connections are refused; write a later day.`,
		),
};
