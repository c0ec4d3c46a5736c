import assert from 'node:assert/strict';
import { applyEdits } from '../../src/base/span';
import { diagnose } from '../../src/language/diagnostics';
import { fixesFor } from '../../src/language/quickFix';
import {
	configured,
	endpoints,
	imports,
	input,
	internal,
	plugins,
	role,
	settings,
	value,
	web,
} from '../support/findings';
import { serviceFrom, type Texts } from '../support/services';

/** What was wrong, the title of the fix, and what it replaces by what; the rest of every file stays as it was. */
interface FixCase {
	readonly code: string;
	readonly texts: Texts;
	readonly title: string;
	/** In the file named: this text becomes that one. */
	readonly change: readonly (readonly [file: string, from: string, to: string])[];
}

const extended = { platform: 'extended', today: '2026-01-31' } as const;

function apply({ code, texts, title }: FixCase): { readonly after: Texts; readonly problem: string } {
	const { service, files, nameOf, file } = serviceFrom(texts);
	for (const name of Object.keys(files)) {
		for (const problem of diagnose(file(name), service, extended).filter(each => each.code === code)) {
			const fix = fixesFor(file(name), service, problem).find(each => each.title === title);
			if (fix) {
				const after: Record<string, string> = Object.fromEntries(
					Object.keys(files).map(each => [each, file(each).document.text]),
				);
				for (const { path, edits } of fix.edits) {
					after[nameOf(path)] = applyEdits(file(nameOf(path)).document.text, edits);
				}
				return { after, problem: `${name}: ${problem.message}` };
			}
		}
	}
	assert.fail(`no fix '${title}' for ${code}`);
}

function problemsOf(texts: Texts): string[] {
	const { service, files, file } = serviceFrom(texts);
	return Object.keys(files).flatMap(name =>
		diagnose(file(name), service, extended).map(({ message }) => `${name}: ${message}`),
	);
}

const probes = (more: string, name = 'P') =>
	`<LoadBalancerProbes><LoadBalancerProbe name="${name}" ${more}/></LoadBalancerProbes>${role('A', endpoints(input('E', 80, 'http', 'loadBalancerProbe="P"')))}`;
const root = (attributes: string) => `<ServiceConfiguration serviceName="Shop" ${attributes}/>`;
const acl = (rules: string) =>
	`<NetworkConfiguration><AccessControls><AccessControl name="L">${rules}</AccessControl></AccessControls></NetworkConfiguration>`;
const variable = (content: string) =>
	role('A', `<Startup><Task commandLine="a.cmd"><Environment>${content}</Environment></Task></Startup>`);

const cases: readonly FixCase[] = [
	{
		code: 'noInstances',
		texts: { Local: configured('A', '', 0) },
		title: "Change to '1'",
		change: [['Local', 'count="0"', 'count="1"']],
	},
	{
		code: 'singleInstance',
		texts: { Cloud: configured('A', '', 1) },
		title: "Change to '2'",
		change: [['Cloud', 'count="1"', 'count="2"']],
	},
	{
		code: 'certificateWithoutEffect',
		texts: { definition: role('A', endpoints(input('E', 80, 'http', 'certificate="C"'))) },
		title: "Remove 'certificate'",
		change: [['definition', ' certificate="C"', '']],
	},
	{
		code: 'duplicatePort',
		texts: { definition: role('A', endpoints(input('E', 80), input('F', 80, 'tcp', 'localPort="81"'))) },
		title: "Change to '8080'",
		change: [['definition', 'name="F" protocol="tcp" port="80"', 'name="F" protocol="tcp" port="8080"']],
	},
	{
		code: 'unknownProbe',
		texts: { definition: probes('protocol="tcp"', 'Q') },
		title: "Change to 'Q'",
		change: [['definition', 'loadBalancerProbe="P"', 'loadBalancerProbe="Q"']],
	},
	{
		code: 'unusedProbe',
		texts: {
			definition: `${probes('protocol="tcp"').replace('</LoadBalancerProbes>', '<LoadBalancerProbe name="R" protocol="tcp"/></LoadBalancerProbes>')}`,
		},
		title: "Remove the probe 'R'",
		change: [['definition', '<LoadBalancerProbe name="R" protocol="tcp"/>', '']],
	},
	{
		code: 'probeWithoutPath',
		texts: { definition: probes('protocol="http"') },
		title: 'Set path="/"',
		change: [['definition', 'protocol="http"/></Load', 'protocol="http" path="/"/></Load']],
	},
	{
		code: 'probeTimeout',
		texts: { definition: probes('protocol="tcp" intervalInSeconds="40"') },
		title: 'Set timeoutInSeconds="81"',
		change: [['definition', 'intervalInSeconds="40"', 'intervalInSeconds="40" timeoutInSeconds="81"']],
	},
	{
		code: 'unboundEndpoint',
		texts: {
			definition: web(
				'W',
				`${endpoints(input('E', 80, 'http'), input('F', 81, 'http'))}<Sites><Site name="Web"><Bindings><Binding name="e" endpointName="E"/></Bindings></Site></Sites>`,
			),
		},
		title: "Bind the site 'Web' to 'F'",
		change: [
			[
				'definition',
				'<Binding name="e" endpointName="E"/>',
				'<Binding name="e" endpointName="E"/><Binding name="F" endpointName="F" />',
			],
		],
	},
	{
		code: 'duplicateBinding',
		texts: {
			definition: web(
				'W',
				`${endpoints(input('E', 80, 'http'))}<Sites><Site name="Web"><Bindings><Binding name="e" endpointName="E"/><Binding name="f" endpointName="E"/></Bindings></Site></Sites>`,
			),
		},
		title: 'Remove the binding',
		change: [['definition', '<Binding name="f" endpointName="E"/>', '']],
	},
	...[
		['Small', 'Standard_A1_v2'],
		['Large', 'Standard_A4_v2'],
		['A5', 'Standard_A2m_v2'],
		['A9', 'Standard_D14_v2'],
		['MSODSG5', 'Standard_A1_v2'],
	].map(
		([old = '', size = '']): FixCase => ({
			code: 'legacyVmSize',
			texts: { definition: `<WorkerRole name="A" vmsize="${old}"/>` },
			title: `Change to '${size}'`,
			change: [['definition', old, size]],
		}),
	),
	{
		code: 'legacyVmSize',
		texts: { definition: role('A', '', ' vmsize="Small"') },
		title: "Change to 'Standard_A1_v2'",
		change: [['definition', 'Small', 'Standard_A1_v2']],
	},
	{
		code: 'legacyVmSize',
		texts: { definition: role('A', '', ' vmsize="Small"') },
		title: "Change to 'Standard_A1'",
		change: [['definition', 'Small', 'Standard_A1']],
	},
	{
		code: 'missingVmSize',
		texts: { definition: role('A', '', ' ') },
		title: 'Set vmsize="Standard_A1_v2"',
		change: [['definition', 'name="A"', 'name="A" vmsize="Standard_A1_v2"']],
	},
	{
		code: 'unknownVmSize',
		texts: { definition: role('A', '', ' vmsize="standard_d1"') },
		title: "Change to 'Standard_D1'",
		change: [['definition', 'standard_d1', 'Standard_D1']],
	},
	{
		code: 'misspeltStore',
		texts: {
			definition: role(
				'A',
				'<Certificates><Certificate name="C" storeLocation="LocalMachine" storeName="Disallow"/></Certificates>',
			),
		},
		title: "Change to 'Disallowed'",
		change: [['definition', 'Disallow', 'Disallowed']],
	},
	{
		code: 'noRemoteForwarder',
		texts: { definition: role('A', imports('RemoteAccess')) },
		title: "Import 'RemoteForwarder' in the role 'A'",
		change: [
			[
				'definition',
				'<Import moduleName="RemoteAccess"/>',
				'<Import moduleName="RemoteAccess"/><Import moduleName="RemoteForwarder"/>',
			],
		],
	},
	{
		code: 'remoteDesktopModule',
		texts: {
			definition: role('A', `${imports('RemoteForwarder')}${settings('Own')}`),
			Local: configured(
				'A',
				`<ConfigurationSettings><Setting name="Own" value=""/><Setting name="${plugins}.RemoteForwarder.Enabled" value="true"/></ConfigurationSettings>`,
			),
		},
		title: "Remove the import 'RemoteForwarder' with its settings",
		change: [
			['definition', '<Import moduleName="RemoteForwarder"/>', ''],
			['Local', `<Setting name="${plugins}.RemoteForwarder.Enabled" value="true"/>`, ''],
		],
	},
	{
		code: 'diagnosticsImport',
		texts: {
			definition: `<ServiceDefinition name="S" schemaVersion="2015-04.2.6">${role('A', `${imports('Diagnostics')}${settings('Own')}`)}</ServiceDefinition>`,
		},
		title: 'Declare its setting in place of the import',
		change: [
			['definition', '<Import moduleName="Diagnostics"/>', ''],
			[
				'definition',
				'<Setting name="Own"/>',
				`<Setting name="Own"/><Setting name="${plugins}.Diagnostics.ConnectionString"/>`,
			],
		],
	},
	{
		code: 'insecureDiagnosticsStorage',
		texts: {
			Local: configured(
				'A',
				value(`${plugins}.Diagnostics.ConnectionString`, 'DefaultEndpointsProtocol=http;AccountName=a;AccountKey=QUJD'),
			),
		},
		title: "Change to 'https'",
		change: [['Local', '=http;', '=https;']],
	},
	{
		code: 'retiredGuestOs',
		texts: { Local: root('osFamily="2" osVersion="*"') },
		title: "Change to '7'",
		change: [['Local', 'osFamily="2"', 'osFamily="7"']],
	},
	{
		code: 'retiredGuestOs',
		texts: { Local: root(`osVersion='WA-GUEST-OS-2.10_201202-01' osFamily="2"`) },
		title: "Change to '6', and osVersion to '*'",
		change: [['Local', `'WA-GUEST-OS-2.10_201202-01' osFamily="2"`, `'*' osFamily="6"`]],
	},
	{
		code: 'missingOsFamily',
		texts: { Local: root('osVersion="*"') },
		title: 'Set osFamily="7"',
		change: [['Local', 'osVersion="*"', 'osVersion="*" osFamily="7"']],
	},
	{
		code: 'duplicateRuleOrder',
		texts: {
			Local: acl(
				'<Rule order="1" action="deny" remoteSubnet="0.0.0.0/0"/><Rule order="1" action="deny" remoteSubnet="10.0.0.0/8"/>',
			),
		},
		title: "Change to '2'",
		change: [['Local', 'order="1" action="deny" remoteSubnet="10', 'order="2" action="deny" remoteSubnet="10']],
	},
	{
		code: 'remoteSubnetForm',
		texts: { Local: acl('<Rule order="1" action="deny" remoteSubnet="10.0.0.1"/>') },
		title: "Change to '10.0.0.1/32'",
		change: [['Local', '10.0.0.1', '10.0.0.1/32']],
	},
	{
		code: 'roleWithoutSubnet',
		texts: {
			definition: role('A') + role('B'),
			Cloud: `${configured('A')}${configured('B')}<NetworkConfiguration><VirtualNetworkSite name="n"/><AddressAssignments><InstanceAddress roleName="A"><Subnets><Subnet name="s"/></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration>`,
		},
		title: "Put the role 'B' into the subnet 's'",
		change: [
			[
				'Cloud',
				'</InstanceAddress>',
				'</InstanceAddress><InstanceAddress roleName="B">\n  <Subnets>\n    <Subnet name="s"/>\n  </Subnets>\n</InstanceAddress>',
			],
		],
	},
	{
		code: 'variableWithoutValue',
		texts: { definition: variable('<Variable name="V"/>') },
		title: 'Set value=""',
		change: [['definition', '<Variable name="V"', '<Variable name="V" value=""']],
	},
	{
		code: 'duplicateVariable',
		texts: { definition: variable('<Variable name="V" value=""/><Variable name="v" value="1"/>') },
		title: "Remove the second variable 'v'",
		change: [['definition', '<Variable name="v" value="1"/>', '']],
	},
	{
		code: 'unknownNameInXPath',
		texts: {
			definition: role(
				'A',
				`<LocalResources><LocalStorage name="Logs"/></LocalResources><Runtime><Environment><Variable name="V"><RoleInstanceValue xpath="/RoleEnvironment/CurrentInstance/LocalResources/LocalResource[@name='Log']/@path"/></Variable></Environment></Runtime>`,
			),
		},
		title: "Change to 'Logs'",
		change: [['definition', "'Log'", "'Logs'"]],
	},
	{
		code: 'partialTrust',
		texts: { definition: role('A', endpoints(internal('E')), ' enableNativeCodeExecution="false"') },
		title: "Remove 'enableNativeCodeExecution'",
		change: [['definition', ' enableNativeCodeExecution="false"', '']],
	},
	{
		code: 'unequalConfigurations',
		texts: {
			Local: configured('A', value('X', '')),
			Cloud: configured('A', '<ConfigurationSettings><Setting name="Y" value=""/></ConfigurationSettings>'),
		},
		title: "Add setting 'X' to this configuration",
		change: [['Cloud', '<Setting name="Y" value=""/>', '<Setting name="Y" value=""/><Setting name="X" value=""/>']],
	},
];

suite('quick fixes of the other rules', () => {
	for (const each of cases) {
		test(`${each.code}: ${each.title}`, () => {
			const { after, problem } = apply(each);
			const { files, file } = serviceFrom(each.texts);
			const expected = Object.fromEntries(Object.keys(files).map(name => [name, file(name).document.text]));
			for (const [name, from, to] of each.change) {
				assert.equal(expected[name]?.split(from).length, 2, `'${from}' is not there once`);
				expected[name] = expected[name]?.replace(from, () => to) ?? '';
			}
			assert.deepEqual(after, expected);
			assert.ok(!problemsOf(after).includes(problem), 'the problem is still there');
		});
	}
	test('the last binding of a site is not offered for removal', () => {
		const site = (name: string) =>
			`<Site name="${name}"><Bindings><Binding name="e" endpointName="E"/></Bindings></Site>`;
		const { service, file } = serviceFrom({
			definition: web('W', `${endpoints(input('E', 80, 'http'))}<Sites>${site('Web')}${site('B')}</Sites>`),
		});
		const problem =
			diagnose(file('definition'), service).find(({ code }) => code === 'duplicateBinding') ?? assert.fail();
		assert.deepEqual(fixesFor(file('definition'), service, problem), []);
	});
});
