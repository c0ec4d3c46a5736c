import assert from 'node:assert/strict';
import { applyEdits } from '../../src/base/span';
import { complete } from '../../src/language/completion';
import { diagnose } from '../../src/language/diagnostics';
import { marked } from '../support/marked';
import { configurationText, definitionText, serviceFrom, type Texts } from '../support/services';
import { expandSnippet } from '../support/snippet';

/** The texts, one of which holds the cursor; what is proposed there, as labels. */
function completes(texts: Texts, expected: readonly string[]): void {
	const { labels } = proposals(texts);
	assert.deepEqual(labels, expected);
}

/** Accepts a proposal as it is and compares the text that comes out. */
function inserts(texts: Texts, label: string, expected: string): void {
	const { accept } = proposals(texts);
	assert.equal(accept(label), expected);
}

function proposals(texts: Texts) {
	const [name, source] = Object.entries(texts).find(([, text]) => text.includes('|')) ?? assert.fail('no cursor');
	const whole = marked(name === 'definition' ? definitionText(source) : configurationText(source));
	const { service, file } = serviceFrom({ ...texts, [name]: whole.text });
	const suggestions = complete(file(name), service, whole.offset);
	return {
		name,
		labels: suggestions.map(({ label }) => label),
		accept(label: string): string {
			const { replace, text, snippet } =
				suggestions.find(each => each.label === label) ?? assert.fail(`'${label}' is not proposed`);
			const inserted = snippet ? expandSnippet(text) : text;
			const result = applyEdits(whole.text, [{ span: replace, text: inserted }]);
			return source.startsWith('<Service')
				? result
				: result.replace(/^<Service[^>]*>/, '').replace(/<\/Service\w+>$/, '');
		},
	};
}

const model =
	'<WebRole name="Front"><ConfigurationSettings><Setting name="Color"/><Setting name="Size"/></ConfigurationSettings>' +
	'<Certificates><Certificate name="Ssl" storeLocation="LocalMachine" storeName="My"/></Certificates>' +
	'<Endpoints><InputEndpoint name="Http" protocol="http" port="80"/><InternalEndpoint name="Inner" protocol="tcp"/></Endpoints></WebRole>' +
	'<WorkerRole name="Back"><Imports><Import moduleName="Diagnostics"/></Imports></WorkerRole>';

suite('completion', () => {
	test('offers the root with its namespace', () => {
		inserts(
			{ definition: '<ServiceDefinition|' },
			'ServiceDefinition',
			'<ServiceDefinition name="ServiceDefinition1" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition">\n\t\n</ServiceDefinition>',
		);
	});
	test('offers the children that are still allowed, required ones first', () => {
		completes({ Local: '<Role name="Front">|</Role>' }, [
			'Instances',
			'ConfigurationSettings',
			'Certificates',
			'OsImage',
		]);
		completes({ Local: '<Role name="Front"><Instances count="1"/><Certificates/> |</Role>' }, [
			'ConfigurationSettings',
			'OsImage',
		]);
	});
	test('offers only what may stand there', () => {
		completes({ definition: '<WorkerRole name="A"/> |<NetworkTrafficRules/>' }, [
			'WebRole',
			'WorkerRole',
			'VirtualMachineRole',
		]);
		completes({ definition: '<NetworkTrafficRules/> |' }, []);
	});
	test('a load balancer that only some configurations have is not written unasked', () => {
		const balancer =
			'<NetworkConfiguration><LoadBalancers><LoadBalancer name="Inner"><FrontendIPConfiguration type="private"/></LoadBalancer></LoadBalancers></NetworkConfiguration>';
		const endpoint = (more: string) =>
			`<WorkerRole name="A"><Endpoints><InputEndpoint name="E" protocol="tcp" port="1"${more}/></Endpoints></WorkerRole>`;
		const texts = { definition: endpoint(' |'), Local: balancer };
		inserts(texts, 'loadBalancer', endpoint(' loadBalancer="Inner"'));
		inserts({ ...texts, Cloud: '' }, 'loadBalancer', endpoint(' loadBalancer=""'));
		completes({ ...texts, definition: endpoint(' loadBalancer="|"'), Cloud: '' }, ['Inner']);
	});
	test('an endpoint has one access list', () => {
		const acl = (endpoint: string) => `<EndpointAcl role="A" endPoint="${endpoint}" accessControl="L" />`;
		const local = (acls: string) =>
			`<NetworkConfiguration><AccessControls><AccessControl name="L"/></AccessControls><EndpointAcls>${acls}</EndpointAcls></NetworkConfiguration>`;
		const endpoints = ['Http', 'Other'].map(name => `<InputEndpoint name="${name}" protocol="tcp" port="80"/>`);
		const definition = `<WorkerRole name="A"><Endpoints>${endpoints.join('')}</Endpoints></WorkerRole>`;
		inserts({ definition, Local: local(`${acl('Http')}<|`) }, 'EndpointAcl', local(acl('Http') + acl('Other')));
		completes({ definition, Local: local(acl('|').concat(acl('Other'))) }, ['Http']);
	});
	test('writes the required parts of an element', () => {
		const sites = (endpoint: string) =>
			`<Sites>\n\t<Site name="Web">\n\t\t<Bindings>\n\t\t\t<Binding name="Binding1" endpointName="${endpoint}" />\n\t\t</Bindings>\n\t</Site>\n</Sites>`;
		const http = '<Endpoints><InputEndpoint name="Http" protocol="http" port="80"/></Endpoints>';
		inserts({ definition: '<WebRole name="A"><|</WebRole>' }, 'Sites', `<WebRole name="A">${sites('')}</WebRole>`);
		inserts(
			{ definition: `<WebRole name="A">${http}<|</WebRole>` },
			'Sites',
			`<WebRole name="A">${http}${sites('Http')}</WebRole>`,
		);
		const settings =
			'\t<ConfigurationSettings>\n\t\t<Setting name="Color" value="" />\n\t\t<Setting name="Size" value="" />\n\t</ConfigurationSettings>';
		const certificates = `\t<Certificates>\n\t\t<Certificate name="Ssl" thumbprint="${'0'.repeat(40)}" thumbprintAlgorithm="sha1" />\n\t</Certificates>`;
		inserts(
			{ definition: model, Local: '<|' },
			'Role',
			`<Role name="Front">\n\t<Instances count="1" />\n${settings}\n${certificates}\n</Role>`,
		);
		inserts(
			{
				definition:
					'<WorkerRole name="A"><ConfigurationSettings><Setting name="B &amp; C"/></ConfigurationSettings></WorkerRole>',
				Local: '<Role name="A"><Instances count="1"/><ConfigurationSettings><|</ConfigurationSettings></Role>',
			},
			'Setting',
			'<Role name="A"><Instances count="1"/><ConfigurationSettings><Setting name="B &amp; C" value="" /></ConfigurationSettings></Role>',
		);
		inserts(
			{ definition: '<WebRole name="A"><Endpoints><|></Endpoints></WebRole>' },
			'InputEndpoint',
			'<WebRole name="A"><Endpoints><InputEndpoint name="Endpoint1" protocol="http" port="80" /></Endpoints></WebRole>',
		);
	});
	test('keeps the rest of an element whose name is changed', () => {
		inserts({ definition: '<Web| name="A"></Web>' }, 'WorkerRole', '<WorkerRole name="A"></Web>');
	});
	test('offers attributes less those that are there', () => {
		completes({ Local: '<Role name="A" |/>' }, ['vmName']);
		inserts({ Local: '<Role |/>', definition: model }, 'name', '<Role name="Front"/>');
		inserts({ Local: '<Role na|="A"/>' }, 'name', '<Role name="A"/>');
	});
	test('offers listed values', () => {
		completes(
			{ definition: '<WorkerRole name="A"><Startup><Task commandLine="a" taskType="|"/></Startup></WorkerRole>' },
			['simple', 'foreground', 'background'],
		);
		inserts(
			{ definition: '<WorkerRole name="A"><Runtime executionContext=|></Runtime></WorkerRole>' },
			'elevated',
			'<WorkerRole name="A"><Runtime executionContext="elevated"></Runtime></WorkerRole>',
		);
	});
	test('offers the guest OS families that are supported, and the sizes that every platform has', () => {
		completes({ Local: '<ServiceConfiguration serviceName="S" osFamily="|"/>' }, ['7', '6', '5']);
		const { text, offset } = marked(definitionText('<VirtualMachineRole name="V" vmsize="|"/>'));
		const { service, file } = serviceFrom({ definition: text });
		assert.deepEqual(
			complete(file('definition'), service, offset).map(({ label }) => label),
			['ExtraSmall', 'Small', 'Medium', 'Large', 'ExtraLarge'],
		);
		const worker = marked(definitionText('<WorkerRole name="V" vmsize="|"/>'));
		const other = serviceFrom({ definition: worker.text });
		const labels = complete(other.file('definition'), other.service, worker.offset).map(({ label }) => label);
		assert.equal(labels[0], 'Standard_A1_v2');
		assert.ok(labels.includes('Standard_E96a_v4') && !labels.includes('Small') && !labels.includes('Standard_H8'));
	});
	test('gives a pinned version the family that it is of, and leaves it open where that one was retired', () => {
		for (const [version, family] of [
			['*', '7'],
			['WA-GUEST-OS-6.31_202107-01', '6'],
			['WA-GUEST-OS-1.3_201004-01', ''],
		]) {
			inserts(
				{ Local: `<ServiceConfiguration serviceName="S" osVersion="${version}" |/>` },
				'osFamily',
				`<ServiceConfiguration serviceName="S" osVersion="${version}" osFamily="${family}"/>`,
			);
		}
	});
	test('offers the roles of the definition that are not configured yet', () => {
		completes({ definition: model, Local: '<Role name="|"/>' }, ['Front', 'Back']);
		completes({ definition: model, Local: '<Role name="Front"/><Role name="|"/>' }, ['Back']);
	});
	test('offers the settings of the role, those of imports too, less those given', () => {
		const setting = (role: string, before = '') =>
			`<Role name="${role}"><ConfigurationSettings>${before}<Setting name="|" value=""/></ConfigurationSettings></Role>`;
		completes({ definition: model, Local: setting('Front') }, ['Color', 'Size']);
		completes({ definition: model, Local: setting('Front', '<Setting name="Size" value=""/>') }, ['Color']);
		completes({ definition: model, Local: setting('Back') }, [
			'Microsoft.WindowsAzure.Plugins.Diagnostics.ConnectionString',
		]);
		completes({ definition: model, Local: setting('None') }, []);
	});
	test('offers the certificates of the role', () => {
		completes(
			{ definition: model, Local: '<Role name="Front"><Certificates><Certificate name="|"/></Certificates></Role>' },
			['Ssl'],
		);
		completes({ definition: model.replace('port="80"', 'port="80" certificate="|"') }, ['Ssl']);
	});
	test('offers names that a configuration has and the definition lacks', () => {
		completes({ definition: '<WorkerRole name="|"/>', Local: '<Role name="Old"/>' }, ['Old']);
	});
	test('offers endpoints that suit a binding or a traffic rule', () => {
		completes(
			{
				definition: model.replace(
					'</WebRole>',
					'<Sites><Site name="Web"><Bindings><Binding name="B" endpointName="|"/></Bindings></Site></Sites></WebRole>',
				),
			},
			['Http'],
		);
		const rule = (attributes: string) =>
			`${model}<NetworkTrafficRules><OnlyAllowTrafficTo><Destinations><RoleEndpoint ${attributes}/></Destinations></OnlyAllowTrafficTo></NetworkTrafficRules>`;
		completes({ definition: rule('roleName="|"') }, ['Front']);
		completes({ definition: rule('roleName="Front" endpointName="|"') }, ['Inner']);
	});
	test('offers probes and known modules', () => {
		completes(
			{
				definition: `<LoadBalancerProbes><LoadBalancerProbe name="Ping" protocol="tcp"/></LoadBalancerProbes>${model.replace('port="80"', 'port="80" loadBalancerProbe="|"')}`,
			},
			['Ping'],
		);
		const { labels } = proposals({
			definition: '<WorkerRole name="A"><Imports><Import moduleName="|"/></Imports></WorkerRole>',
		});
		assert.ok(labels.includes('RemoteAccess') && labels.includes('Diagnostics'), labels.join());
	});
	test('offers the name of the service', () => {
		completes({ definition: '', Local: '<ServiceConfiguration serviceName="|"/>' }, ['Shop']);
	});
	test('closes the innermost open element', () => {
		completes({ Local: '<Role name="A"></|' }, ['Role']);
		inserts(
			{ Local: '<ServiceConfiguration><Role name="A"></|' },
			'Role',
			'<ServiceConfiguration><Role name="A"></Role>',
		);
		inserts(
			{ Local: '<ServiceConfiguration><Role name="A">|' },
			'</Role>',
			'<ServiceConfiguration><Role name="A"></Role>',
		);
	});
	test('escapes what it inserts', () => {
		inserts(
			{
				definition:
					'<WorkerRole name="A"><ConfigurationSettings><Setting name="a&amp;b&quot;"/></ConfigurationSettings></WorkerRole>',
				Local: '<Role name="A"><ConfigurationSettings><Setting name="|"/></ConfigurationSettings></Role>',
			},
			'a&b"',
			'<Role name="A"><ConfigurationSettings><Setting name="a&amp;b&quot;"/></ConfigurationSettings></Role>',
		);
	});
	test('says nothing in comments and text', () => {
		completes({ Local: '<!-- | -->' }, []);
	});
});

/** What is declared first and used next, and what is wrong with a feature as a whole, not with what was inserted. */
const awaitsItsOther = new Set([
	'unusedProbe',
	'unusedLoadBalancer',
	'unusedAccessControl',
	'unboundEndpoint',
	'ignoredInEmulator',
	'vmRoleGone',
	'missingOsImage',
]);

suite('completion and validation agree', () => {
	const definition = `<ServiceDefinition name="Shop" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition">
	<LoadBalancerProbes>
		<LoadBalancerProbe name="Ping" protocol="tcp" />
	</LoadBalancerProbes>
	<WebRole name="Front" vmsize="Standard_D1_v2">
		<Sites>
			<Site name="Web">
				<Bindings>
					<Binding name="Http" endpointName="Http" />
				</Bindings>
			</Site>
		</Sites>
		<Endpoints>
			<InputEndpoint name="Http" protocol="http" port="80" />
			<InternalEndpoint name="Inner" protocol="tcp">
			</InternalEndpoint>
		</Endpoints>
		<Certificates>
			<Certificate name="Ssl" storeLocation="LocalMachine" storeName="My" />
		</Certificates>
		<ConfigurationSettings>
			<Setting name="Color" />
			<Setting name="Size" />
		</ConfigurationSettings>
	</WebRole>
	<WorkerRole name="Back">
		<Imports>
		</Imports>
		<Startup>
			<Task commandLine="a.cmd">
				<Environment>
				</Environment>
			</Task>
		</Startup>
		<Runtime>
		</Runtime>
		<LocalResources>
		</LocalResources>
		<Contents>
		</Contents>
		<Endpoints>
			<InternalEndpoint name="Wire" protocol="tcp" />
		</Endpoints>
	</WorkerRole>
	<WorkerRole name="Third" />
	<NetworkTrafficRules>
	</NetworkTrafficRules>
</ServiceDefinition>
`;
	const configuration = `<ServiceConfiguration serviceName="Shop" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration" osFamily="7" osVersion="*">
	<Role name="Front">
		<Instances count="1" />
		<ConfigurationSettings>
			<Setting name="Color" value="" />
		</ConfigurationSettings>
		<Certificates>
		</Certificates>
	</Role>
	<Role name="Back">
		<Instances count="1" />
	</Role>
	<NetworkConfiguration>
		<VirtualNetworkSite name="net" />
		<AddressAssignments>
			<InstanceAddress roleName="Front" />
		</AddressAssignments>
		<AccessControls>
			<AccessControl name="list">
				<Rule order="1" action="permit" remoteSubnet="0.0.0.0/0" />
			</AccessControl>
		</AccessControls>
		<EndpointAcls>
		</EndpointAcls>
	</NetworkConfiguration>
</ServiceConfiguration>
`;
	for (const name of ['definition', 'Local']) {
		test(`what is inserted into the ${name} makes no new problem`, () => {
			const texts: Record<string, string> = { definition, Local: configuration };
			const text = texts[name] ?? '';
			const before = problemsOf(texts, name);
			const bad: string[] = [];
			let tried = 0;
			for (const offset of places(text)) {
				const { service, file } = serviceFrom(texts);
				for (const { label, kind, replace, text: raw, snippet } of complete(file(name), service, offset)) {
					const inserted = snippet ? expandSnippet(raw) : raw;
					const result = applyEdits(text, [{ span: replace, text: inserted }]);
					const after = problemsOf({ ...texts, [name]: result }, name);
					tried++;
					// An attribute that names something of which there is none waits for a value.
					const waits = kind === 'attribute' && /="\$\{1\}"/.test(raw);
					if (!waits && after.some(problem => !before.includes(problem))) {
						bad.push(
							`${inserted} at ${text.slice(0, offset).split('\n').length}: ${after.filter(each => !before.includes(each))} (${label})`,
						);
					}
				}
			}
			assert.ok(tried > 20, `only ${tried} proposals were tried`);
			assert.deepEqual(bad, []);
		});
	}

	/** Where a new child (the start of a line) or a new attribute (behind the last one) may be typed. */
	function places(text: string): number[] {
		return [...text.matchAll(/>\n|" (?=\/?>)/g)].map(match => match.index + 2);
	}

	function problemsOf(texts: Texts, name: string): string[] {
		const { service, file } = serviceFrom(texts);
		return diagnose(file(name), service)
			.filter(({ code }) => !awaitsItsOther.has(code))
			.map(({ code, message }) => `${code}: ${message}`);
	}
});
