import assert from 'node:assert/strict';
import { parseFile, serviceOf } from '../../src/language/documents';
import { checkService } from '../../src/model/rules';
import {
	certificates,
	configured,
	direct,
	endpoints,
	findings,
	imports,
	input,
	internal,
	plugins,
	role,
	settings,
	sites,
	traffic,
	values,
	web,
} from '../support/findings';
import { configurationText, type Texts } from '../support/services';

/** What is worth mending: what only hints or informs is tested rule by rule. */
function found(texts: Texts): string[] {
	return findings(texts, { platform: 'classic' }).filter(line => !/: (?:information|hint) /.test(line));
}

const diagnostics = `${plugins}.Diagnostics.ConnectionString`;

interface Case {
	readonly name: string;
	readonly texts: Texts;
	readonly expected: readonly string[];
}

const cases: readonly Case[] = [
	{
		name: '1.1 the configuration gives another service name',
		texts: {
			definition: '<ServiceDefinition name="Shop"/>',
			Local: '<ServiceConfiguration serviceName="shop"/>',
			Cloud: '<ServiceConfiguration serviceName="Shop"/>',
		},
		expected: [
			`Local: serviceNameDiffers 'shop'`,
			`Local: warning missingOsFamily 'ServiceConfiguration'`,
			`Cloud: warning missingOsFamily 'ServiceConfiguration'`,
		],
	},
	{
		name: '1.1 a name that is not typed yet is no other name',
		texts: { definition: '<ServiceDefinition name="Shop"/>', Local: '<ServiceConfiguration serviceName=' },
		expected: [`Local: warning missingOsFamily 'ServiceConfiguration'`],
	},
	{
		name: '1.2 two roles of one name, of different kinds',
		texts: { definition: role('Work') + web('Work') },
		expected: [`definition: duplicateRole 'Work'`, `definition: warning webRoleWithoutHttp 'Work'`],
	},
	{ name: '1.2 names that differ in case are two', texts: { definition: role('Work') + role('work') }, expected: [] },
	{
		name: '1.3 a configuration lacks a role, another has it',
		texts: { definition: role('Work'), Local: '', Cloud: configured('Work') },
		expected: [`Local: missingRole 'ServiceConfiguration'`],
	},
	{
		name: '1.3 a definition without configurations lacks nothing',
		texts: { definition: role('Work') },
		expected: [],
	},
	{
		name: '1.4 a configuration names a role that is not there',
		texts: { definition: role('Work'), Local: configured('Work') + configured('Wrok') },
		expected: [`Local: unknownRole 'Wrok'`],
	},
	{
		name: '1.4 without a definition nothing is unknown',
		texts: { Local: configured('Work') },
		expected: [],
	},
	{
		name: '1.5 a role is configured twice',
		texts: { definition: role('Work'), Local: configured('Work') + configured('Work') },
		expected: [`Local: duplicateRole 'Work'`],
	},
	{
		name: '1.6 a setting that nothing declares',
		texts: { definition: role('Work', settings('A')), Local: configured('Work', values('A', 'B')) },
		expected: [`Local: unknownSetting 'B'`],
	},
	{
		name: '1.6 the setting of another role does not count',
		texts: {
			definition: role('One', settings('A')) + role('Two'),
			Local: configured('One', values('A')) + configured('Two', values('A')),
		},
		expected: [`Local: unknownSetting 'A'`],
	},
	{
		name: '1.6 settings of an import are declared, optional ones too',
		texts: {
			definition: role('Work', imports('Caching')),
			Local: configured(
				'Work',
				values(
					...['NamedCaches', 'CacheSizePercentage', 'ConfigStoreConnectionString', 'DiagnosticLevel'].map(
						name => `${plugins}.Caching.${name}`,
					),
				),
			),
		},
		expected: [`definition: warning retiredModule 'Caching'`],
	},
	{
		name: '8.2 what Visual Studio writes when it publishes is no error',
		texts: {
			definition: role('Work'),
			Local: configured('Work', values('Profiling.ProfilingConnectionString', 'CloudToolsDiagnosticAgentVersion')),
		},
		expected: [
			`Local: warning unknownSetting 'Profiling.ProfilingConnectionString'`,
			`Local: warning unknownSetting 'CloudToolsDiagnosticAgentVersion'`,
		],
	},
	{
		name: '3.1 and 3.16 endpoints that Visual Studio writes beside their import when it publishes',
		texts: {
			definition: role(
				'Work',
				imports('WebDeploy', 'RemoteDebuggerConnector') +
					endpoints(
						input(`${plugins}.WebDeploy.InputEndpoint`, 8172, 'tcp', 'localPort="8172"'),
						direct(`${plugins}.RemoteDebugger.Connector`, 30398, 30400, 30424),
					),
			),
		},
		expected: [],
	},
	{
		name: '8.2 the setting of a module that is not imported',
		texts: { definition: role('Work'), Local: configured('Work', values(diagnostics)) },
		expected: [`Local: unknownSetting '${diagnostics}'`],
	},
	{
		name: '8.2 the diagnostics setting as a plain one, without the import',
		texts: { definition: role('Work', settings(diagnostics)), Local: configured('Work', values(diagnostics)) },
		expected: [],
	},
	{
		name: '1.6 an unknown module may declare qualified names, but no others',
		texts: {
			definition: role('Work', imports('Redis')),
			Local: configured('Work', `${values('Redis.Port', 'Port')}${certificates('Redis.Key')}`),
		},
		expected: [`Local: unknownSetting 'Port'`, `definition: warning unknownModule 'Redis'`],
	},
	{
		name: '1.7 a declared setting has no value, own and imported',
		texts: {
			definition: role('Work', imports('Diagnostics') + settings('A', 'B')),
			Local: configured('Work', values('A')),
			Cloud: configured('Work', values('A', 'B', diagnostics)),
		},
		expected: [`Local: missingSetting 'Work'`, `Local: missingSetting 'Work'`],
	},
	{
		name: '1.7 what an unknown module wants is not asked for',
		texts: { definition: role('Work', imports('Redis')), Local: configured('Work') },
		expected: [`definition: warning unknownModule 'Redis'`],
	},
	{
		name: '1.8 a setting twice, in either file',
		texts: {
			definition: role('Work', settings('A', 'A')) + role('Other', settings('A')),
			Local: configured('Work', values('A', 'A')) + configured('Other', values('A')),
		},
		expected: [`definition: duplicateSetting 'A'`, `Local: duplicateSetting 'A'`],
	},
	{
		name: '1.9 certificates missing and unknown',
		texts: {
			definition: role('Work', certificates('Own') + imports('RemoteForwarder')),
			Local: configured('Work', values(`${plugins}.RemoteForwarder.Enabled`) + certificates('Other')),
		},
		expected: [
			`Local: unknownCertificate 'Other'`,
			`Local: missingCertificate 'Work'`,
			`definition: warning remoteForwarderAlone 'RemoteForwarder'`,
		],
	},
	{
		name: '1.9 the certificate of an import has to be given',
		texts: {
			definition: role('Work', imports('RemoteAccess')),
			Local: configured(
				'Work',
				values(
					...['Enabled', 'AccountUsername', 'AccountEncryptedPassword', 'AccountExpiration'].map(
						name => `${plugins}.RemoteAccess.${name}`,
					),
				),
			),
		},
		expected: [`Local: missingCertificate 'Work'`, `definition: warning noRemoteForwarder 'RemoteAccess'`],
	},
	{
		name: '1.9 the certificate that LightSwitch gives when it publishes',
		texts: {
			definition: role('Work', settings('Microsoft.LightSwitch.Trace.Level') + certificates('SSLCertificate', 'Own')),
			Local: configured('Work', values('Microsoft.LightSwitch.Trace.Level')),
		},
		expected: [`Local: warning missingCertificate 'Work'`, `Local: missingCertificate 'Work'`],
	},
	{
		name: '1.9 the same certificate of a role that LightSwitch did not make',
		texts: { definition: role('Work', certificates('SSLCertificate')), Local: configured('Work') },
		expected: [`Local: missingCertificate 'Work'`],
	},
	{
		name: '1.9 a certificate given as declared',
		texts: {
			definition: role('Work', certificates('Own')),
			Local: configured('Work', certificates('Own')),
		},
		expected: [],
	},
	{
		name: '2.3 more instances than public ports',
		texts: {
			definition: role('Work', endpoints(direct('Direct', 80, 10100, 10101))),
			Local: configured('Work', '', 2),
			Cloud: configured('Work', '', 3),
		},
		expected: [`Cloud: tooManyInstances '3'`],
	},
	{
		name: '3.1 endpoint names over all kinds',
		texts: {
			definition: role('Work', endpoints(input('E', 80), internal('E'))) + role('Two', endpoints(internal('E'))),
		},
		expected: [`definition: duplicateEndpoint 'E'`],
	},
	{
		name: '3.1 the endpoint of an import',
		texts: { definition: role('Work', imports('RemoteAccess') + endpoints(internal(`${plugins}.RemoteAccess.Rdp`))) },
		expected: [
			`definition: duplicateEndpoint '${plugins}.RemoteAccess.Rdp'`,
			`definition: warning noRemoteForwarder 'RemoteAccess'`,
		],
	},
	{
		name: '3.2 a public port in two roles',
		texts: { definition: web('A', endpoints(input('E', 80, 'http'))) + role('B', endpoints(input('F', 80, 'tcp'))) },
		expected: [`definition: duplicatePort '80'`],
	},
	{
		name: '3.2 the same number for udp and tcp',
		texts: { definition: role('A', endpoints(input('E', 80, 'udp'))) + role('B', endpoints(input('F', 80, 'tcp'))) },
		expected: [],
	},
	{
		name: '3.2 the port of RemoteForwarder',
		texts: { definition: role('A', endpoints(input('E', 3389))) + role('B', imports('RemoteForwarder')) },
		expected: [`definition: duplicatePort '3389'`, `definition: warning remoteForwarderAlone 'RemoteForwarder'`],
	},
	{
		name: '3.3 a public port inside a range, and ranges that overlap',
		texts: {
			definition:
				role('A', endpoints(direct('One', 81, 10100, 10110))) +
				role('B', endpoints(direct('Two', 82, 10110, 10120), input('Three', 10105))),
		},
		expected: [
			`definition: portRangeOverlap '10105'`,
			`definition: portRangeOverlap '<FixedPortRange min="10110" max="10120"/>'`,
		],
	},
	{
		name: '3.3 ranges side by side, and the same range for udp',
		texts: {
			definition: role(
				'A',
				endpoints(
					direct('One', 81, 10100, 10110),
					direct('Two', 82, 10111, 10120),
					direct('Three', 83, 10100, 10110, 'udp'),
				),
			),
		},
		expected: [],
	},
	{
		name: '3.4 a range that ends before it starts',
		texts: {
			definition: role(
				'A',
				endpoints(internal('E', 'tcp', '<FixedPortRange min="20" max="10"/><FixedPortRange min="7" max="7"/>')),
			),
		},
		expected: [`definition: reversedPortRange '20'`],
	},
	{
		name: '3.5 two endpoints on one local port',
		texts: {
			definition: role(
				'A',
				endpoints(
					input('One', 80, 'tcp', 'localPort="8080"'),
					internal('Two', 'tcp', '<FixedPort port="8080"/>'),
					internal('Three', 'udp', '<FixedPort port="8080"/>'),
				),
			),
		},
		expected: [`definition: warning sharedLocalPort '<FixedPort port="8080"/>'`],
	},
	{
		name: '3.5 in different roles, and allocated ports',
		texts: {
			definition:
				role(
					'A',
					endpoints(internal('One', 'tcp', '<FixedPort port="8080"/>'), input('Two', 81, 'tcp', 'localPort="*"')),
				) +
				role(
					'B',
					endpoints(internal('One', 'tcp', '<FixedPort port="8080"/>'), input('Two', 82, 'tcp', 'localPort="*"')),
				),
		},
		expected: [],
	},
	{
		name: '3.6 https without a certificate, and with one that is not there',
		texts: {
			definition: web('A', endpoints(input('One', 443, 'https'), input('Two', 444, 'https', 'certificate="Ssl"'))),
			Local: configured('A'),
		},
		expected: [`definition: httpsWithoutCertificate 'One'`, `definition: unknownCertificate 'Ssl'`],
	},
	{
		name: '3.6 a certificate that only the endpoint and every configuration name has worked for years',
		texts: {
			definition: web('A', endpoints(input('Two', 444, 'https', 'certificate="Ssl"'))),
			Local: configured('A', certificates('Ssl')),
		},
		expected: [`definition: warning undeclaredCertificate 'Ssl'`],
	},
	{
		name: '3.6 https with a certificate of the role, http without',
		texts: {
			definition: web(
				'A',
				certificates('Ssl') +
					endpoints(input('One', 443, 'https', 'certificate="Ssl"'), input('Two', 80, 'http', 'certificate="None"')),
			),
		},
		expected: [`definition: warning certificateWithoutEffect 'None'`],
	},
	{
		name: '4.1 a site is bound to an endpoint that is not there, or not suitable',
		texts: {
			definition: web(
				'A',
				endpoints(input('Http', 80, 'http'), internal('Inner', 'http'), internal('Raw', 'tcp')) +
					sites('Http', 'Inner', 'Raw', 'Htpt'),
			),
		},
		expected: [`definition: warning unsuitableBinding 'Raw'`, `definition: unknownEndpoint 'Htpt'`],
	},
	{
		name: '4.1 the legacy form of endpoints counts',
		texts: {
			definition: web('A', `<InputEndpoints>${input('Http', 80, 'http')}</InputEndpoints>${sites('Http')}`),
		},
		expected: [],
	},
	{
		name: '5.1 and 5.2 a traffic rule names roles and endpoints that are not there',
		texts: {
			definition:
				role('A', endpoints(internal('In'), input('Out', 80))) +
				traffic('A', 'In', 'A') +
				traffic('A', 'Out', 'Nobody') +
				traffic('A', 'None', 'A') +
				traffic('B', 'In', 'A'),
		},
		expected: [
			`definition: notInternalEndpoint 'Out'`,
			`definition: unknownEndpoint 'None'`,
			`definition: unknownRole 'B'`,
			`definition: unknownRole 'Nobody'`,
		],
	},
	{
		name: '5.1 internal endpoints of imports count',
		texts: { definition: role('A', imports('RemoteAccess')) + traffic('A', `${plugins}.RemoteAccess.Rdp`, 'A') },
		expected: [`definition: warning noRemoteForwarder 'RemoteAccess'`],
	},
];

suite('rules', () => {
	test('a configuration without a name of its own goes by its file in messages', () => {
		const files = {
			'/s/ServiceConfiguration.cscfg': configured('A', values('X')),
			'/s/ServiceConfiguration.Cloud.cscfg': configured('A'),
		};
		const service = serviceOf(
			Object.entries(files).map(([path, body]) => parseFile(path, 'cscfg', configurationText(body))),
		);
		const [problem] = checkService(service).get('/s/ServiceConfiguration.Cloud.cscfg') ?? [];
		assert.equal(
			problem?.message,
			"The configuration 'ServiceConfiguration.cscfg' gives the role 'A' the setting 'X', this one does not; add it here, or remove it there.",
		);
	});
	for (const { name, texts, expected } of cases) {
		test(name, () => assert.deepEqual(found(texts), expected));
	}
});
