import type { RuleCode } from './problems';

/**
 * Errors that only a deployment meets: limits, sizes, systems and networks of the platform. A service with one of them
 * still runs on this machine, and old services, whose guest OS was retired long ago, are what this is for.
 */
const codes: readonly RuleCode[] = [
	'duplicateAccessControl',
	'duplicateEndpointAcl',
	'duplicateImport',
	'duplicateInstanceAddress',
	'duplicateProbe',
	'duplicateRuleOrder',
	// Here such an endpoint shows a certificate of this machine.
	'httpsWithoutCertificate',
	'idleTimeoutRange',
	'legacyVmSize',
	'missingOsImage',
	'missingVirtualNetwork',
	'missingVmSize',
	'needsVirtualNetwork',
	'notInputEndpoint',
	'osImageWithoutVmRole',
	'osVersionOfOtherFamily',
	'pathOfTcpProbe',
	'probeWithoutPath',
	'refusedVmSize',
	'remoteDesktopModule',
	'remoteSubnetForm',
	'retiredGuestOs',
	'roleWithoutSubnet',
	'serviceNamedLikeRole',
	'severalRemoteForwarders',
	'staticAddressWithoutSubnet',
	'tooManyCertificates',
	'tooManyEndpoints',
	'tooManyRoles',
	'tooManyUpgradeDomains',
	'unknownAccessControl',
	'unknownLoadBalancer',
	'unknownProbe',
	'virtualNetworkId',
	'vmRoleInNewSchema',
];

const cloudOnly: ReadonlySet<string> = new Set(codes);

/** True for a code that is about the cloud alone. */
export function isCloudOnly(code: string): boolean {
	return cloudOnly.has(code);
}
