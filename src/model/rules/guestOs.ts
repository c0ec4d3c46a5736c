import type { Token } from '../../base/span';
import type { Configuration } from '../configuration';
import { tokenOf } from '../elements';
import { familyOfVersion, guestOsFamily } from '../guestOsFamilies';
import { problems } from '../problems';
import type { Report, Rule } from './rule';

/** 10.1 to 10.3, 10.6 and 13.4 */
const families: Rule = ({ definition, configurations }, report) => {
	const roles = definition?.roles ?? [];
	const onlyVmRoles = roles.length > 0 && roles.every(({ kind }) => kind === 'VirtualMachineRole');
	for (const configuration of configurations) {
		const { path, element } = configuration;
		const token = tokenOf(element, 'osFamily');
		if (onlyVmRoles) {
			if (token) {
				report(path, problems.osOfVmRoles(token));
			}
		} else if (element?.name && (token?.text ?? '').trim() === '') {
			report(path, problems.missingOsFamily(token ?? element.name));
		} else if (token) {
			checkFamily(configuration, token, report);
		}
	}
};

/** 10.4 and 10.5 */
const versions: Rule = ({ configurations }, report) => {
	for (const { path, element, osFamily } of configurations) {
		const version = tokenOf(element, 'osVersion');
		if (!version || version.text.trim() === '' || version.text.trim() === '*') {
			continue;
		}
		report(path, problems.pinnedOsVersion(version, version.text));
		const family = familyOfVersion(version.text);
		if (family !== undefined && osFamily && guestOsFamily(osFamily) && family !== osFamily.trim()) {
			report(path, problems.osVersionOfOtherFamily(version, version.text, osFamily));
		}
	}
};

export const guestOsRules: readonly Rule[] = [families, versions];

function checkFamily({ path, schemaVersion }: Configuration, token: Token, report: Report): void {
	const family = guestOsFamily(token.text);
	if (!family) {
		report(path, problems.unknownOsFamily(token, token.text));
		return;
	}
	if (family.retired !== undefined) {
		report(path, problems.retiredGuestOs(token, family.family, family.name, family.retired));
	}
	// The values begin with year and month, so that they sort by age.
	const { lowestSchemaVersion } = family;
	const tooOld =
		schemaVersion && schemaVersion !== 'unspecified' && lowestSchemaVersion && schemaVersion < lowestSchemaVersion;
	if (tooOld) {
		const sdk = /^\d/.test(family.lowestSdk) ? `SDK ${family.lowestSdk}` : family.lowestSdk;
		report(path, problems.osFamilyNeedsSdk(token, family.family, sdk, schemaVersion));
	}
}
