import {
	configured,
	direct,
	endpoints,
	imports,
	input,
	internal,
	type RuleCase,
	role,
	ruleSuite,
	sites,
	web,
} from '../../support/findings';

const many = (count: number, make: (index: number) => string) =>
	Array.from({ length: count }, (_, index) => make(index)).join('');
const probes = (...list: string[]) => ({
	definition: `<LoadBalancerProbes>${list.join('')}</LoadBalancerProbes>${web('W', endpoints(input('E', 80, 'http', 'loadBalancerProbe="P"')))}`,
});
const probe = (more: string, name = 'P') => `<LoadBalancerProbe name="${name}" ${more}/>`;
const http = endpoints(input('Http', 80, 'http'), input('Two', 81, 'http'));
const site = (name: string, content: string, more = '') => `<Site name="${name}" ${more}>${content}</Site>`;
const binding = (name: string, endpoint: string, more = '') =>
	`<Binding name="${name}" endpointName="${endpoint}" ${more}/>`;
const bindings = (...list: string[]) => `<Bindings>${list.join('')}</Bindings>`;
const inSites = (...list: string[]) => ({ definition: web('W', `${http}<Sites>${list.join('')}</Sites>`) });
const only = (destination: string, source: string) =>
	`<OnlyAllowTrafficTo><Destinations><RoleEndpoint roleName="A" endpointName="${destination}"/></Destinations>${source}</OnlyAllowTrafficTo>`;
const rules = (...list: string[]) => ({
	definition: `${role('A', endpoints(internal('In'), internal('Other')))}${role('B')}<NetworkTrafficRules>${list.join('')}</NetworkTrafficRules>`,
});
const fromB = '<WhenSource matches="AnyRule"><FromRole roleName="B"/></WhenSource>';
const task = (variables: string) => ({
	definition: role('A', `<Startup><Task commandLine="a.cmd"><Environment>${variables}</Environment></Task></Startup>`),
});
const xpath = (path: string) => `<Variable name="V"><RoleInstanceValue xpath="${path}"/></Variable>`;
const store = (name: string, size: number) => `<LocalStorage name="${name}" sizeInMB="${size}"/>`;
const stores = (...list: string[]) => `<LocalResources>${list.join('')}</LocalResources>`;
const size = (vmsize: string, content = '') => ({ definition: role('A', content, ` vmsize="${vmsize}"`) });
const extended = { platform: 'extended' } as const;
const current = '/RoleEnvironment/CurrentInstance';

const cases: readonly RuleCase[] = [
	{
		rule: '2.7',
		code: 'tooManyUpgradeDomains',
		severity: 'error',
		texts: { definition: '<ServiceDefinition name="S" upgradeDomainCount="21"/>' },
		found: ["definition: '21'"],
		neighbour: { definition: '<ServiceDefinition name="S" upgradeDomainCount="20"/>' },
	},
	{
		rule: '2.7',
		code: 'unusedUpgradeDomains',
		severity: 'information',
		texts: {
			definition: `<ServiceDefinition name="S" upgradeDomainCount="4">${role('A')}</ServiceDefinition>`,
			Cloud: configured('A', '', 3),
		},
		found: ["definition: '4'"],
		neighbour: {
			definition: `<ServiceDefinition name="S" upgradeDomainCount="3">${role('A')}</ServiceDefinition>`,
			Cloud: configured('A', '', 3),
		},
	},
	{
		rule: '3.7',
		code: 'certificateWithoutEffect',
		severity: 'warning',
		texts: {
			definition: role(
				'A',
				endpoints(input('E', 80, 'http', 'certificate="C"'), input('U', 81, 'udp', 'certificate="D"')),
			),
		},
		found: ["definition: 'C'", "definition: 'D'"],
		neighbour: { definition: role('A', endpoints(input('E', 80, 'tcp', 'certificate="C"'))) },
	},
	{
		rule: '3.8',
		code: 'unknownProbe',
		severity: 'error',
		texts: probes(probe('protocol="tcp"', 'Q')),
		found: ["definition: 'P'"],
		neighbour: probes(probe('protocol="tcp"')),
	},
	{
		rule: '3.12',
		code: 'unusedProbe',
		severity: 'information',
		texts: probes(probe('protocol="tcp"'), probe('protocol="tcp"', 'Q')),
		found: ["definition: 'Q'"],
		neighbour: probes(probe('protocol="tcp"')),
	},
	{
		rule: '3.10',
		code: 'probeWithoutPath',
		severity: 'error',
		texts: probes(probe('protocol="http"')),
		found: ["definition: 'P'"],
		neighbour: probes(probe('protocol="http" path="/"')),
	},
	{
		rule: '3.10',
		code: 'pathOfTcpProbe',
		severity: 'error',
		texts: probes(probe('protocol="tcp" path="/x"')),
		found: ["definition: '/x'"],
		neighbour: probes(probe('protocol="http" path="/x"')),
	},
	{
		rule: '3.10',
		code: 'duplicateProbe',
		severity: 'error',
		texts: probes(probe('protocol="tcp"'), probe('protocol="tcp"')),
		found: ["definition: 'P'"],
		neighbour: probes(probe('protocol="tcp"'), probe('protocol="tcp"', 'p')),
	},
	{
		rule: '3.11',
		code: 'probeTimeout',
		severity: 'warning',
		texts: probes(probe('protocol="tcp" intervalInSeconds="31"')),
		found: ["definition: '31'"],
		neighbour: probes(probe('protocol="tcp" intervalInSeconds="30"')),
	},
	{
		rule: '3.13',
		code: 'idleTimeoutRange',
		severity: 'error',
		texts: {
			definition: role(
				'A',
				endpoints(
					input('E', 80, 'tcp', 'idleTimeoutInMinutes="31"'),
					input('F', 81, 'tcp', 'idleTimeoutInMinutes="3"'),
				),
			),
		},
		found: ["definition: '31'", "definition: '3'"],
		neighbour: {
			definition: role(
				'A',
				endpoints(
					input('E', 80, 'tcp', 'idleTimeoutInMinutes="30"'),
					input('F', 81, 'tcp', 'idleTimeoutInMinutes="4"'),
				),
			),
		},
	},
	{
		rule: '3.13',
		code: 'idleTimeoutWithoutTcp',
		severity: 'warning',
		texts: { definition: role('A', endpoints(input('E', 80, 'udp', 'idleTimeoutInMinutes="9"'))) },
		found: ["definition: '9'"],
		neighbour: { definition: role('A', endpoints(input('E', 80, 'http', 'idleTimeoutInMinutes="9"'))) },
	},
	{
		rule: '3.14',
		code: 'webRoleWithoutHttp',
		severity: 'warning',
		texts: { definition: web('W', endpoints(input('E', 80))) + role('A') },
		found: ["definition: 'W'"],
		neighbour: { definition: web('W', endpoints(input('E', 443, 'https'))) },
	},
	{
		rule: '3.15',
		code: 'internalEndpointsWithoutSites',
		severity: 'warning',
		texts: { definition: web('W', endpoints(internal('One'), internal('Two'))) },
		found: ["definition: 'Two'"],
		neighbour: {
			definition:
				web('W', `${endpoints(internal('One'), internal('Two'))}<Sites/>`) + web('V', endpoints(internal('One'))),
		},
	},
	{
		rule: '3.16',
		code: 'reservedPort',
		severity: 'warning',
		texts: {
			definition:
				role('A', imports('RemoteAccess') + endpoints(input('E', 20000), input('F', 80, 'tcp', 'localPort="3389"'))) +
				web('W', imports('WebDeploy') + endpoints(input('G', 8172))) +
				role('B', endpoints(input('H', 8172, 'tcp', 'localPort="99"'))),
		},
		found: ["definition: '20000'", "definition: '3389'", "definition: '8172'", "definition: '8172'"],
		neighbour: {
			definition: role('A', endpoints(input('E', 20000), input('F', 80, 'tcp', 'localPort="3389"'), input('G', 8172))),
		},
	},
	{
		rule: '3.17',
		code: 'ignoredInEmulator',
		severity: 'hint',
		texts: { definition: role('A', endpoints(direct('E', 80, 100, 110))) },
		found: ["definition: 'E'"],
		neighbour: { definition: role('A', endpoints(input('E', 80))) },
	},
	{
		rule: '3.a',
		code: 'tooManyRoles',
		severity: 'error',
		texts: { definition: many(26, index => role(`R${index}`)) },
		found: ["definition: 'R25'"],
		neighbour: { definition: many(25, index => role(`R${index}`)) },
	},
	{
		rule: '3.a',
		code: 'tooManyEndpoints',
		severity: 'error',
		texts: {
			definition:
				role('A', endpoints(many(26, index => input(`I${index}`, 100 + index)))) +
				role('B', imports('Caching') + endpoints(many(21, index => internal(`N${index}`)))) +
				role('C', endpoints(many(26, index => direct(`D${index}`, 100 + index, 2000 + 2 * index, 2001 + 2 * index)))),
		},
		found: ["definition: 'I25'", "definition: 'Caching'", "definition: 'D25'"],
		neighbour: {
			definition:
				role('A', endpoints(many(25, index => input(`I${index}`, 100 + index)))) +
				role('B', imports('Caching') + endpoints(many(20, index => internal(`N${index}`)))) +
				role('C', endpoints(many(25, index => direct(`D${index}`, 100 + index, 2000 + 2 * index, 2001 + 2 * index)))),
		},
	},
	{
		rule: '4.2',
		code: 'boundProtocol',
		severity: 'warning',
		texts: { definition: web('W', endpoints(input('Raw', 80), input('Http', 81, 'http')) + sites('Raw', 'Http')) },
		found: ["definition: 'Raw'"],
		neighbour: { definition: web('W', endpoints(input('Raw', 80), input('Http', 81, 'http')) + sites('Http')) },
	},
	{
		rule: '4.3',
		code: 'duplicateBinding',
		severity: 'error',
		texts: inSites(
			site('Web', bindings(binding('a', 'Http', 'hostHeader="www.a.com"'))),
			site('B', bindings(binding('b', 'Http', 'hostHeader="WWW.a.com"'))),
		),
		found: ["definition: 'Http'"],
		neighbour: inSites(
			site('Web', bindings(binding('a', 'Http', 'hostHeader="www.a.com"'))),
			site('B', bindings(binding('b', 'Http'), binding('c', 'Two'))),
		),
	},
	{
		rule: '4.4',
		code: 'duplicateSiteName',
		severity: 'error',
		texts: inSites(
			site(
				'Web',
				`<VirtualApplication name="x"><VirtualDirectory name="y"/><VirtualDirectory name="Y"/></VirtualApplication>${bindings(binding('a', 'Http'))}`,
			),
			site('web', bindings(binding('b', 'Two'))),
		),
		found: ["definition: 'web'", "definition: 'Y'"],
		neighbour: inSites(
			site(
				'Web',
				`<VirtualApplication name="x"><VirtualDirectory name="x"/></VirtualApplication>${bindings(binding('a', 'Http'))}`,
			),
			site('B', bindings(binding('a', 'Two'))),
		),
	},
	{
		rule: '4.4',
		code: 'duplicateSiteName',
		severity: 'warning',
		texts: inSites(site('Web', bindings(binding('a', 'Http'), binding('A', 'Two')))),
		found: ["definition: 'A'"],
		neighbour: inSites(site('Web', bindings(binding('a', 'Http'), binding('b', 'Two')))),
	},
	{
		rule: '4.5',
		code: 'unboundEndpoint',
		severity: 'warning',
		texts: inSites(site('Web', bindings(binding('a', 'Http')))),
		found: ["definition: 'Two'"],
		neighbour: inSites(site('Web', bindings(binding('a', 'Http'), binding('b', 'Two')))),
	},
	{
		rule: '4.6',
		code: 'siteWithoutDirectory',
		severity: 'warning',
		texts: inSites(site('Web', ''), site('B', '')),
		found: ["definition: 'B'"],
		neighbour: inSites(site('Web', ''), site('B', '', 'physicalDirectory="..\\B"')),
	},
	{
		rule: '4.6',
		code: 'siteWithoutDirectory',
		severity: 'hint',
		texts: inSites(site('Web', '<VirtualApplication name="x"><VirtualDirectory name="y"/></VirtualApplication>')),
		found: ["definition: 'x'", "definition: 'y'"],
		neighbour: inSites(
			site(
				'Web',
				'<VirtualApplication name="x" physicalDirectory="x"><VirtualDirectory name="y" physicalDirectory="y"/></VirtualApplication>',
			),
		),
	},
	{
		rule: '5.4',
		code: 'repeatedDestination',
		severity: 'warning',
		texts: rules(only('In', fromB), only('In', '<AllowAllTraffic/>')),
		found: ["definition: 'In'"],
		neighbour: rules(only('In', fromB), only('Other', fromB)),
	},
	{
		rule: '5.5',
		code: 'noTrafficSource',
		severity: 'warning',
		texts: rules(only('In', '<WhenSource matches="AnyRule"/>')),
		found: ["definition: 'WhenSource'"],
		neighbour: rules(only('In', '<AllowAllTraffic/>')),
	},
	{
		rule: '5.6',
		code: 'pointlessTrafficRules',
		severity: 'information',
		texts: { definition: `${role('A')}<NetworkTrafficRules/>` },
		found: ["definition: 'NetworkTrafficRules'"],
		neighbour: rules(),
	},
	{
		rule: '6.1',
		code: 'localStorageTooLarge',
		severity: 'warning',
		texts: size('ExtraSmall', stores(store('A', 20000), '<LocalStorage name="B"/>')),
		found: ["definition: 'ExtraSmall'"],
		neighbour: size('ExtraSmall', stores(store('A', 19000), '<LocalStorage name="B"/>')),
	},
	{
		rule: '6.2',
		code: 'diagnosticStoreSpace',
		severity: 'information',
		texts: size('ExtraSmall', stores(store('A', 18000))),
		found: ["definition: 'ExtraSmall'"],
		neighbour: size('ExtraSmall', stores(store('A', 18000), store('DiagnosticStore', 2000))),
	},
	{
		rule: '6.4',
		code: 'duplicateLocalStorage',
		severity: 'error',
		texts: { definition: role('A', stores(store('S', 1), store('S', 1))) },
		found: ["definition: 'S'"],
		neighbour: { definition: role('A', stores(store('S', 1))) + role('B', stores(store('S', 1))) },
	},
	{
		rule: '6.a',
		code: 'unknownVmSize',
		severity: 'warning',
		texts: size('Standard_D1_v9'),
		found: ["definition: 'Standard_D1_v9'"],
		neighbour: size('Standard_D1_v2'),
	},
	{
		rule: '6.a',
		code: 'refusedVmSize',
		severity: 'error',
		texts: size('Standard_B2s'),
		found: ["definition: 'Standard_B2s'"],
		neighbour: size('Standard_E8_v3'),
	},
	{
		rule: '6.a',
		code: 'vmSizeAlias',
		severity: 'warning',
		texts: size('A1'),
		found: ["definition: 'A1'"],
		neighbour: size('A5'),
	},
	{
		rule: '6.b',
		code: 'legacyVmSize',
		severity: 'error',
		texts: size('Small'),
		found: ["definition: 'Small'"],
		neighbour: size('Standard_A1_v2'),
		options: extended,
	},
	{
		rule: '6.b',
		code: 'legacyVmSize',
		severity: 'hint',
		texts: size('A7'),
		found: ["definition: 'A7'"],
		neighbour: size('A7'),
		options: {},
		neighbourOptions: { platform: 'classic' },
	},
	{
		rule: '6.b',
		code: 'missingVmSize',
		severity: 'error',
		texts: { definition: role('A') },
		found: ["definition: 'A'"],
		neighbour: size('Standard_D1'),
		options: extended,
	},
	{
		rule: '6.b',
		code: 'missingVmSize',
		severity: 'hint',
		texts: { definition: role('A') },
		found: ["definition: 'A'"],
		neighbour: { definition: role('A') },
		options: {},
		neighbourOptions: { platform: 'classic' },
	},
	{
		rule: '6.b',
		code: 'retiredVmSize',
		severity: 'warning',
		texts: size('Standard_H8'),
		found: ["definition: 'Standard_H8'"],
		neighbour: size('Standard_G1'),
		options: extended,
	},
	{
		rule: '6.b',
		code: 'vmRoleSize',
		severity: 'warning',
		texts: { definition: '<VirtualMachineRole name="V" vmsize="A5"/>' },
		found: ["definition: 'A5'"],
		neighbour: { definition: '<VirtualMachineRole name="V" vmsize="Large"/>' },
	},
	{
		rule: '7.9',
		code: 'tooManyCertificates',
		severity: 'error',
		texts: {
			definition: role('A', `<Certificates>${many(200, index => `<Certificate name="C${index}"/>`)}</Certificates>`),
		},
		found: ["definition: 'C199'"],
		neighbour: {
			definition:
				role('A', `<Certificates>${many(199, index => `<Certificate name="C${index}"/>`)}</Certificates>`) +
				role('B', '<Certificates><Certificate name="C1"/></Certificates>'),
		},
	},
	{
		rule: '7.10',
		code: 'misspeltStore',
		severity: 'warning',
		texts: { definition: role('A', '<Certificates><Certificate name="C" storeName="Disallow"/></Certificates>') },
		found: ["definition: 'Disallow'"],
		neighbour: { definition: role('A', '<Certificates><Certificate name="C" storeName="Disallowed"/></Certificates>') },
	},
	{
		rule: '8.3',
		code: 'noRemoteForwarder',
		severity: 'warning',
		texts: { definition: role('A', imports('RemoteAccess')) + role('B', imports('RemoteAccess')) },
		found: ["definition: 'RemoteAccess'"],
		neighbour: {
			definition: role('A', imports('RemoteAccess')) + role('B', imports('RemoteAccess', 'RemoteForwarder')),
		},
	},
	{
		rule: '8.3',
		code: 'severalRemoteForwarders',
		severity: 'error',
		texts: {
			definition: role('A', imports('RemoteAccess', 'RemoteForwarder')) + role('B', imports('RemoteForwarder')),
		},
		found: ["definition: 'RemoteForwarder'"],
		neighbour: {
			definition: role('A', imports('RemoteAccess', 'RemoteForwarder')) + role('B', imports('RemoteAccess')),
		},
	},
	{
		rule: '8.4',
		code: 'remoteForwarderAlone',
		severity: 'warning',
		texts: { definition: role('A', imports('RemoteForwarder')) },
		found: ["definition: 'RemoteForwarder'"],
		neighbour: { definition: role('A', imports('RemoteForwarder')) + role('B', imports('RemoteAccess')) },
	},
	{
		rule: '8.5',
		code: 'duplicateImport',
		severity: 'error',
		texts: { definition: role('A', imports('Diagnostics', 'Diagnostics')) },
		found: ["definition: 'Diagnostics'"],
		neighbour: { definition: role('A', imports('Diagnostics')) + role('B', imports('Diagnostics')) },
	},
	{
		rule: '8.6',
		code: 'diagnosticsImport',
		severity: 'warning',
		texts: {
			definition: `<ServiceDefinition name="S" schemaVersion="2015-04.2.6">${role('A', imports('Diagnostics'))}</ServiceDefinition>`,
		},
		found: ["definition: 'Diagnostics'"],
		neighbour: {
			definition: `<ServiceDefinition name="S" schemaVersion="2014-06.2.4">${role('A', imports('Diagnostics'))}</ServiceDefinition>`,
		},
	},
	{
		rule: '8.7',
		code: 'retiredModule',
		severity: 'warning',
		texts: { definition: role('A', imports('Connect', 'Caching')) },
		found: ["definition: 'Connect'", "definition: 'Caching'"],
		neighbour: { definition: role('A', imports('Diagnostics')) },
	},
	{
		rule: '8.8',
		code: 'unknownModule',
		severity: 'warning',
		texts: { definition: role('A', imports('Redis')) },
		found: ["definition: 'Redis'"],
		neighbour: { definition: role('A', imports('WebDeploy', 'Profiling')) },
	},
	{
		rule: '8.9',
		code: 'remoteDesktopModule',
		severity: 'error',
		texts: { definition: role('A', imports('RemoteAccess', 'RemoteForwarder')) },
		found: ["definition: 'RemoteAccess'", "definition: 'RemoteForwarder'"],
		neighbour: { definition: role('A', imports('WebDeploy')) },
		options: extended,
	},
	{
		rule: '12.1',
		code: 'variableWithoutValue',
		severity: 'error',
		texts: task('<Variable name="V"/>'),
		found: ["definition: 'V'"],
		neighbour: task(`<Variable name="U" value=""/>${xpath('/RoleEnvironment/Deployment/@id')}`),
	},
	{
		rule: '12.1',
		code: 'variableWithTwoValues',
		severity: 'warning',
		texts: task('<Variable name="V" value="x"><RoleInstanceValue xpath="/RoleEnvironment/Deployment/@id"/></Variable>'),
		found: ["definition: 'x'"],
		neighbour: task('<Variable name="V" value="x"/>'),
	},
	{
		rule: '12.2',
		code: 'unknownXPath',
		severity: 'warning',
		texts: task(xpath('/RoleEnvironment/Deployment/@name') + xpath(`${current}/Endpoints/Endpoint[@name='E']/@value`)),
		found: [
			"definition: '/RoleEnvironment/Deployment/@name'",
			`definition: '${current}/Endpoints/Endpoint[@name='E']/@value'`,
		],
		neighbour: task(xpath('/RoleEnvironment/Deployment/@id') + xpath(`${current}/@roleName`)),
	},
	{
		rule: '12.2',
		code: 'unknownNameInXPath',
		severity: 'warning',
		texts: task(
			xpath(`${current}/ConfigurationSettings/ConfigurationSetting[@name='S']/@value`) +
				xpath(`${current}/LocalResources/LocalResource[@name='L']/@path`) +
				xpath(`${current}/Endpoints/Endpoint[@name='E']/@port`),
		),
		found: ["definition: 'S'", "definition: 'L'", "definition: 'E'"],
		neighbour: {
			definition: role(
				'A',
				`<Runtime><Environment>${xpath(`${current}/ConfigurationSettings/ConfigurationSetting[@name='S']/@value`)}${xpath(`${current}/LocalResources/LocalResource[@name='L']/@sizeInMB`)}${xpath(`${current}/Endpoints/Endpoint[@name='E']/@address`)}</Environment></Runtime><ConfigurationSettings><Setting name="S"/></ConfigurationSettings>${stores(store('L', 1))}${endpoints(internal('E'))}`,
			),
		},
	},
	{
		rule: '12.3',
		code: 'readyOnProcessStart',
		severity: 'error',
		texts: {
			definition: role(
				'A',
				'<Runtime><EntryPoint><ProgramEntryPoint commandLine="a.exe" setReadyOnProcessStart="false"/></EntryPoint></Runtime>',
			),
		},
		found: ["definition: 'false'"],
		neighbour: {
			definition: role(
				'A',
				'<Runtime><EntryPoint><ProgramEntryPoint commandLine="a.exe" setReadyOnProcessStart="true"/></EntryPoint></Runtime>',
			),
		},
	},
	{
		rule: '12.5',
		code: 'pathBelowApproot',
		severity: 'warning',
		texts: {
			definition: role(
				'A',
				'<Runtime><EntryPoint><NetFxEntryPoint assemblyName="%ROLEROOT%\\Approot\\A.dll"/></EntryPoint></Runtime><Startup><Task commandLine="%RoleRoot%\\approot\\a.cmd"/></Startup>',
			),
		},
		found: ["definition: '%RoleRoot%\\approot\\a.cmd'", "definition: '%ROLEROOT%\\Approot\\A.dll'"],
		neighbour: { definition: role('A', '<Startup><Task commandLine="a.cmd %ROLEROOT%\\Approot\\x"/></Startup>') },
	},
	{
		rule: '12.6',
		code: 'scriptWithMark',
		severity: 'warning',
		texts: { definition: role('A', '<Startup><Task commandLine="bin\\install.cmd /q &gt;log"/></Startup>') },
		found: ["definition: 'bin\\install.cmd /q &gt;log'"],
		neighbour: {
			definition: role('A', '<Startup><Task commandLine="..\\install.cmd"/><Task commandLine="other.cmd"/></Startup>'),
		},
		options: {
			nearby: {
				isFolder: () => true,
				startsWithMark: path => path === '/s/A/bin/install.cmd' || path === '/s/install.cmd',
			},
		},
	},
	{
		rule: '12.8',
		code: 'partialTrust',
		severity: 'warning',
		texts: { definition: role('A', '', ' enableNativeCodeExecution="false"') },
		found: ["definition: 'false'"],
		neighbour: { definition: role('A', '', ' enableNativeCodeExecution="true"') },
	},
	{
		rule: '12.9',
		code: 'duplicateVariable',
		severity: 'warning',
		texts: task('<Variable name="Path" value="a"/><Variable name="PATH" value="b"/>'),
		found: ["definition: 'PATH'"],
		neighbour: {
			definition: role(
				'A',
				'<Startup><Task commandLine="a.cmd"><Environment><Variable name="V" value=""/></Environment></Task><Task commandLine="b.cmd"><Environment><Variable name="V" value=""/></Environment></Task></Startup>',
			),
		},
	},
	{
		rule: '12.10',
		code: 'duplicateContent',
		severity: 'warning',
		texts: { definition: role('A', '<Contents><Content destination="a"/><Content destination="A"/></Contents>') },
		found: ["definition: 'A'"],
		neighbour: { definition: role('A', '<Contents><Content destination="a"/><Content destination="b"/></Contents>') },
	},
	{
		rule: '12.10',
		code: 'missingSourceDirectory',
		severity: 'warning',
		texts: {
			definition: role(
				'A',
				'<Contents><Content destination="a"><SourceDirectory path="..\\gone"/></Content></Contents>',
			),
		},
		found: ["definition: '..\\gone'"],
		neighbour: {
			definition: role(
				'A',
				'<Contents><Content destination="a"><SourceDirectory path="there"/></Content><Content destination="b"><SourceDirectory path="%TEMP%\\x"/></Content></Contents>',
			),
		},
		options: { nearby: { isFolder: path => path === '/s/there', startsWithMark: () => false } },
	},
	{
		rule: '13.2',
		code: 'vmRoleInNewSchema',
		severity: 'error',
		texts: {
			definition:
				'<ServiceDefinition name="S" schemaVersion="2014-06.2.4"><VirtualMachineRole name="V"/></ServiceDefinition>',
		},
		found: ["definition: 'V'"],
		neighbour: {
			definition:
				'<ServiceDefinition name="S" schemaVersion="2012-05.1.7"><VirtualMachineRole name="V"/></ServiceDefinition>',
		},
	},
	{
		rule: '13.3',
		code: 'vmRoleGone',
		severity: 'warning',
		texts: { definition: '<VirtualMachineRole name="V"/>' },
		found: ["definition: 'V'"],
		neighbour: { definition: role('V') },
	},
];

ruleSuite('rules of the definition', cases);
