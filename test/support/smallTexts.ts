import { anyChange } from './textChanges';

const pieces = [
	'<WebRole name="A">',
	'</WebRole>',
	'<WorkerRole name="B" vmsize="Small">',
	'</WorkerRole>',
	'<Role name="A">',
	'</Role>',
	'<Instances count="1" />',
	'<ConfigurationSettings>',
	'</ConfigurationSettings>',
	'<Setting name="S" />',
	'<Setting name="S" value="x" />',
	'<Setting name="T" value="AccountKey=a" />',
	'<Endpoints>',
	'</Endpoints>',
	'<InputEndpoint name="E" protocol="http" port="80" />',
	'<InternalEndpoint name="I" protocol="tcp" />',
	'<Sites>',
	'</Sites>',
	'<Site name="Web">',
	'</Site>',
	'<Bindings>',
	'</Bindings>',
	'<Binding name="E" endpointName="E" />',
	'<Certificates>',
	'</Certificates>',
	'<Certificate name="C" thumbprint="00" thumbprintAlgorithm="sha1" />',
	'<Imports>',
	'</Imports>',
	'<Import moduleName="RemoteAccess" />',
	'<Import moduleName="Own" />',
	'<Startup>',
	'</Startup>',
	'<Task commandLine="a.cmd">',
	'</Task>',
	'<Environment>',
	'</Environment>',
	'<Variable name="V">',
	'</Variable>',
	`<RoleInstanceValue xpath="/RoleEnvironment/CurrentInstance/Endpoints/Endpoint[@name='E']/@port" />`,
	'<NetworkConfiguration>',
	'</NetworkConfiguration>',
	'<VirtualNetworkSite name="v" />',
	'<NetworkTrafficRules>',
	'</NetworkTrafficRules>',
	'<!-- note -->',
	'<!-- rolewright-ignore unknownRole: so -->',
	'<![CDATA[x]]>',
	'&amp;',
	'text',
	' ',
	'\n',
	'\r\n',
	'\t',
	'<',
	'"',
	'<!--',
	'-->',
	'</',
	'<x:Role/>',
	' xmlns:x="u"',
	'&bad;',
];

const namespace = 'http://schemas.microsoft.com/ServiceHosting/2008/10';

/** A definition and a configuration of a few pieces each, of which some fit together. */
export function smallService(next: () => number): Map<string, string> {
	const body = () =>
		Array.from({ length: Math.floor(next() * 9) }, () => pieces[Math.floor(next() * pieces.length)]).join('');
	const broken = (text: string) => (next() < 0.3 ? anyChange(text, next) : text);
	return new Map([
		[
			'/s/ServiceDefinition.csdef',
			broken(`<ServiceDefinition name="S" xmlns="${namespace}/ServiceDefinition">${body()}</ServiceDefinition>`),
		],
		[
			'/s/ServiceConfiguration.Local.cscfg',
			broken(
				`<ServiceConfiguration serviceName="S" xmlns="${namespace}/ServiceConfiguration">${body()}</ServiceConfiguration>`,
			),
		],
	]);
}
