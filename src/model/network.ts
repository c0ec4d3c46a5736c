import type { Token } from '../base/span';
import { child, childrenNamed, type XmlElement } from '../xml/syntax';
import type { Configuration } from './configuration';
import { integerOf, listed, tokenOf } from './elements';

/** The network configuration as the rules need it (cscfg.md 4); what is missing is left out. */
export interface Network {
	readonly element: XmlElement | undefined;
	readonly virtualNetwork: { readonly element: XmlElement; readonly name: Token | undefined } | undefined;
	readonly dnsServers: readonly Token[];
	readonly addresses: readonly InstanceAddress[];
	readonly accessControls: readonly AccessControl[];
	readonly endpointAcls: readonly EndpointAcl[];
	readonly loadBalancers: readonly LoadBalancer[];
	/** The roles that security groups name. */
	readonly securityGroupRoles: readonly Token[];
	/** The roles and endpoints that front ends name. */
	readonly frontEnds: readonly { readonly role: Token | undefined; readonly name: Token | undefined }[];
}

export interface InstanceAddress {
	readonly element: XmlElement;
	readonly roleName: Token | undefined;
	readonly subnets: readonly XmlElement[];
	readonly publicAddresses: readonly XmlElement[];
}

export interface AccessControl {
	readonly element: XmlElement;
	readonly name: Token | undefined;
	readonly rules: readonly {
		readonly element: XmlElement;
		readonly order: number | undefined;
		readonly remoteSubnet: Token | undefined;
	}[];
}

export interface EndpointAcl {
	readonly element: XmlElement;
	readonly role: Token | undefined;
	readonly endpoint: Token | undefined;
	readonly accessControl: Token | undefined;
}

export interface LoadBalancer {
	readonly element: XmlElement;
	readonly name: Token | undefined;
	readonly frontEnd: XmlElement | undefined;
}

const read = new WeakMap<Configuration, Network>();

/** Read once for each configuration. */
export function networkOf(configuration: Configuration): Network {
	let network = read.get(configuration);
	if (!network) {
		network = readNetwork(child(configuration.element, 'NetworkConfiguration'));
		read.set(configuration, network);
	}
	return network;
}

function readNetwork(element: XmlElement | undefined): Network {
	const assignments = child(element, 'AddressAssignments');
	const site = child(element, 'VirtualNetworkSite');
	return {
		element,
		virtualNetwork: site && { element: site, name: tokenOf(site, 'name') },
		dnsServers: names(listed(child(element, 'Dns'), 'DnsServers', 'DnsServer'), 'name'),
		addresses: childrenNamed(assignments, 'InstanceAddress').map(address => ({
			element: address,
			roleName: tokenOf(address, 'roleName'),
			subnets: listed(address, 'Subnets', 'Subnet'),
			publicAddresses: listed(address, 'PublicIPs', 'PublicIP'),
		})),
		accessControls: listed(element, 'AccessControls', 'AccessControl').map(readAccessControl),
		// The documentation writes `endpoint`, the schema `endPoint`; each means the same.
		endpointAcls: listed(element, 'EndpointAcls', 'EndpointAcl').map(acl => ({
			element: acl,
			role: tokenOf(acl, 'role'),
			endpoint: tokenOf(acl, 'endPoint') ?? tokenOf(acl, 'endpoint'),
			accessControl: tokenOf(acl, 'accessControl'),
		})),
		loadBalancers: listed(element, 'LoadBalancers', 'LoadBalancer').map(balancer => ({
			element: balancer,
			name: tokenOf(balancer, 'name'),
			frontEnd: child(balancer, 'FrontendIPConfiguration'),
		})),
		securityGroupRoles: names(listed(element, 'NetworkSecurityGroupRefs', 'NetworkSecurityGroupRef'), 'roleName'),
		frontEnds: listed(assignments, 'VirtualIPs', 'VirtualIP')
			.flatMap(address => listed(address, 'Endpoints', 'Endpoint'))
			.map(endpoint => ({ role: tokenOf(endpoint, 'role'), name: tokenOf(endpoint, 'name') })),
	};
}

function readAccessControl(element: XmlElement): AccessControl {
	return {
		element,
		name: tokenOf(element, 'name'),
		rules: childrenNamed(element, 'Rule').map(rule => ({
			element: rule,
			order: integerOf(rule, 'order'),
			remoteSubnet: tokenOf(rule, 'remoteSubnet'),
		})),
	};
}

function names(elements: readonly XmlElement[], attribute: string): readonly Token[] {
	return elements.flatMap(element => tokenOf(element, attribute) ?? []);
}
