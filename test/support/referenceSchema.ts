/**
 * What `csdef.md` and `cscfg.md` state about elements, attributes and values, written down a second time and by hand, so
 * that the schemas of the product are checked against something that was not made from them.
 *
 * A line: `Type: attributes; model children`. An attribute is `name` or `name!` (required) with its type. A child is its
 * name, `=Type` where that differs, and `?`, `1`, `*` or `+`. The model is `any` (any order), `seq`, or `one` (exactly one
 * of them); `(a|b)*` is a mix.
 */
const definition = `
ServiceDefinition: name! Name, upgradeDomainCount Positive, schemaVersion Any, topologyChangeDiscovery Topology; seq LoadBalancerProbes? (WebRole|WorkerRole|VirtualMachineRole)* NetworkTrafficRules?
LoadBalancerProbes: ; seq LoadBalancerProbe*
LoadBalancerProbe: name! Any, protocol! ProbeProtocol, path Any, port Port, intervalInSeconds From5, timeoutInSeconds From11
WebRole: name! Name, vmsize Any, enableNativeCodeExecution Boolean; any Imports? Startup? LocalStorage? LocalResources? ConfigurationSettings? InputEndpoints? InternalEndpoint=LegacyInternal? Endpoints? Certificates? Sites? Runtime=WebRuntime? Contents?
WorkerRole: name! Name, vmsize Any, enableNativeCodeExecution Boolean; any Imports? Startup? LocalStorage? LocalResources? ConfigurationSettings? Endpoints? Certificates? Runtime=WorkerRuntime? Contents?
VirtualMachineRole: name! Name, vmsize Any; any Imports? LocalResources? ConfigurationSettings? Endpoints? Certificates?
InputEndpoints: ; seq InputEndpoint=LegacyInput+2
LegacyInput: name! Name, protocol! WebProtocol, port! Port, certificate Name, localPort PortOrStar, ignoreRoleInstanceStatus Boolean, loadBalancerProbe Name, loadBalancer Name, idleTimeoutInMinutes Positive, loadBalancerDistribution Distribution
LegacyInternal: name! Name, protocol! OnlyHttp, port PortOrStar
Imports: ; seq Import*
Import: moduleName! Name
ConfigurationSettings: ; seq Setting*
Setting: name! Name
Certificates: ; seq Certificate*
Certificate: name! Name, storeLocation! StoreLocation, storeName! NonEmpty, permissionLevel PermissionLevel
Endpoints: ; any InputEndpoint* InternalEndpoint* InstanceInputEndpoint*
InputEndpoint: name! Name, protocol! Protocol, port! Port, certificate Name, localPort PortOrStar, ignoreRoleInstanceStatus Boolean, loadBalancerProbe Name, loadBalancer Name, idleTimeoutInMinutes Positive, loadBalancerDistribution Distribution
InternalEndpoint: name! Name, protocol! InternalProtocol, port PortOrStar; any FixedPort* FixedPortRange*
FixedPort: port! Port
FixedPortRange: min! Port, max! Port
InstanceInputEndpoint: name! Name, localPort! Port, protocol! TransportProtocol, idleTimeoutInMinutes Positive; seq AllocatePublicPortFrom1
AllocatePublicPortFrom: ; seq FixedPortRange1
LocalResources: ; seq LocalStorage*
LocalStorage: name! Name, sizeInMB Positive, cleanOnRoleRecycle Boolean
Startup: priority Int; seq Task*
Task: commandLine! NonEmpty, executionContext ExecutionContext, taskType TaskType; seq Environment?
Environment: ; seq Variable*
Variable: name! NonEmpty, value Any; seq RoleInstanceValue?
RoleInstanceValue: xpath! Any
WebRuntime: executionContext ExecutionContext; seq Environment? EntryPoint=WebEntryPoint?
WorkerRuntime: executionContext ExecutionContext; seq Environment? EntryPoint=WorkerEntryPoint?
WebEntryPoint: ; one NetFxEntryPoint
WorkerEntryPoint: ; one NetFxEntryPoint ProgramEntryPoint
NetFxEntryPoint: assemblyName! NonEmpty, targetFrameworkVersion NonEmpty
ProgramEntryPoint: commandLine! NonEmpty, setReadyOnProcessStart! Boolean
Sites: ; seq Site+
Site: name! VDirName, physicalDirectory Any; seq (VirtualDirectory|VirtualApplication)* Bindings1
VirtualDirectory: name! VDirName, physicalDirectory Any; seq (VirtualDirectory|VirtualApplication)*
VirtualApplication: name! VDirName, physicalDirectory Any; seq (VirtualDirectory|VirtualApplication)*
Bindings: ; seq Binding+
Binding: name! Name, endpointName! Name, hostHeader Any
Contents: ; seq Content*
Content: destination! NonEmpty; seq SourceDirectory1
SourceDirectory: path! NonEmpty
NetworkTrafficRules: ; seq OnlyAllowTrafficTo*
OnlyAllowTrafficTo: ; seq Destinations1 (AllowAllTraffic|WhenSource)1
AllowAllTraffic:
Destinations: ; seq RoleEndpoint+
RoleEndpoint: roleName! Name, endpointName! Name
WhenSource: matches! AnyRule; seq FromRole*
FromRole: roleName! Name
`;

const configuration = `
ServiceConfiguration: serviceName! Any, osFamily Any, osVersion Any, schemaVersion Any; seq Role* NetworkConfiguration? GuestAgentSettings?
Role: name! Any, vmName VmName; any OsImage? Instances1 ConfigurationSettings? Certificates?
OsImage: href! Any
Instances: count! Int
ConfigurationSettings: ; seq Setting*
Setting: name! Any, value! Any
Certificates: ; seq Certificate*
Certificate: name! Any, thumbprint! Thumbprint, thumbprintAlgorithm! OnlySha1
NetworkConfiguration: ; seq Dns? VirtualNetworkSite? AddressAssignments? AccessControls? EndpointAcls? LoadBalancers? NetworkSecurityGroupRefs?
Dns: ; seq DnsServers?
DnsServers: ; seq DnsServer+
DnsServer: name! Any, IPAddress! Ip
VirtualNetworkSite: name! Any
AddressAssignments: ; seq VirtualIPs? InstanceAddress* ReservedIPs?
VirtualIPs: ; seq VirtualIP+
VirtualIP: name! Any, ipVersion Any; seq Endpoints1
Endpoints: ; seq Endpoint+
Endpoint: role! Any, name! Any
InstanceAddress: roleName! Any; seq Subnets? PublicIPs?
Subnets: ; seq Subnet*
Subnet: name! Any
PublicIPs: ; seq PublicIP?
PublicIP: name! Any, idleTimeoutInMinutes Positive, domainNameLabel Any
ReservedIPs: ; seq ReservedIP1
ReservedIP: name! Name, virtualIpName Any
AccessControls: ; seq AccessControl*
AccessControl: name! Name; seq Rule+50
Rule: order! UnsignedShort, action! Action, remoteSubnet! Any, description UpTo256
EndpointAcls: ; seq EndpointAcl*
EndpointAcl: role! Name, endPoint! Name, accessControl! Name
LoadBalancers: ; seq LoadBalancer+
LoadBalancer: name! Name; seq FrontendIPConfiguration1
FrontendIPConfiguration: type! OnlyPrivate, subnet Name, staticVirtualNetworkIPAddress Ip
NetworkSecurityGroupRefs: ; seq NetworkSecurityGroupRef*
NetworkSecurityGroupRef: roleName! Any; seq NetworkSecurityGroup1
NetworkSecurityGroup: name! Any
GuestAgentSettings: cleanupFirewallOnRoleRestart Boolean, allowRoleProcessLocalDumps Boolean
`;

const counts: Readonly<Record<string, readonly [number, number]>> = {
	'?': [0, 1],
	'1': [1, 1],
	'*': [0, Number.POSITIVE_INFINITY],
	'+': [1, Number.POSITIVE_INFINITY],
	'+2': [1, 2],
	'+50': [1, 50],
	'': [0, 1],
};

export interface ReferenceChild {
	/** Names with their types: several where they may be mixed. */
	readonly types: ReadonlyMap<string, string>;
	readonly min: number;
	readonly max: number;
}

export interface ReferenceType {
	readonly attributes: ReadonlyMap<string, { readonly required: boolean; readonly type: string }>;
	readonly model: 'any' | 'seq' | 'one';
	readonly children: readonly ReferenceChild[];
}

export const referenceTypes = { csdef: read(definition), cscfg: read(configuration) };

function read(table: string): ReadonlyMap<string, ReferenceType> {
	const lines = table.trim().split('\n');
	return new Map(
		lines.map(line => {
			const [, name = '', attributes = '', model = 'seq', children = ''] =
				/^(\w+):\s*([^;]*?)(?:;\s*(any|seq|one)\s+(.*))?$/.exec(line) ?? [];
			const given = attributes.split(',').flatMap(each => {
				const [attribute = '', type = ''] = each.trim().split(' ');
				return attribute === ''
					? []
					: [[attribute.replace('!', ''), { required: attribute.endsWith('!'), type }] as const];
			});
			const parts = children.split(' ').filter(each => each !== '');
			return [name, { attributes: new Map(given), model: model as ReferenceType['model'], children: parts.map(child) }];
		}),
	);
}

function child(part: string): ReferenceChild {
	const [, names = '', count = ''] = /^\(?([\w=|]+?)\)?([?1*]|\+\d*)?$/.exec(part) ?? [];
	const types = names.split('|').map(each => {
		const [name = '', type = name] = each.split('=');
		return [name, type] as const;
	});
	const [min, max] = counts[count] ?? [0, 0];
	return { types: new Map(types), min, max };
}

const name = /^[A-Za-z_](?:[^\\/:*?"<>|`'^]*[^\\/:*?"<>|`'^.\s])?$/;
const ip = /^((1?[0-9]?[0-9]|2[0-4][0-9]|25[0-5])\.){3}(1?[0-9]?[0-9]|2[0-4][0-9]|25[0-5])$/;
const int = (least: number, most: number) => (value: string) =>
	/^[ \t\r\n]*[+-]?\d+[ \t\r\n]*$/.test(value) && Number(value) >= least && Number(value) <= most;
const among =
	(...values: readonly string[]) =>
	(value: string) =>
		values.includes(value);
const mostInt = 2147483647;
const port = int(1, 65535);

/** The values that the enumerations of csdef.md 1 and cscfg.md 2 to 5 allow, to the letter. */
export const referenceEnumerations: Readonly<Record<string, readonly string[]>> = {
	Protocol: ['http', 'https', 'tcp', 'udp'],
	WebProtocol: ['http', 'https'],
	OnlyHttp: ['http'],
	InternalProtocol: ['http', 'tcp', 'udp', 'any'],
	TransportProtocol: ['udp', 'tcp'],
	ProbeProtocol: ['http', 'tcp'],
	Distribution: ['sourceIP', 'sourceIPProtocol', 'none'],
	ExecutionContext: ['limited', 'elevated'],
	TaskType: ['simple', 'foreground', 'background'],
	PermissionLevel: ['limitedOrElevated', 'elevated'],
	StoreLocation: ['CurrentUser', 'LocalMachine'],
	Topology: ['UpgradeDomainWalk', 'Blast'],
	AnyRule: ['AnyRule'],
	OnlySha1: ['sha1'],
	OnlyPrivate: ['private'],
	Action: ['permit', 'deny'],
};

/** The simple types of csdef.md 1 and cscfg.md 2 to 5. */
export const referenceValues: Readonly<Record<string, (value: string) => boolean>> = {
	Any: () => true,
	Name: value => name.test(value),
	VDirName: value => /^[A-Za-z_](?:[^\\/?;:@&=+$,|"<>`'^]*[^\\/?;:@&=+$,|"<>`'^.\s])?$/.test(value),
	NonEmpty: value => value.length >= 1 && value.length <= 256,
	UpTo256: value => value.length <= 256,
	Port: port,
	PortOrStar: value => value === '*' || port(value),
	Positive: int(1, mostInt),
	From5: int(5, mostInt),
	From11: int(11, mostInt),
	Int: int(-mostInt - 1, mostInt),
	UnsignedShort: value => /^[ \t\r\n]*\d+[ \t\r\n]*$/.test(value) && Number(value) <= 65535,
	Boolean: value => /^[ \t\r\n]*(true|false|1|0)[ \t\r\n]*$/.test(value),
	...Object.fromEntries(Object.entries(referenceEnumerations).map(([name, values]) => [name, among(...values)])),
	Thumbprint: value => /^[0-9A-Fa-f\s]+$/.test(value),
	Ip: value => ip.test(value),
	VmName: value => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,8}[A-Za-z0-9])?$/.test(value),
};
