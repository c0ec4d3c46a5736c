import type { Severity } from '../../base/problem';
import type { Span } from '../../base/span';
import { type Related, rule } from './rule';

/** Problems of the network configuration (cross-file-rules.md 11). */
export const networkProblems = {
	notInputEndpoint: (span: Span, name: string, role: string, known: readonly string[]) =>
		rule('notInputEndpoint', 'error', span, { known })(
			`'${name}' of the role '${role}' is no input endpoint; access control applies to input endpoints only.`,
		),

	unknownAccessControl: (span: Span, name: string, known: readonly string[]) =>
		rule('unknownAccessControl', 'error', span, { name, known })(
			`There is no AccessControl '${name}' in this configuration; add it, or correct the name.`,
		),

	duplicateEndpointAcl: (span: Span, endpoint: string, role: string, related: Related) =>
		rule(
			'duplicateEndpointAcl',
			'error',
			span,
			{ what: 'second EndpointAcl' },
			related,
		)(`The endpoint '${endpoint}' of the role '${role}' already has an EndpointAcl; keep one of them.`),

	duplicateRuleOrder: (span: Span, order: number, free: number, related: Related) =>
		rule(
			'duplicateRuleOrder',
			'error',
			span,
			{ instead: [String(free)] },
			related,
		)(`Another rule of this AccessControl has the order ${order} too; give each rule a number of its own.`),

	remoteSubnetForm: (span: Span, subnet: string, instead: readonly string[]) =>
		rule('remoteSubnetForm', 'error', span, { instead })(
			`'${subnet}' is no IPv4 subnet; write it as address/length, such as 10.0.0.0/8.`,
		),

	unusedAccessControl: (span: Span, name: string) =>
		rule('unusedAccessControl', 'warning', span, { what: `AccessControl '${name}'` })(
			`No EndpointAcl uses the AccessControl '${name}'; use it, or remove it.`,
		),

	duplicateAccessControl: (span: Span, name: string, related: Related) =>
		rule(
			'duplicateAccessControl',
			'error',
			span,
			{ name },
			related,
		)(`There is already an AccessControl '${name}'; give each a name of its own.`),

	needsVirtualNetwork: (span: Span, what: string) =>
		rule('needsVirtualNetwork', 'error', span, { what })(
			`${what} needs a virtual network; add a VirtualNetworkSite with its name.`,
		),

	duplicateInstanceAddress: (span: Span, role: string, related: Related) =>
		rule(
			'duplicateInstanceAddress',
			'error',
			span,
			{ what: 'second InstanceAddress' },
			related,
		)(`The role '${role}' already has an InstanceAddress; put its subnets and public addresses into one.`),

	duplicateDnsServer: (span: Span, name: string, related: Related) =>
		rule(
			'duplicateDnsServer',
			'warning',
			span,
			{ what: `DNS server '${name}'` },
			related,
		)(`There is already a DNS server '${name}'; give each a name of its own, or remove one.`),

	staticAddressWithoutSubnet: (span: Span, name: string) =>
		rule('staticAddressWithoutSubnet', 'error', span, { name })(
			`The load balancer '${name}' has a static address but names no subnet; set 'subnet' to the one that holds the address.`,
		),

	missingVirtualNetwork: (span: Span, severity: Severity) =>
		rule(
			'missingVirtualNetwork',
			severity,
			span,
			{},
		)('Extended support deploys only into a virtual network; add a NetworkConfiguration with a VirtualNetworkSite.'),

	roleWithoutSubnet: (span: Span, role: string, severity: Severity) =>
		rule('roleWithoutSubnet', severity, span, { role })(
			`The role '${role}' has no subnet here, and extended support asks for one; add an InstanceAddress with a Subnet to AddressAssignments.`,
		),

	virtualNetworkId: (span: Span, name: string, severity: Severity) =>
		rule('virtualNetworkId', severity, span, { name })(
			`'${name}' is neither the name of a virtual network nor a full resource id, '/subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.Network/virtualNetworks/NAME'.`,
		),

	virtualNetworkElsewhere: (span: Span, severity: Severity) =>
		rule(
			'virtualNetworkElsewhere',
			severity,
			span,
			{},
		)(
			'A virtual network of another resource group is named by its id: Visual Studio cannot deploy that, so use a template or PowerShell.',
		),

	classicVirtualNetworkName: (span: Span, name: string, instead: string, severity: Severity) =>
		rule('classicVirtualNetworkName', severity, span, { instead: [instead] })(
			`'${name}' is the form of classic virtual networks; extended support has the name alone, or the full resource id.`,
		),
};
