import { child } from '../../xml/syntax';
import { attributeValue, tokenOf } from '../elements';
import { problems } from '../problems';
import { aboutEachConfiguredRole, aboutEachRole, eachConfiguredRole, placeOfRole, type Rule } from './rule';

/** 13.1 */
const diskImages: Rule = (service, report) => {
	eachConfiguredRole(service, ({ configuration, configured, role, name }) => {
		const image = child(configured.element, 'OsImage');
		if (role.kind === 'VirtualMachineRole') {
			if (!image || attributeValue(image, 'href') === '') {
				report(configuration.path, problems.missingOsImage(image?.name ?? name, name.text));
			}
		} else if (image) {
			report(configuration.path, problems.osImageWithoutVmRole(image.name ?? image, name.text));
		}
	});
};

const firstSchemaWithout = '2014-06.2.4';

/** True for a schemaVersion in which virtual machine roles are gone. The versions begin with year and month, so that they sort by age. */
export function hasNoVmRoles(version: string): boolean {
	return version !== 'unspecified' && version >= firstSchemaWithout;
}

/** 13.2 and 13.3. */
const gone: Rule = ({ definition }, report) => {
	const version = tokenOf(definition?.element, 'schemaVersion')?.text ?? '';
	for (const role of definition?.roles ?? []) {
		if (!definition || role.kind !== 'VirtualMachineRole') {
			continue;
		}
		const label = role.name?.text ?? '';
		if (hasNoVmRoles(version)) {
			report(definition.path, problems.vmRoleInNewSchema(placeOfRole(role), label, version));
		} else {
			report(definition.path, problems.vmRoleGone(placeOfRole(role), label));
		}
	}
};

export const vmRoleRules: readonly Rule[] = [aboutEachConfiguredRole(diskImages), aboutEachRole(gone)];
