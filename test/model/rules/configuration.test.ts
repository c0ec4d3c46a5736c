import {
	certificates,
	configured,
	endpoints,
	imports,
	input,
	internal,
	plugins,
	type RuleCase,
	role,
	ruleSuite,
	settings,
	value,
	values,
} from '../../support/findings';

const definition = role('A', endpoints(input('In', 80, 'http'), internal('Inner')));
const root = (attributes: string, content = '') =>
	`<ServiceConfiguration serviceName="Shop" ${attributes}>${content}</ServiceConfiguration>`;
const thumbprint = (text: string) =>
	configured(
		'A',
		`<Certificates><Certificate name="C" thumbprint="${text}" thumbprintAlgorithm="sha1"/></Certificates>`,
	);
const digits = 'AB'.repeat(20);
const zeros = '0'.repeat(40);
const key = 'QUJDRA==';
const network = (content: string) => `<NetworkConfiguration>${content}</NetworkConfiguration>`;
const site = '<VirtualNetworkSite name="net"/>';
const acl = (rules: string, acls = '<EndpointAcl role="A" endPoint="In" accessControl="L"/>') => ({
	definition,
	Cloud: network(
		`<AccessControls><AccessControl name="L">${rules}</AccessControl></AccessControls><EndpointAcls>${acls}</EndpointAcls>`,
	),
});
const rule = (order: number, subnet: string) => `<Rule order="${order}" action="permit" remoteSubnet="${subnet}"/>`;
const address = (role: string, subnets: string) => `<InstanceAddress roleName="${role}">${subnets}</InstanceAddress>`;
const subnet = '<Subnets><Subnet name="front"/></Subnets>';
const addresses = (...list: string[]) => network(`${site}<AddressAssignments>${list.join('')}</AddressAssignments>`);
const extended = { platform: 'extended' } as const;
const classic = { platform: 'classic' } as const;
const expiration = `${plugins}.RemoteAccess.AccountExpiration`;
const id = '/subscriptions/1/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/net';
const balancer = (front: string) =>
	network(
		`${site}<LoadBalancers><LoadBalancer name="B"><FrontendIPConfiguration type="private" ${front}/></LoadBalancer></LoadBalancers>`,
	);
const balanced = role('A', endpoints(input('In', 80, 'http', 'loadBalancer="B"')));
const image = '<OsImage href="base.vhd"/>';

const cases: readonly RuleCase[] = [
	{
		rule: '1.11',
		code: 'unequalConfigurations',
		severity: 'warning',
		texts: {
			Local: configured('A', values('X') + certificates('C')) + configured('B'),
			Cloud: configured('A', values('X', 'Y')),
		},
		found: ["Cloud: 'ServiceConfiguration'", "Cloud: 'A'", "Local: 'A'"],
		neighbour: { definition: role('A', settings('X')), Local: configured('A', values('X')), Cloud: configured('A') },
	},
	{
		rule: '1.11',
		code: 'unequalConfigurations',
		severity: 'warning',
		texts: {
			definition: role('A', imports('Redis')),
			Local: configured('A', values('Redis.Port')),
			Cloud: configured('A'),
		},
		found: ["Cloud: 'A'"],
		neighbour: {
			definition: role('A', imports('Redis')),
			Local: configured('A', values('Redis.Port')),
			Cloud: configured('A', values('Redis.Port')),
		},
	},
	{
		rule: '1.12',
		code: 'schemaVersionDiffers',
		severity: 'warning',
		texts: {
			definition: '<ServiceDefinition name="Shop" schemaVersion="2015-04.2.6"/>',
			Cloud: root('schemaVersion="2014-06.2.4"'),
		},
		found: ["Cloud: '2014-06.2.4'"],
		neighbour: {
			definition: '<ServiceDefinition name="Shop" schemaVersion="2015-04.2.6"/>',
			Cloud: root('schemaVersion="unspecified"'),
			Local: root('schemaVersion="2015-04.2.6"'),
		},
	},
	{
		rule: '1.13',
		code: 'serviceNamedLikeRole',
		severity: 'error',
		texts: { definition: role('Shop') },
		found: ["definition: 'Shop'"],
		neighbour: { definition: role('Shops') },
		options: extended,
	},
	{
		rule: '1.13',
		code: 'serviceNamedLikeRole',
		severity: 'hint',
		texts: { definition: role('Shop') },
		found: ["definition: 'Shop'"],
		neighbour: { definition: role('Shop') },
		options: {},
		neighbourOptions: classic,
	},
	{
		rule: '2.1',
		code: 'noInstances',
		severity: 'warning',
		texts: { Local: configured('A', '', 0) },
		found: ["Local: '0'"],
		neighbour: { Local: configured('A', '', 1) },
	},
	{
		rule: '2.1',
		code: 'noInstances',
		severity: 'error',
		texts: { Local: configured('A', '', -1) },
		found: ["Local: '-1'"],
		neighbour: { Local: configured('A', '', 1) },
	},
	{
		rule: '2.2',
		code: 'singleInstance',
		severity: 'information',
		texts: { Cloud: configured('A', '', 1) },
		found: ["Cloud: '1'"],
		neighbour: { Local: configured('A', '', 1), Cloud: configured('A', '', 2) },
	},
	{
		rule: '2.5',
		code: 'webDeployInstances',
		severity: 'warning',
		texts: { definition: role('A', imports('WebDeploy')), Cloud: configured('A', '', 2) },
		found: ["Cloud: '2'"],
		neighbour: { definition: role('A', imports('WebDeploy')), Cloud: configured('A', '', 1) },
	},
	{
		rule: '3.9',
		code: 'unknownLoadBalancer',
		severity: 'error',
		texts: { definition: balanced, Cloud: '', Local: balancer('') },
		found: ["definition: 'B'"],
		neighbour: { definition: balanced, Cloud: balancer('') },
	},
	{
		rule: '3.9',
		code: 'unusedLoadBalancer',
		severity: 'warning',
		texts: { definition, Cloud: balancer('') },
		found: ["Cloud: 'B'"],
		neighbour: {
			definition: balanced,
			Cloud: balancer(''),
			Local: balancer('').replace('name="B"', 'name="__balancer__"'),
		},
	},
	{
		rule: '3.13',
		code: 'idleTimeoutRange',
		severity: 'error',
		texts: { Cloud: addresses(address('A', '<PublicIPs><PublicIP name="p" idleTimeoutInMinutes="31"/></PublicIPs>')) },
		found: ["Cloud: '31'"],
		neighbour: {
			Cloud: addresses(address('A', '<PublicIPs><PublicIP name="p" idleTimeoutInMinutes="30"/></PublicIPs>')),
		},
	},
	{
		rule: '7.1',
		code: 'thumbprintLength',
		severity: 'warning',
		texts: { Local: thumbprint('ABCD') },
		found: ["Local: 'ABCD'"],
		neighbour: { Local: thumbprint(digits.toLowerCase()), Cloud: thumbprint('?') },
	},
	{
		rule: '7.3',
		code: 'blanksInThumbprint',
		severity: 'warning',
		texts: { Local: thumbprint(` ${digits}`) },
		found: [`Local: ' ${digits}'`],
		neighbour: { Local: thumbprint(digits) },
	},
	{
		rule: '7.4',
		code: 'placeholderThumbprint',
		severity: 'warning',
		texts: { Cloud: thumbprint(zeros), East: thumbprint('0') },
		found: [`Cloud: '${zeros}'`, "East: '0'"],
		neighbour: { Local: thumbprint(zeros), Cloud: thumbprint(digits) },
	},
	{
		rule: '8.10',
		code: 'accountExpired',
		severity: 'warning',
		texts: {
			definition: role('A', settings(expiration)),
			Cloud: configured('A', value(expiration, '2026-01-30T23:59:59.0000000+03:00')),
		},
		found: ["Cloud: '2026-01-30T23:59:59.0000000+03:00'"],
		neighbour: {
			definition: role('A', settings(expiration)),
			Cloud: configured('A', value(expiration, '2026-01-31T00:00:00Z')),
			Local: configured('A', value(expiration, 'soon')),
		},
		options: { today: '2026-01-31' },
	},
	{
		rule: '9.1',
		code: 'emulatorStorage',
		severity: 'warning',
		texts: { Cloud: configured('A', value('S', 'UseDevelopmentStorage=true')) },
		found: ["Cloud: 'UseDevelopmentStorage=true'"],
		neighbour: {
			Local: configured('A', value('S', 'UseDevelopmentStorage=true')),
			Cloud: configured('A', value('S', 'UseDevelopmentStorage=false')),
		},
	},
	{
		rule: '9.2',
		code: 'insecureDiagnosticsStorage',
		severity: 'warning',
		texts: {
			Cloud: configured(
				'A',
				value(`${plugins}.Diagnostics.ConnectionString`, 'AccountName=a;DefaultEndpointsProtocol=http;AccountKey=x'),
			),
		},
		found: ["Cloud: 'http'"],
		neighbour: {
			Cloud: configured(
				'A',
				value(`${plugins}.Diagnostics.ConnectionString`, 'DefaultEndpointsProtocol=https;AccountName=a'),
			),
			East: configured('A', value('S', 'DefaultEndpointsProtocol=http')),
		},
	},
	...[
		'DefaultEndpointsProtocol=https;AccountName=[name];AccountKey=QUJDRA==',
		'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=no base64',
		'DefaultEndpointsProtocol=https;AccountName=a;AccountKee=QUJDRA==',
		'DefaultEndpointsProtocol=ftp;AccountName=a;AccountKey=QUJDRA==',
		'DefaultEndpointsProtocol=https;AccountKey=QUJDRA==',
		'DefaultEndpointsProtocol=https;AccountName=a',
		'AccountName=a;nonsense',
	].map(
		(text): RuleCase => ({
			rule: '9.3',
			code: 'connectionStringForm',
			severity: 'warning',
			texts: { Local: configured('A', value('S', text)) },
			found: [`Local: '${text}'`],
			neighbour: {
				Local: configured(
					'A',
					value('S', `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${key};EndpointSuffix=core.windows.net`),
				),
				Cloud: configured(
					'A',
					value('S', 'BlobEndpoint=https://a.blob.core.windows.net;AccountName=a;SharedAccessSignature=sv=1&amp;sig=x'),
				),
				East: configured('A', value('S', 'Server=tcp:a;Database=b;User ID=c')),
			},
		}),
	),
	{
		rule: '9.3',
		code: 'connectionStringForm',
		severity: 'information',
		texts: {
			Local: configured('A', value('S', 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=$(_a.key_)')),
		},
		found: ["Local: 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=$(_a.key_)'"],
		neighbour: {
			Local: configured('A', value('S', `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${key}`)),
		},
	},
	{
		rule: '9.4',
		code: 'secretInFile',
		severity: 'information',
		texts: { Local: configured('A', value('S', `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${key}`)) },
		found: [`Local: 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${key}'`],
		neighbour: {
			Local: configured('A', value('S', 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=[key]')),
			Cloud: configured('A', value('Password', '')) + configured('B', value('Password', '****')),
			East: ['$(_a.key_)', '${key}', '#{key}', '{{key}}', '__key__']
				.map(mark => configured('A', value('S', `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${mark}`)))
				.join(''),
		},
	},
	{
		rule: '10.1',
		code: 'retiredGuestOs',
		severity: 'error',
		texts: { Cloud: root('osFamily="4"'), Local: root('osFamily="1"') },
		found: ["Cloud: '4'", "Local: '1'"],
		neighbour: { Cloud: root('osFamily="5"'), Local: root('osFamily="7"') },
	},
	{
		rule: '10.2',
		code: 'missingOsFamily',
		severity: 'warning',
		texts: { Cloud: root(''), Local: root('osFamily=""') },
		found: ["Cloud: 'ServiceConfiguration'", "Local: ''"],
		neighbour: { Cloud: root('osFamily="6"') },
	},
	{
		rule: '10.3',
		code: 'unknownOsFamily',
		severity: 'warning',
		texts: { Cloud: root('osFamily="8"'), Local: root('osFamily="x"') },
		found: ["Cloud: '8'", "Local: 'x'"],
		neighbour: { Cloud: root('osFamily="7"') },
	},
	{
		rule: '10.4',
		code: 'pinnedOsVersion',
		severity: 'warning',
		texts: { Cloud: root('osFamily="5" osVersion="WA-GUEST-OS-5.1_201601-01"') },
		found: ["Cloud: 'WA-GUEST-OS-5.1_201601-01'"],
		neighbour: { Cloud: root('osFamily="5" osVersion="*"'), Local: root('osFamily="5"') },
	},
	{
		rule: '10.5',
		code: 'osVersionOfOtherFamily',
		severity: 'error',
		texts: { Cloud: root('osFamily="6" osVersion="WA-GUEST-OS-5.1_201601-01"') },
		found: ["Cloud: 'WA-GUEST-OS-5.1_201601-01'"],
		neighbour: { Cloud: root('osFamily="5" osVersion="WA-GUEST-OS-5.1_201601-01"') },
	},
	{
		rule: '10.6',
		code: 'osFamilyNeedsSdk',
		severity: 'warning',
		texts: { Cloud: root('osFamily="5" schemaVersion="2014-06.2.4"') },
		found: ["Cloud: '5'"],
		neighbour: {
			Cloud: root('osFamily="5" schemaVersion="2015-04.2.6"'),
			Local: root('osFamily="5" schemaVersion="unspecified"'),
		},
	},
	{
		rule: '11.1',
		code: 'unknownRole',
		severity: 'error',
		texts: {
			definition,
			Cloud:
				configured('A') +
				network(
					`<AddressAssignments>${address('X', '')}</AddressAssignments><EndpointAcls><EndpointAcl role="Y" endPoint="In" accessControl="L"/></EndpointAcls><NetworkSecurityGroupRefs><NetworkSecurityGroupRef roleName="Z"/></NetworkSecurityGroupRefs>`,
				),
		},
		found: ["Cloud: 'X'", "Cloud: 'Y'", "Cloud: 'Z'"],
		neighbour: {
			definition,
			Cloud: configured('A') + network(`<AddressAssignments>${address('A', '')}</AddressAssignments>`),
		},
	},
	{
		rule: '11.2',
		code: 'unknownEndpoint',
		severity: 'error',
		texts: acl(rule(1, '0.0.0.0/0'), '<EndpointAcl role="A" endPoint="Out" accessControl="L"/>'),
		found: ["Cloud: 'Out'"],
		neighbour: acl(rule(1, '0.0.0.0/0')),
	},
	{
		rule: '11.2',
		code: 'notInputEndpoint',
		severity: 'error',
		texts: acl(rule(1, '0.0.0.0/0'), '<EndpointAcl role="A" endPoint="Inner" accessControl="L"/>'),
		found: ["Cloud: 'Inner'"],
		neighbour: acl(rule(1, '0.0.0.0/0')),
	},
	{
		rule: '11.3',
		code: 'unknownAccessControl',
		severity: 'error',
		texts: acl(rule(1, '0.0.0.0/0'), '<EndpointAcl role="A" endPoint="In" accessControl="M"/>'),
		found: ["Cloud: 'M'"],
		neighbour: acl(rule(1, '0.0.0.0/0')),
	},
	{
		rule: '11.3',
		code: 'duplicateEndpointAcl',
		severity: 'error',
		texts: acl(
			rule(1, '0.0.0.0/0'),
			'<EndpointAcl role="A" endPoint="In" accessControl="L"/><EndpointAcl role="A" endPoint="In" accessControl="L"/>',
		),
		found: ["Cloud: 'In'"],
		neighbour: acl(rule(1, '0.0.0.0/0')),
	},
	{
		rule: '11.4',
		code: 'duplicateRuleOrder',
		severity: 'error',
		texts: acl(rule(5, '0.0.0.0/0') + rule(5, '10.0.0.0/8')),
		found: ["Cloud: '5'"],
		neighbour: acl(rule(5, '0.0.0.0/0') + rule(6, '10.0.0.0/8')),
	},
	{
		rule: '11.5',
		code: 'remoteSubnetForm',
		severity: 'error',
		texts: acl(rule(1, '10.0.0.1') + rule(2, '10.0.0/8') + rule(3, '256.0.0.0/8') + rule(4, '10.0.0.0/33')),
		found: ["Cloud: '10.0.0.1'", "Cloud: '10.0.0/8'", "Cloud: '256.0.0.0/8'", "Cloud: '10.0.0.0/33'"],
		neighbour: acl(rule(1, '10.0.0.1/32') + rule(2, '0.0.0.0/0') + rule(3, '255.255.255.255/9')),
	},
	{
		rule: '11.6',
		code: 'unusedAccessControl',
		severity: 'warning',
		texts: acl(rule(1, '0.0.0.0/0'), ''),
		found: ["Cloud: 'L'"],
		neighbour: acl(rule(1, '0.0.0.0/0')),
	},
	{
		rule: '11.6',
		code: 'duplicateAccessControl',
		severity: 'error',
		texts: { Cloud: network('<AccessControls><AccessControl name="L"/><AccessControl name="L"/></AccessControls>') },
		found: ["Cloud: 'L'"],
		neighbour: {
			Cloud: network('<AccessControls><AccessControl name="L"/><AccessControl name="M"/></AccessControls>'),
		},
	},
	{
		rule: '11.7',
		code: 'needsVirtualNetwork',
		severity: 'error',
		texts: {
			Cloud: network(
				`<AddressAssignments>${address('A', subnet)}</AddressAssignments><LoadBalancers><LoadBalancer name="B"/></LoadBalancers>`,
			),
		},
		found: ["Cloud: 'Subnet'", "Cloud: 'LoadBalancer'"],
		neighbour: { Cloud: addresses(address('A', subnet)), Local: balancer('') },
	},
	{
		rule: '11.8',
		code: 'duplicateInstanceAddress',
		severity: 'error',
		texts: { Cloud: addresses(address('A', ''), address('A', '')) },
		found: ["Cloud: 'A'"],
		neighbour: { Cloud: addresses(address('A', ''), address('B', '')) },
	},
	{
		rule: '11.9',
		code: 'duplicateDnsServer',
		severity: 'warning',
		texts: {
			Cloud: network(
				'<Dns><DnsServers><DnsServer name="d" IPAddress="1.1.1.1"/><DnsServer name="d" IPAddress="1.1.1.2"/></DnsServers></Dns>',
			),
		},
		found: ["Cloud: 'd'"],
		neighbour: {
			Cloud: network(
				'<Dns><DnsServers><DnsServer name="d" IPAddress="1.1.1.1"/><DnsServer name="e" IPAddress="1.1.1.2"/></DnsServers></Dns>',
			),
		},
	},
	{
		rule: '11.11',
		code: 'staticAddressWithoutSubnet',
		severity: 'error',
		texts: { Cloud: balancer('staticVirtualNetworkIPAddress="10.0.0.4"') },
		found: ["Cloud: '10.0.0.4'"],
		neighbour: { Cloud: balancer('subnet="front" staticVirtualNetworkIPAddress="10.0.0.4"') },
	},
	{
		rule: '11.12',
		code: 'missingVirtualNetwork',
		severity: 'error',
		texts: { definition, Cloud: configured('A'), Local: configured('A') },
		found: ["Cloud: 'ServiceConfiguration'"],
		neighbour: { definition, Cloud: configured('A') + network(site) },
		options: extended,
	},
	{
		rule: '11.12',
		code: 'missingVirtualNetwork',
		severity: 'hint',
		texts: { Cloud: '' },
		found: ["Cloud: 'ServiceConfiguration'"],
		neighbour: { Cloud: '' },
		options: {},
		neighbourOptions: classic,
	},
	{
		rule: '11.12',
		code: 'roleWithoutSubnet',
		severity: 'error',
		texts: {
			definition: role('A') + role('B'),
			Cloud: configured('A') + configured('B') + addresses(address('A', subnet), address('B', '')),
		},
		found: ["Cloud: 'B'"],
		neighbour: { definition: role('A'), Cloud: configured('A') + addresses(address('A', subnet)) },
		options: extended,
	},
	{
		rule: '11.13',
		code: 'virtualNetworkId',
		severity: 'error',
		texts: { Cloud: network('<VirtualNetworkSite name="group/net"/>') },
		found: ["Cloud: 'group/net'"],
		neighbour: { Cloud: network(`<VirtualNetworkSite name="${id}"/>`), East: network(site) },
		options: extended,
	},
	{
		rule: '11.13',
		code: 'virtualNetworkElsewhere',
		severity: 'warning',
		texts: { Cloud: network(`<VirtualNetworkSite name="${id}"/>`) },
		found: [`Cloud: '${id}'`],
		neighbour: { Cloud: network(site) },
		options: {},
	},
	{
		rule: '11.15',
		code: 'classicVirtualNetworkName',
		severity: 'warning',
		texts: { Cloud: network('<VirtualNetworkSite name="Group rg net"/>') },
		found: ["Cloud: 'Group rg net'"],
		neighbour: { Cloud: network(site) },
		options: extended,
	},
	{
		rule: '13.1',
		code: 'missingOsImage',
		severity: 'error',
		texts: {
			definition: '<VirtualMachineRole name="V"/>',
			Cloud: configured('V'),
			Local: configured('V', '<OsImage href=""/>'),
		},
		found: ["Cloud: 'V'", "Local: 'OsImage'"],
		neighbour: { definition: '<VirtualMachineRole name="V"/>', Cloud: configured('V', image) },
	},
	{
		rule: '13.1',
		code: 'osImageWithoutVmRole',
		severity: 'error',
		texts: { definition, Cloud: configured('A', image) },
		found: ["Cloud: 'OsImage'"],
		neighbour: { definition, Cloud: configured('A') },
	},
	{
		rule: '13.4',
		code: 'osOfVmRoles',
		severity: 'information',
		texts: { definition: '<VirtualMachineRole name="V"/>', Cloud: configured('V', image) },
		found: ["Cloud: '7'"],
		neighbour: { definition: `<VirtualMachineRole name="V"/>${role('A')}`, Cloud: configured('V', image) },
	},
];

ruleSuite('rules of the configurations', cases);
