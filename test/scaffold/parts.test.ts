import assert from 'node:assert/strict';
import { planPart } from '../../src/scaffold/part';
import { parts } from '../../src/scaffold/parts';
import type { Answers } from '../../src/scaffold/question';
import { configurationText, definitionText } from '../support/services';
import { Folder } from './folder';

const definition = definitionText(`
	<LoadBalancerProbes>
		<!-- ours -->
		<LoadBalancerProbe name="Old" protocol="tcp"/>
	</LoadBalancerProbes>
	<WebRole name="Front" vmsize="Standard_A1_v2">
		<Sites>
			<Site name="Web" physicalDirectory="Front">
				<Bindings>
					<Binding name="HttpIn" endpointName="HttpIn"/>
				</Bindings>
			</Site>
		</Sites>
		<Endpoints>
			<InputEndpoint name="HttpIn" protocol="http" port="80" loadBalancerProbe="Old"/>
			<InputEndpoint name="Plain" protocol="tcp" port="81"/>
			<InternalEndpoint name="Peer" protocol="tcp"/>
		</Endpoints>
		<Certificates>
			<Certificate name="Ssl" storeLocation="LocalMachine" storeName="My"/>
		</Certificates>
	</WebRole>
	<WorkerRole name="Work" vmsize="Standard_A1_v2"/>
	<VirtualMachineRole name="Golden"/>
`);
const configuration = configurationText(`
	<Role name="Front">
		<Instances count="2"/>
		<Certificates>
			<Certificate name="Ssl" thumbprint="${'0'.repeat(40)}" thumbprintAlgorithm="sha1"/>
		</Certificates>
	</Role>
	<Role name="Work">
		<Instances count="2"/>
	</Role>
	<Role name="Golden">
		<OsImage href="g.vhd"/>
		<Instances count="1"/>
	</Role>
`);

function shop(): Folder {
	return new Folder().with({
		'ServiceDefinition.csdef': definition,
		'ServiceConfiguration.Local.cscfg': configuration,
		'ServiceConfiguration.Cloud.cscfg': configuration,
		'Front/index.html': '',
		'Work/worker.js': '',
	});
}

function add(folder: Folder, what: string, role: string, answers: Answers): Folder {
	const part = parts[what] ?? assert.fail(`no part '${what}'`);
	return folder.apply(planPart(part, folder.service(), role, answers, folder.surroundings()));
}

/** The lines that a file got, without their indentation; it fails where one was lost. */
function addedLines(before: string, after: string): readonly string[] {
	const lines = before.split('\n');
	const added = after.split('\n').filter(line => {
		if (line === lines[0]) {
			lines.shift();
			return false;
		}
		return true;
	});
	assert.deepEqual(lines, [], 'lines of the file are lost');
	return added.map(line => line.trim());
}

const zeros = '0'.repeat(40);

suite('parts of a role', () => {
	const rows: readonly (readonly [
		what: string,
		role: string,
		answers: Answers,
		definition: readonly string[],
		configuration?: readonly string[],
	])[] = [
		[
			'endpoint',
			'Front',
			{ name: 'Api' },
			['<Binding name="Api" endpointName="Api"/>', '<InputEndpoint name="Api" protocol="http" port="8080"/>'],
		],
		['endpoint', 'Front', { name: 'Api', site: '' }, ['<InputEndpoint name="Api" protocol="http" port="8080"/>']],
		[
			'endpoint',
			'Front',
			{ name: 'Api', protocol: 'https', port: '443', 'local-port': '*', probe: 'Old' },
			[
				'<Binding name="Api" endpointName="Api"/>',
				'<InputEndpoint name="Api" protocol="https" port="443" localPort="*" certificate="Ssl" loadBalancerProbe="Old"/>',
			],
		],
		[
			'endpoint',
			'Front',
			{ name: 'Api', kind: 'internal', protocol: 'udp', port: '7000' },
			['<InternalEndpoint name="Api" protocol="udp" port="7000"/>'],
		],
		[
			'endpoint',
			'Front',
			{ name: 'Api', kind: 'instance-input' },
			[
				'<InstanceInputEndpoint name="Api" localPort="8080" protocol="tcp">',
				'<AllocatePublicPortFrom>',
				'<FixedPortRange min="10000" max="10099"/>',
				'</AllocatePublicPortFrom>',
				'</InstanceInputEndpoint>',
			],
		],
		[
			'setting',
			'Front',
			{ name: 'Greeting', value: '<"&\'>' },
			['<ConfigurationSettings>', '<Setting name="Greeting"/>', '</ConfigurationSettings>'],
			['<ConfigurationSettings>', '<Setting name="Greeting" value="&lt;&quot;&amp;\'>"/>', '</ConfigurationSettings>'],
		],
		[
			'local-storage',
			'Front',
			{ name: 'Cache', size: '50', 'clean-on-recycle': 'false' },
			[
				'<LocalResources>',
				'<LocalStorage name="Cache" cleanOnRoleRecycle="false" sizeInMB="50"/>',
				'</LocalResources>',
			],
		],
		[
			'certificate',
			'Front',
			{ name: 'Root', 'store-name': 'Root', 'permission-level': 'elevated', thumbprint: 'A'.repeat(40) },
			['<Certificate name="Root" storeLocation="LocalMachine" storeName="Root" permissionLevel="elevated"/>'],
			[`<Certificate name="Root" thumbprint="${'A'.repeat(40)}" thumbprintAlgorithm="sha1"/>`],
		],
		[
			'startup-task',
			'Front',
			{ name: 'install', 'execution-context': 'elevated' },
			['<Startup>', '<Task commandLine="install.cmd" executionContext="elevated" taskType="simple"/>', '</Startup>'],
		],
		[
			'site',
			'Front',
			{ name: 'Admin' },
			[
				'<Site name="Admin" physicalDirectory="Admin">',
				'<Bindings>',
				'<Binding name="HttpIn" endpointName="HttpIn" hostHeader="admin.localhost"/>',
				'</Bindings>',
				'</Site>',
			],
		],
		[
			'virtual-application',
			'Front',
			{ name: 'shop', directory: 'Front' },
			['<VirtualApplication name="shop" physicalDirectory="Front"/>'],
		],
		[
			'internal-traffic-rule',
			'Front',
			{ name: 'Peer', from: 'Work, Front' },
			[
				'<NetworkTrafficRules>',
				'<OnlyAllowTrafficTo>',
				'<Destinations>',
				'<RoleEndpoint endpointName="Peer" roleName="Front"/>',
				'</Destinations>',
				'<WhenSource matches="AnyRule">',
				'<FromRole roleName="Work"/>',
				'<FromRole roleName="Front"/>',
				'</WhenSource>',
				'</OnlyAllowTrafficTo>',
				'</NetworkTrafficRules>',
			],
		],
		[
			'internal-traffic-rule',
			'Front',
			{ from: 'all' },
			[
				'<NetworkTrafficRules>',
				'<OnlyAllowTrafficTo>',
				'<Destinations>',
				'<RoleEndpoint endpointName="Peer" roleName="Front"/>',
				'</Destinations>',
				'<AllowAllTraffic/>',
				'</OnlyAllowTrafficTo>',
				'</NetworkTrafficRules>',
			],
		],
		[
			'import',
			'Front',
			{ name: 'RemoteForwarder' },
			['<Imports>', '<Import moduleName="RemoteForwarder"/>', '</Imports>'],
			[
				'<ConfigurationSettings>',
				'<Setting name="Microsoft.WindowsAzure.Plugins.RemoteForwarder.Enabled" value=""/>',
				'</ConfigurationSettings>',
			],
		],
	];
	for (const [what, role, answers, inDefinition, inConfiguration = []] of rows) {
		test(`${what} ${JSON.stringify(answers)} is added in place, everywhere, and is valid`, () => {
			const folder = shop();
			const before = folder.problems(['error']);
			add(folder, what, role, answers);
			assert.deepEqual(addedLines(definition, folder.named('ServiceDefinition.csdef')), inDefinition);
			for (const name of ['Local', 'Cloud']) {
				const after = folder.named(`ServiceConfiguration.${name}.cscfg`);
				assert.deepEqual(addedLines(configuration, after), inConfiguration);
			}
			assert.deepEqual(folder.problems(['error']), before);
		});
	}

	test('an element without children gets its first list, and a known import both of its lists in the configurations', () => {
		const folder = add(shop(), 'import', 'Work', { name: 'RemoteAccess' });
		assert.match(
			folder.named('ServiceDefinition.csdef'),
			/\n\t<WorkerRole name="Work" vmsize="Standard_A1_v2">\n\t\t<Imports>\n\t\t\t<Import moduleName="RemoteAccess"\/>\n\t\t<\/Imports>\n\t<\/WorkerRole>\n/,
		);
		assert.match(
			folder.named('ServiceConfiguration.Local.cscfg'),
			new RegExp(
				`\\n\\t\\t\\t<Setting name="[\\w.]+AccountExpiration" value=""/>\\n\\t\\t</ConfigurationSettings>\\n\\t\\t<Certificates>\\n\\t\\t\\t<Certificate name="[\\w.]+PasswordEncryption" thumbprint="${zeros}"`,
			),
		);
	});

	test('a probe is declared before the roles and looks at an endpoint that has none', () => {
		const folder = add(shop(), 'probe', 'Front', { name: 'Health', timeout: '20' });
		const after = folder.named('ServiceDefinition.csdef');
		assert.match(
			after,
			/<!-- ours -->\n\t\t<LoadBalancerProbe name="Old" protocol="tcp"\/>\n\t\t<LoadBalancerProbe name="Health"/,
		);
		assert.match(after, /<InputEndpoint name="Plain" protocol="tcp" port="81" loadBalancerProbe="Health"\/>/);
		const first = new Folder().with({
			'ServiceDefinition.csdef': definitionText('\n  <WorkerRole name="Work" vmsize="Standard_A1_v2" />\n'),
		});
		add(first, 'probe', 'Work', {});
		assert.match(
			first.named('ServiceDefinition.csdef'),
			/>\n {2}<LoadBalancerProbes>\n {4}<LoadBalancerProbe name="Probe1" protocol="http" path="\/" intervalInSeconds="15" timeoutInSeconds="31" \/>\n {2}<\/LoadBalancerProbes>\n {2}<WorkerRole/,
		);
	});

	test('the script of a startup task lies with the code, and beside what a project builds', () => {
		const project =
			'<Project Sdk="Microsoft.NET.Sdk">\n\n  <ItemGroup>\n    <Reference Include="A" />\n  </ItemGroup>\n\n</Project>\n';
		const folder = add(shop().with({ 'Work/Work.csproj': project }), 'startup-task', 'Work', { name: 'install' });
		assert.deepEqual(folder.names().slice(-3), ['Work/install.cmd', 'Work/install.sh', 'rolewright.json']);
		add(folder, 'startup-task', 'Work', { name: 'more' });
		assert.deepEqual(JSON.parse(folder.named('rolewright.json')).roles.Work.tasks, {
			'install.cmd': { run: 'sh install.sh' },
			'more.cmd': { run: 'sh more.sh' },
		});
		const item = (file: string) =>
			`    <None Update="${file}">\n      <CopyToOutputDirectory>PreserveNewest</CopyToOutputDirectory>\n    </None>\n`;
		assert.equal(
			folder.named('Work/Work.csproj'),
			project.replace(
				'\n\n</Pro',
				`\n  <ItemGroup>\n${item('install.cmd')}${item('install.sh')}  </ItemGroup>\n  <ItemGroup>\n${item('more.cmd')}${item('more.sh')}  </ItemGroup>\n\n</Pro`,
			),
		);
		const script = folder.named('Work/install.cmd');
		assert.match(script, /^[\r\n -~]+$/, 'a script for Windows is ASCII');
		assert.equal(script.replaceAll('\r\n', '').includes('\n'), false, 'its lines end as on Windows');
		assert.match(script, /if exist "%DONE%" goto done[\s\S]*>> "%LOG%" 2>&1[\s\S]*exit \/b 0[\s\S]*exit \/b %CODE%/);
	});

	test('a folder of a site that is not there gets a page; one that is there stays as it is', () => {
		const folder = add(shop(), 'site', 'Front', { name: 'Admin', 'host-header': 'admin.example.com' });
		add(folder, 'virtual-application', 'Front', { name: 'docs', directory: 'Front' });
		add(folder, 'virtual-application', 'Front', { name: 'wiki', directory: '..\\..\\Elsewhere' });
		assert.deepEqual(
			folder.names().filter(name => name.endsWith('.html')),
			['Front/index.html', 'Admin/index.html'],
		);
		const { sites = [] } = folder.service().definition?.roles[0] ?? {};
		assert.deepEqual(
			sites.map(site => site.element.children.map(({ localName }) => localName)),
			[['VirtualApplication', 'VirtualApplication', 'Bindings'], ['Bindings']],
		);
	});

	test('a configuration without the role is left as it is, and that is said', () => {
		const folder = shop().with({ 'ServiceConfiguration.Cloud.cscfg': configurationText('') });
		add(folder, 'setting', 'Front', { name: 'A' });
		assert.equal(folder.named('ServiceConfiguration.Cloud.cscfg'), configurationText(''));
		assert.deepEqual(folder.notes, [
			"/w/Shop/ServiceConfiguration.Cloud.cscfg has no role 'Front', so nothing was added there.",
		]);
	});

	const refusals: readonly (readonly [what: string, role: string, answers: Answers, sentence: RegExp])[] = [
		['endpoint', 'Nobody', {}, /^There is no role 'Nobody'; the roles are Front, Work, Golden\.$/],
		['endpoint', 'Front', { name: 'a/b' }, /begins with a letter from A to Z/],
		['endpoint', 'Front', { name: 'a\u0001' }, /begins with a letter from A to Z/],
		['endpoint', 'Front', { name: 'HttpIn' }, /There is already an endpoint 'HttpIn'/],
		['endpoint', 'Front', { kind: 'outer' }, /^'outer' cannot be the kind; use input, internal or instance-input\.$/],
		['endpoint', 'Front', { protocol: 'any' }, /'any' cannot be the protocol; use http, https, tcp or udp/],
		['endpoint', 'Front', { port: '80' }, /Port 80 belongs to the endpoint 'HttpIn' of the role 'Front' already/],
		['endpoint', 'Front', { port: '0' }, /'0' is no port/],
		['endpoint', 'Front', { port: '' }, /^Say the port\.$/],
		['endpoint', 'Front', { kind: 'instance-input', 'public-ports': '90-70' }, /no range of ports/],
		['endpoint', 'Front', { kind: 'instance-input', 'public-ports': '70-90' }, /Port 80 belongs to/],
		['endpoint', 'Front', { certificate: 'Ssl' }, /The certificate does not go with these answers of endpoint/],
		['endpoint', 'Work', { protocol: 'https' }, /the role has none; add a certificate first/],
		['setting', 'Front', { name: '' }, /^Say the name\.$/],
		['local-storage', 'Front', { size: '0' }, /'0' is no size/],
		['certificate', 'Front', { name: 'Ssl' }, /already a certificate 'Ssl'/],
		['certificate', 'Front', { thumbprint: 'abc' }, /A thumbprint has 40 digits/],
		['startup-task', 'Golden', {}, /The VM role 'Golden' cannot have this: startup-task/],
		['startup-task', 'Front', { name: '../x' }, /Use letters, digits/],
		['probe', 'Front', { endpoint: 'HttpIn' }, /has the probe 'Old' already/],
		['probe', 'Front', { protocol: 'http', path: 'health' }, /begin it with a slash/],
		['probe', 'Front', { interval: '4' }, /give at least 5 seconds/],
		['site', 'Work', {}, /The worker role 'Work' cannot have this: site/],
		['site', 'Front', { name: 'web' }, /There is already a site 'Web'/],
		['site', 'Front', { endpoint: 'Plain' }, /'Plain' cannot be the endpoint; use HttpIn/],
		['virtual-application', 'Front', { site: 'Other' }, /'Other' cannot be the site; use Web/],
		['internal-traffic-rule', 'Front', { name: 'HttpIn' }, /'HttpIn' cannot be the name; use Peer/],
		['internal-traffic-rule', 'Work', {}, /no internal endpoint that a rule could be about/],
		['internal-traffic-rule', 'Front', { from: 'Work,Nobody' }, /'Nobody' cannot be the from/],
	];
	for (const [what, role, answers, message] of refusals) {
		test(`refuses ${what} of ${role}: ${JSON.stringify(answers)}`, () => {
			assert.throws(() => add(shop(), what, role, answers), { name: 'Failure', message });
		});
	}

	test('a second import of a module is refused', () => {
		const folder = add(shop(), 'import', 'Work', { name: 'Diagnostics' });
		assert.throws(
			() => add(folder, 'import', 'Work', { name: 'Diagnostics' }),
			/^Failure: The role 'Work' imports 'Diagnostics' already; once is enough\.$/,
		);
	});
	test('so is one that would add an endpoint which the role declares itself', () => {
		const folder = shop();
		add(folder, 'endpoint', 'Work', { kind: 'internal', name: 'Microsoft.WindowsAzure.Plugins.RemoteAccess.Rdp' });
		assert.throws(
			() => add(folder, 'import', 'Work', { name: 'RemoteAccess' }),
			/^Failure: The role 'Work' declares the endpoint 'Microsoft\.WindowsAzure\.Plugins\.RemoteAccess\.Rdp' itself/,
		);
	});
	test('a second rule for the same endpoint is refused', () => {
		const folder = add(shop(), 'internal-traffic-rule', 'Front', {});
		assert.throws(
			() => add(folder, 'internal-traffic-rule', 'Front', {}),
			/There is already a rule for the endpoint 'Peer'/,
		);
	});
});
