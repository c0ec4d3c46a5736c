import type { Span } from '../../base/span';
import { rule } from './rule';

/** Problems of virtual machine roles (cross-file-rules.md 13). */
export const vmRolesProblems = {
	missingOsImage: (span: Span, role: string) =>
		rule('missingOsImage', 'error', span, { role })(
			`The virtual machine role '${role}' has no disk image here; add an OsImage with the name of the image in 'href'.`,
		),

	osImageWithoutVmRole: (span: Span, role: string) =>
		rule('osImageWithoutVmRole', 'error', span, { what: 'OsImage' })(
			`The role '${role}' is no virtual machine role, so it can't have an OsImage; remove it.`,
		),

	vmRoleInNewSchema: (span: Span, role: string, version: string) =>
		rule('vmRoleInNewSchema', 'error', span, { role })(
			`The virtual machine role '${role}' can't be packed with schemaVersion '${version}'; only SDK 1.3 to 1.7 had such roles.`,
		),

	vmRoleGone: (span: Span, role: string) =>
		rule('vmRoleGone', 'warning', span, { role })(
			`The virtual machine role '${role}' can't be deployed any more: the feature never left its beta and is gone; move it to a virtual machine scale set.`,
		),
};
