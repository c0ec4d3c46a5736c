import type { Token } from '../../base/span';
import { endpointsOf } from '../declared';
import type { Definition } from '../definition';
import { integerOf, tokenOf } from '../elements';
import { mayComeFromUnknownModule } from '../modules';
import { networkOf } from '../network';
import { problems } from '../problems';
import type { Report, Rule } from './rule';
import { eachRepeated, roleNamed, roleNames, seeAlso, valueSpan } from './rule';

/** 11.1 */
const rolesExist: Rule = ({ definition, configurations }, report) => {
	if (!definition?.element) {
		return;
	}
	for (const configuration of configurations) {
		const { addresses, endpointAcls, securityGroupRoles, frontEnds } = networkOf(configuration);
		const named = [
			...addresses.map(({ roleName }) => roleName),
			...endpointAcls.map(({ role }) => role),
			...securityGroupRoles,
			...frontEnds.map(({ role }) => role),
		];
		for (const token of named) {
			if (token?.text && !roleNamed(definition, token.text)) {
				report(configuration.path, problems.unknownRole(token, token.text, roleNames(definition)));
			}
		}
	}
};

/** 11.2; the front ends of extended support name endpoints in the same way. */
const endpointsExist: Rule = ({ definition, configurations }, report) => {
	for (const configuration of definition ? configurations : []) {
		const { endpointAcls, frontEnds } = networkOf(configuration);
		const named = [...endpointAcls.map(({ role, endpoint }) => ({ role, name: endpoint })), ...frontEnds];
		for (const { role, name } of named) {
			if (definition && role && name && name.text !== '') {
				checkEndpoint(definition, configuration.path, role.text, name, report);
			}
		}
	}
};

/** 11.3, 11.4 and 11.6 */
const accessControls: Rule = ({ configurations }, report) => {
	for (const configuration of configurations) {
		const { path } = configuration;
		const { accessControls: controls, endpointAcls } = networkOf(configuration);
		const declared = controls.flatMap(({ name }) => name ?? []);
		const known = new Set(declared.map(({ text }) => text));
		const used = new Set<string>();
		const first = new Map<string, Token>();
		for (const { role, endpoint, accessControl } of endpointAcls) {
			used.add(accessControl?.text ?? '');
			if (accessControl?.text && !known.has(accessControl.text)) {
				report(path, problems.unknownAccessControl(accessControl, accessControl.text, [...known]));
			}
			if (role?.text && endpoint?.text) {
				const key = `${role.text}\n${endpoint.text}`;
				const earlier = first.get(key);
				if (earlier) {
					const related = seeAlso(path, earlier, 'The first EndpointAcl of this endpoint.');
					report(path, problems.duplicateEndpointAcl(endpoint, endpoint.text, role.text, related));
				}
				first.set(key, earlier ?? endpoint);
			}
		}
		for (const name of declared.filter(({ text }) => text !== '' && !used.has(text))) {
			report(path, problems.unusedAccessControl(name, name.text));
		}
		eachRepeated(declared, (repeated, earlier) => {
			const related = seeAlso(path, earlier, 'The first of this name.');
			report(path, problems.duplicateAccessControl(repeated, repeated.text, related));
		});
	}
};

const cidr = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|(?=\/))){4}\/(?:3[0-2]|[12]?\d)$/;
const address = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$/;

/** 11.4 and 11.5 */
const accessRules: Rule = ({ configurations }, report) => {
	for (const configuration of configurations) {
		for (const { rules } of networkOf(configuration).accessControls) {
			const taken = new Map<number, Token | undefined>();
			for (const { element, order, remoteSubnet } of rules) {
				if (order !== undefined && taken.has(order)) {
					const related = seeAlso(configuration.path, taken.get(order), 'The first rule of this order.');
					const free = freeOrder(rules.map(rule => rule.order ?? 0));
					const span = valueSpan(element, 'order');
					report(configuration.path, problems.duplicateRuleOrder(span, order, free, related));
				} else if (order !== undefined) {
					taken.set(order, tokenOf(element, 'order'));
				}
				if (remoteSubnet && !cidr.test(remoteSubnet.text)) {
					const { text } = remoteSubnet;
					const instead = address.test(text) ? [`${text}/32`] : [];
					report(configuration.path, problems.remoteSubnetForm(remoteSubnet, text, instead));
				}
			}
		}
	}
};

/** 11.7 and 11.11. Whether an address lies in its subnet is known to the network alone. */
const partsOfNetwork: Rule = ({ configurations }, report) => {
	for (const configuration of configurations) {
		const { path } = configuration;
		const { virtualNetwork, addresses, loadBalancers } = networkOf(configuration);
		const subnet = addresses.find(({ subnets }) => subnets.length > 0)?.subnets[0];
		const balancer = loadBalancers[0]?.element;
		if (!virtualNetwork && subnet) {
			report(path, problems.needsVirtualNetwork(subnet.name ?? subnet, 'A subnet'));
		}
		if (!virtualNetwork && balancer) {
			report(path, problems.needsVirtualNetwork(balancer.name ?? balancer, 'An internal load balancer'));
		}
		for (const { name, frontEnd } of loadBalancers) {
			if (frontEnd && tokenOf(frontEnd, 'staticVirtualNetworkIPAddress') && !tokenOf(frontEnd, 'subnet')) {
				const span = valueSpan(frontEnd, 'staticVirtualNetworkIPAddress');
				report(path, problems.staticAddressWithoutSubnet(span, name?.text ?? ''));
			}
		}
	}
};

/** 11.8, 11.9, and 3.13 for public addresses. */
const addresses: Rule = ({ configurations }, report) => {
	for (const configuration of configurations) {
		const { path } = configuration;
		const network = networkOf(configuration);
		const roles = network.addresses.flatMap(({ roleName }) => roleName ?? []);
		eachRepeated(roles, (repeated, first) => {
			const related = seeAlso(path, first, 'The first InstanceAddress of the role.');
			report(path, problems.duplicateInstanceAddress(repeated, repeated.text, related));
		});
		eachRepeated(network.dnsServers, (repeated, first) => {
			const related = seeAlso(path, first, 'The first DNS server of this name.');
			report(path, problems.duplicateDnsServer(repeated, repeated.text, related));
		});
		for (const element of network.addresses.flatMap(({ publicAddresses }) => publicAddresses)) {
			const minutes = integerOf(element, 'idleTimeoutInMinutes');
			if (minutes !== undefined && (minutes < 4 || minutes > 30)) {
				report(path, problems.idleTimeoutRange(valueSpan(element, 'idleTimeoutInMinutes'), minutes));
			}
		}
	}
};

export const networkRules: readonly Rule[] = [
	rolesExist,
	endpointsExist,
	accessControls,
	accessRules,
	partsOfNetwork,
	addresses,
];

/** Instance input endpoints are let pass: whether they can have access control is not confirmed. */
function checkEndpoint(definition: Definition, path: string, roleName: string, token: Token, report: Report): void {
	const role = roleNamed(definition, roleName);
	if (!role) {
		return;
	}
	const endpoints = endpointsOf(role);
	const known = endpoints.filter(({ kind }) => kind === 'input').map(({ name }) => name);
	const endpoint = endpoints.find(({ name }) => name === token.text);
	if (endpoint?.kind === 'internal') {
		report(path, problems.notInputEndpoint(token, token.text, roleName, known));
	} else if (!endpoint && !mayComeFromUnknownModule(role, token.text)) {
		report(path, problems.unknownEndpoint(token, token.text, roleName, known));
	}
}

/** A number behind the others, so that the order of the rules stays. */
function freeOrder(taken: readonly number[]): number {
	const last = Math.max(...taken);
	if (last < 65535) {
		return last + 1;
	}
	const used = new Set(taken);
	let free = 0;
	while (used.has(free)) {
		free++;
	}
	return free;
}
