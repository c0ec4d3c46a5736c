import { networkOf } from '../network';
import { extendedSeverity } from '../platform';
import { problems } from '../problems';
import type { Rule } from './rule';
import { isForEmulator, placeOfRole } from './rule';

/** 11.12. Configurations of the emulator are never deployed. */
const subnetsOfRoles: Rule = ({ definition, configurations }, report, { platform }) => {
	const extended = extendedSeverity(platform);
	for (const configuration of extended ? configurations : []) {
		const { path, element, roles } = configuration;
		if (!extended || !element?.name || isForEmulator(configuration)) {
			continue;
		}
		const { virtualNetwork, addresses } = networkOf(configuration);
		if (!virtualNetwork) {
			report(path, problems.missingVirtualNetwork(element.name, extended.severity));
			// Where the platform is only guessed at, one hint says it all.
			if (platform === undefined) {
				continue;
			}
		}
		const withSubnet = new Set(addresses.filter(({ subnets }) => subnets.length > 0).map(one => one.roleName?.text));
		const configured = new Map(roles.map(role => [role.name?.text, role]));
		for (const { name } of definition?.roles ?? roles) {
			if (name?.text && !withSubnet.has(name.text)) {
				const place = configured.get(name.text);
				const span = place ? placeOfRole(place) : element.name;
				report(path, problems.roleWithoutSubnet(span, name.text, extended.severity));
			}
		}
	}
};

const resourceId =
	/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.(?:Classic)?Network\/virtualNetworks\/[^/]+$/i;
const classicForm = /^Group\s+\S+\s+(\S.*)$/;

/** 11.13 and 11.15 */
const nameOfNetwork: Rule = ({ configurations }, report, { platform }) => {
	for (const configuration of configurations) {
		const name = networkOf(configuration).virtualNetwork?.name;
		const error = extendedSeverity(platform);
		const warning = extendedSeverity(platform, 'warning');
		if (!name || !error || !warning) {
			continue;
		}
		const classic = classicForm.exec(name.text)?.[1];
		if (classic !== undefined) {
			const problem = problems.classicVirtualNetworkName(name, name.text, classic, warning.severity);
			report(configuration.path, problem);
		} else if (resourceId.test(name.text)) {
			report(configuration.path, problems.virtualNetworkElsewhere(name, warning.severity));
		} else if (name.text.includes('/')) {
			report(configuration.path, problems.virtualNetworkId(name, name.text, error.severity));
		}
	}
};

export const extendedNetworkRules: readonly Rule[] = [subnetsOfRoles, nameOfNetwork];
