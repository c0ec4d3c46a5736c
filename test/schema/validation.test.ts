import assert from 'node:assert/strict';
import { validateSchema } from '../../src/schema/validation';
import { parse } from '../../src/xml/parser';
import { problemsIn } from '../support/outline';
import { configurationText, definitionText } from '../support/services';

type Cases = readonly (readonly [what: string, body: string, problems: readonly string[]])[];

const role = (children: string, version = '') =>
	`<ServiceDefinition name="S" ${version} xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition"><WorkerRole name="R">${children}</WorkerRole></ServiceDefinition>`;
const configured = (children: string) => `<Role name="R"><Instances count="1"/>${children}</Role>`;
const network = (children: string) => `<NetworkConfiguration>${children}</NetworkConfiguration>`;
const acls = `<AccessControls/><EndpointAcls/>`;

function definitions(cases: Cases): void {
	for (const [what, body, problems] of cases) {
		test(what, () => check(definitionText(body), 'csdef', problems));
	}
}

function configurations(cases: Cases): void {
	for (const [what, body, problems] of cases) {
		test(what, () => check(configurationText(body), 'cscfg', problems));
	}
}

function check(text: string, format: 'csdef' | 'cscfg', expected: readonly string[]): void {
	const found = validateSchema(parse(text), format);
	const listed = problemsIn(text, found).map((line, index) =>
		found[index]?.severity === 'error' ? line : `${found[index]?.severity} ${line}`,
	);
	assert.deepEqual(listed, expected);
}

suite('schema: elements', () => {
	definitions([
		['an unknown one', role('<Import/>'), ["unknownElement 'Import'"]],
		[
			'one in the wrong case is not also missing',
			role(
				'<Endpoints><InstanceInputEndpoint name="E" localPort="1" protocol="tcp"><allocatePublicPortFrom/></InstanceInputEndpoint></Endpoints>',
			),
			["unknownElement 'allocatePublicPortFrom'"],
		],
		['one of another namespace', role('<x:Imports xmlns:x="urn:x"/>'), ["foreignElement 'x:Imports'"]],
		['one that resets the namespace', role('<Imports xmlns=""/>'), ["foreignElement 'Imports'"]],
		[
			'names of JavaScript objects are names like others',
			role('<__proto__/><constructor/>'),
			["unknownElement '__proto__'", "unknownElement 'constructor'"],
		],
		['a missing one', role('<Contents><Content destination="d"></Content></Contents>'), ["missingElement 'Content'"]],
		['a missing one is not missed while its parent is being typed', role('<Contents><Content destination="d"'), []],
		['one too many', role('<Imports/><Imports/><Imports/>'), ["tooManyElements 'Imports'"]],
		['roles in any mix', '<WorkerRole name="A"/><VirtualMachineRole name="V"/><WorkerRole name="B"/>', []],
		['no role at all', '', []],
		[
			'rules before roles: the rules move',
			'<NetworkTrafficRules/><WorkerRole name="A"/><WorkerRole name="B"/>',
			["elementOrder 'NetworkTrafficRules'"],
		],
		[
			'probes after roles: the probes move',
			'<WorkerRole name="A"/><WorkerRole name="B"/><LoadBalancerProbes/>',
			["elementOrder 'LoadBalancerProbes'"],
		],
		[
			'the entry point before the environment',
			role('<Runtime><EntryPoint><NetFxEntryPoint assemblyName="a"/></EntryPoint><Environment/></Runtime>'),
			["elementOrder 'Environment'"],
		],
		['children of a role in any order', role('<Endpoints/><Imports/><Runtime/>'), []],
		[
			'both sides of a choice',
			'<NetworkTrafficRules><OnlyAllowTrafficTo><Destinations><RoleEndpoint roleName="A" endpointName="B"/></Destinations><AllowAllTraffic/><WhenSource matches="AnyRule"/></OnlyAllowTrafficTo></NetworkTrafficRules>',
			["onlyOneOf 'WhenSource'"],
		],
		['no side of a choice', role('<Runtime><EntryPoint/></Runtime>'), ["missingChoice 'EntryPoint'"]],
		[
			'no web role without sites from 2014-06.2.4 on',
			'<ServiceDefinition name="S" schemaVersion="2014-06.2.4" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition"><WebRole name="W"/></ServiceDefinition>',
			["missingElement 'WebRole'"],
		],
		[
			'before, that is a warning',
			'<ServiceDefinition name="S" schemaVersion="2012-10.1.8" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition"><WebRole name="W"/></ServiceDefinition>',
			["warning missingElement 'WebRole'"],
		],
		['without a version too', '<WebRole name="W"/>', ["warning missingElement 'WebRole'"]],
		[
			'bindings stand last in a site',
			'<WebRole name="W"><Sites><Site name="S"><Bindings><Binding name="B" endpointName="E"/></Bindings><VirtualDirectory name="V"/></Site></Sites></WebRole>',
			["elementOrder 'VirtualDirectory'"],
		],
		[
			'virtual directories nest to any depth',
			'<WebRole name="W"><Sites><Site name="S"><VirtualDirectory name="a"><VirtualApplication name="b"><VirtualDirectory name="c" x="1"/></VirtualApplication></VirtualDirectory><Bindings><Binding name="B" endpointName="E"/></Bindings></Site></Sites></WebRole>',
			["unknownAttribute 'x'"],
		],
		['a list that may not be empty', '<WebRole name="W"><Sites></Sites></WebRole>', ["missingElement 'Sites'"]],
		[
			'the old form of endpoints has one or two',
			'<WebRole name="W"><Sites><Site name="S"><Bindings><Binding name="B" endpointName="E"/></Bindings></Site></Sites><InputEndpoints><InputEndpoint name="a" protocol="http" port="1"/><InputEndpoint name="b" protocol="tcp" port="2"/><InputEndpoint name="c" protocol="http" port="3"/></InputEndpoints></WebRole>',
			["valueNotAllowed 'tcp'", "tooManyElements 'InputEndpoint'"],
		],
	]);
	configurations([
		[
			'network before roles',
			`<NetworkConfiguration/><Role name="R"><Instances count="1"/></Role><Role name="Q"><Instances count="1"/></Role>`,
			["elementOrder 'NetworkConfiguration'"],
		],
		[
			'of two that stand the wrong way round, the later one',
			`<NetworkConfiguration/><Role name="R"><Instances count="1"/></Role>`,
			["elementOrder 'Role'"],
		],
		['the order of the documentation is a warning', network(`${acls}<Dns/>`), ["warning elementOrder 'Dns'"]],
		['any other order is an error', network('<VirtualNetworkSite name="v"/><Dns/>'), ["elementOrder 'Dns'"]],
		['no instances', '<Role name="R"></Role>', ["missingElement 'Role'"]],
		[
			'at most 50 rules',
			network(
				`<AccessControls><AccessControl name="A">${'<Rule action="deny" order="1" remoteSubnet="x"/>'.repeat(51)}</AccessControl></AccessControls>`,
			),
			["tooManyElements 'Rule'"],
		],
		[
			'named addresses',
			network(
				'<AddressAssignments><VirtualIPs><VirtualIP name="v"><Endpoints><Endpoint role="r" name="n"/></Endpoints></VirtualIP></VirtualIPs></AddressAssignments>',
			),
			[],
		],
		[
			'named addresses in an older version',
			`<ServiceConfiguration serviceName="S" schemaVersion="2014-06.2.4" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration">${network('<AddressAssignments><VirtualIPs><VirtualIP name="v"><Endpoints><Endpoint role="r" name="n"/></Endpoints></VirtualIP></VirtualIPs><ReservedIPs><ReservedIP name="n" virtualIpName="v"/></ReservedIPs></AddressAssignments>')}</ServiceConfiguration>`,
			["notInSchemaVersion 'VirtualIPs'", "notInSchemaVersion 'virtualIpName'"],
		],
	]);
});

suite('schema: attributes', () => {
	definitions([
		['an unknown one', role('<Imports><Import moduleName="a" other="1"/></Imports>'), ["unknownAttribute 'other'"]],
		['a missing one', role('<Imports><Import/></Imports>'), ["missingAttribute 'Import'"]],
		[
			'one in the wrong case is not also missing',
			role('<Imports><Import ModuleName="a"/></Imports>'),
			["unknownAttribute 'ModuleName'"],
		],
		[
			'a setting has no value here',
			role('<ConfigurationSettings><Setting name="a" value=""/></ConfigurationSettings>'),
			["unknownAttribute 'value'"],
		],
		['one of another namespace', role('<Imports x:y="1" xmlns:x="urn:x"/>'), ["unknownAttribute 'x:y'"]],
		[
			'those of XML and of schema instances stand anywhere',
			role(
				'<Imports xml:lang="en" xml:space="preserve" xsi:schemaLocation="a b" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>',
			),
			[],
		],
		['nothing is missing in a tag that is being typed', role('<Imports><Import '), []],
		[
			'a value that was not typed yet is not wrong',
			role('<LocalResources><LocalStorage name="a" sizeInMB=/></LocalResources>'),
			[],
		],
	]);
	configurations([
		[
			'the name that the documentation writes',
			network('<EndpointAcls><EndpointAcl role="R" endpoint="E" accessControl="A"/></EndpointAcls>'),
			["warning documentedName 'endpoint'"],
		],
		[
			'both names',
			network('<EndpointAcls><EndpointAcl role="R" endpoint="E" endPoint="E" accessControl="A"/></EndpointAcls>'),
			["unknownAttribute 'endpoint'"],
		],
		[
			'a setting without value',
			configured('<ConfigurationSettings><Setting name="a"/></ConfigurationSettings>'),
			["missingAttribute 'Setting'"],
		],
	]);
});

suite('schema: values', () => {
	const port = (value: string) =>
		role(`<Endpoints><InputEndpoint name="E" protocol="tcp" port="${value}"/></Endpoints>`);
	const local = (value: string) =>
		role(`<Endpoints><InputEndpoint name="E" protocol="tcp" port="1" localPort="${value}"/></Endpoints>`);
	const named = (value: string) => role(`<ConfigurationSettings><Setting name="${value}"/></ConfigurationSettings>`);
	const clean = (value: string) =>
		role(`<LocalResources><LocalStorage name="a" cleanOnRoleRecycle="${value}"/></LocalResources>`);
	const protocol = (value: string) =>
		role(`<Endpoints><InputEndpoint name="E" protocol="${value}" port="1"/></Endpoints>`);
	const right = (values: readonly string[], write: (value: string) => string) =>
		values.map(value => [`right: ${value}`, write(value), []] as const);
	const wrong = (values: readonly string[], code: string, write: (value: string) => string) =>
		values.map(value => [`wrong: ${value}`, write(value), [`${code} '${value}'`]] as const);
	definitions([
		...right(['1', '65535', '+80', '080', ' 80 '], port),
		...wrong(['0', '65536', '-1'], 'valueRange', port),
		...wrong(['*', '0x50', '8e1', '80.0', '8 0', '+ 80'], 'valueForm', port),
		...right(['*', ' 80 '], local),
		...wrong([' * ', '**'], 'valueForm', local),
		...right(['a', '_', 'A b.c', 'Straße', 'a&#10;', 'a\uFEFF'], named),
		...wrong(['1a', 'a.', 'a ', 'a/b', 'Äa', 'a\u0085', "a'b"], 'valueForm', named),
		...right(['true', 'false', '1', '0', ' true '], clean),
		...wrong(['True', 'yes'], 'valueNotAllowed', clean),
		...right(['http', 'https', 'tcp', 'udp'], protocol),
		...wrong(['HTTP', ' http', 'any'], 'valueNotAllowed', protocol),
		['an empty value is marked with its attribute', port(''), [`valueForm 'port=""'`]],
		[
			'at most 256 characters',
			role(`<Startup><Task commandLine="${'x'.repeat(257)}"/></Startup>`),
			[`valueLength '${'x'.repeat(257)}'`],
		],
		[
			'a store of any name',
			role('<Certificates><Certificate name="a" storeLocation="LocalMachine" storeName="Disallow"/></Certificates>'),
			[],
		],
		[
			'a probe asks every 5 seconds at most',
			'<LoadBalancerProbes><LoadBalancerProbe name="p" protocol="tcp" intervalInSeconds="4"/></LoadBalancerProbes>',
			["valueRange '4'"],
		],
		[
			'an unknown version is a warning',
			role('', 'schemaVersion="2018-05.1.7"'),
			["warning valueNotAllowed '2018-05.1.7'"],
		],
		[
			'no element stands in an empty one, and no blank',
			role('<Imports><Import moduleName="a"> </Import></Imports>'),
			["blankNotAllowed ' '"],
		],
		['a comment in an empty one', role('<Imports><Import moduleName="a"><!-- c --></Import></Imports>'), []],
		['blanks in a list', role('<Imports>\n</Imports>'), []],
		['text in a list', role('<Imports> x </Imports>'), ["textNotAllowed 'x'"]],
	]);
	const order = (value: string) =>
		network(
			`<AccessControls><AccessControl name="A"><Rule action="deny" order="${value}" remoteSubnet="x"/></AccessControl></AccessControls>`,
		);
	const thumb = (value: string) =>
		configured(`<Certificates><Certificate name="a" thumbprint="${value}" thumbprintAlgorithm="sha1"/></Certificates>`);
	const address = (value: string) =>
		network(`<Dns><DnsServers><DnsServer name="a" IPAddress="${value}"/></DnsServers></Dns>`);
	configurations([
		...right(['0', '65535', ' 7 ', '007'], order),
		...wrong(['+7', '-1'], 'valueForm', order),
		...wrong(['65536'], 'valueRange', order),
		...right(['aB 09', 'ab\u00A0', '0'], thumb),
		...wrong(['\u200Eab', '\u200Bab', 'xyz'], 'valueForm', thumb),
		...right(['10.0.0.4', '255.255.255.255', '1.02.03.4'], address),
		...wrong(['256.0.0.1', '1.2.3', '::1'], 'valueForm', address),
		['any count passes the schema', '<Role name="R"><Instances count="-1"/></Role>', []],
		['a host name prefix', '<Role name="R" vmName="a-b"><Instances count="1"/></Role>', []],
		['no hyphen at its end', '<Role name="R" vmName="ab-"><Instances count="1"/></Role>', ["valueForm 'ab-'"]],
	]);
});

suite('schema: the root', () => {
	const ns = 'http://schemas.microsoft.com/ServiceHosting/2008/10';
	const cases: readonly [string, string, 'csdef' | 'cscfg', readonly string[]][] = [
		['nothing', '', 'csdef', []],
		['another element', '<configuration/>', 'cscfg', ["unknownRoot 'configuration'"]],
		[
			'a configuration in a definition',
			`<ServiceConfiguration serviceName="S" xmlns="${ns}/ServiceConfiguration"/>`,
			'csdef',
			["unknownRoot 'ServiceConfiguration'"],
		],
		[
			'no namespace is one problem',
			'<ServiceDefinition name="S"><WorkerRole name="R" x="1"/></ServiceDefinition>',
			'csdef',
			["missingNamespace 'ServiceDefinition'", "unknownAttribute 'x'"],
		],
		['a wrong namespace', '<ServiceDefinition name="S" xmlns="urn:x"/>', 'csdef', ["wrongNamespace 'urn:x'"]],
		[
			'a prefix',
			`<s:ServiceDefinition name="S" xmlns:s="${ns}/ServiceDefinition"><s:WorkerRole name="R"/></s:ServiceDefinition>`,
			'csdef',
			[],
		],
		[
			'a module',
			`<RoleModule namespace="N" xmlns="${ns}/ServiceDefinition"><Runtime><Environment/></Runtime></RoleModule>`,
			'csdef',
			[],
		],
		[
			'a transform is not judged',
			`<ServiceConfiguration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform" xmlns="${ns}/ServiceConfiguration"><Role xdt:Transform="Replace"/></ServiceConfiguration>`,
			'cscfg',
			[],
		],
	];
	for (const [what, text, format, problems] of cases) {
		test(what, () => check(text, format, problems));
	}
});

suite('schema: what a fix needs', () => {
	test('the nearest names and values', () => {
		const found = validateSchema(
			parse(
				definitionText(
					'<WorkerRol name="R"/><WorkerRole Name="Q"/><WorkerRole name="T"><Endpoints><InputEndpoint name="E" port="1" protocol="HTTPS"/></Endpoints></WorkerRole>',
				),
			),
			'csdef',
		);
		assert.deepEqual(
			found.map(problem => ('nearest' in problem ? problem.nearest : undefined)),
			['WorkerRole', 'name', 'https'],
		);
	});
	test('the character that nobody sees', () => {
		const [found] = validateSchema(parse(definitionText('<WorkerRole name="\u200bR"/>')), 'csdef');
		assert.match(
			found?.message ?? '',
			/^The value of 'name' holds the character U\+200B, which nobody sees; remove it: /,
		);
	});
	test('the sibling that an element has to stand before', () => {
		const [found] = validateSchema(
			parse(definitionText('<WorkerRole name="R"/><WorkerRole name="Q"/><LoadBalancerProbes/>')),
			'csdef',
		);
		assert.ok(found?.code === 'elementOrder');
		assert.deepEqual([found.before?.name?.text, found.after?.name?.text], ['WorkerRole', undefined]);
	});
});
