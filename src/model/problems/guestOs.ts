import type { Span } from '../../base/span';
import { supportedFamilies } from '../guestOsFamilies';
import { rule } from './rule';

/** Problems of the guest operating system (cross-file-rules.md 10). */
export const guestOsProblems = {
	retiredGuestOs: (span: Span, family: string, system: string, retired: string) =>
		rule('retiredGuestOs', 'error', span, { instead: supportedFamilies })(
			`The guest OS family ${family} (${system}) was retired in ${retired}; use family ${supportedFamilies[0]}, or another that is supported.`,
		),

	missingOsFamily: (span: Span) =>
		rule('missingOsFamily', 'warning', span, { attribute: 'osFamily', value: supportedFamilies[0] ?? '' })(
			`The configuration gives no osFamily, and what that means is unclear: the documentation says 1, which is gone, or 5; write the one that you want.`,
		),

	unknownOsFamily: (span: Span, family: string) =>
		rule('unknownOsFamily', 'warning', span, { instead: supportedFamilies })(
			`'${family}' is no guest OS family that is known here; ${supportedFamilies.join(', ')} are supported.`,
		),

	pinnedOsVersion: (span: Span, version: string) =>
		rule('pinnedOsVersion', 'warning', span, { instead: ['*'] })(
			`The guest OS version is pinned to '${version}'; a version is disabled about 60 days after its release, so write '*' to get the newest one.`,
		),

	osVersionOfOtherFamily: (span: Span, version: string, family: string) =>
		rule('osVersionOfOtherFamily', 'error', span, { instead: ['*'] })(
			`The guest OS version '${version}' does not belong to family ${family} of this configuration; make both agree, or write '*'.`,
		),

	osFamilyNeedsSdk: (span: Span, family: string, sdk: string, version: string) =>
		rule('osFamilyNeedsSdk', 'warning', span, { family })(
			`The guest OS family ${family} needs ${sdk} or later, but schemaVersion '${version}' is that of an older SDK; pack the service with a newer one.`,
		),

	osOfVmRoles: (span: Span) =>
		rule('osOfVmRoles', 'information', span, { attribute: 'osFamily' })(
			'Virtual machine roles run the system of their own disk image; osFamily does not apply to them.',
		),
};
