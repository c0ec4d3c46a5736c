import assert from 'node:assert/strict';
import { configurationName, readConfiguration } from '../../src/model/readConfiguration';
import { readDefinition } from '../../src/model/readDefinition';
import { parse } from '../../src/xml/parser';
import { configurationText, definitionText } from '../support/services';

const definition = `
<LoadBalancerProbes><LoadBalancerProbe name="Ping" protocol="tcp"/></LoadBalancerProbes>
<WebRole name="Front" vmsize="Large">
  <InputEndpoints><InputEndpoint name="Old" protocol="http" port=" +080 "/></InputEndpoints>
  <Sites><Site name="Web" physicalDirectory="..\\Web"><Bindings><Binding name="B" endpointName="Old" hostHeader="a.example"/></Bindings></Site></Sites>
</WebRole>
<WorkerRole name="Back">
  <Startup><Task commandLine="a.cmd &gt; log" executionContext="elevated" taskType="Background"><Environment><Variable name="V" value=""/><Variable name="W"><RoleInstanceValue xpath="/x"/></Variable><Variable name="N"/></Environment></Task></Startup>
  <Runtime><Environment><Variable name="R" value="1"/></Environment><EntryPoint><ProgramEntryPoint commandLine="node worker.js" setReadyOnProcessStart="0"/></EntryPoint></Runtime>
  <LocalResources><LocalStorage name="Small" sizeInMB="10" cleanOnRoleRecycle="0"/><LocalStorage name="Usual"/></LocalResources>
  <Endpoints>
    <InternalEndpoint name="In" protocol="any" port="*"><FixedPort port="99999"/><FixedPortRange min="5" max="7"/></InternalEndpoint>
    <InstanceInputEndpoint name="Direct" protocol="udp" localPort="10"><AllocatePublicPortFrom><FixedPortRange min="100" max="200"/></AllocatePublicPortFrom></InstanceInputEndpoint>
  </Endpoints>
</WorkerRole>`;

/** The model without what refers to the tree. */
function plain(value: unknown): unknown {
	const skipped = new Set(['element', 'document', 'start', 'end', 'path']);
	return JSON.parse(
		JSON.stringify(value, (key, part) => (skipped.has(key) ? undefined : isToken(part) ? part.text : part)),
	);
}

function isToken(part: unknown): part is { text: string } {
	return typeof part === 'object' && part !== null && 'text' in part && 'start' in part;
}

suite('definition', () => {
	test('is read with its defaults', () => {
		assert.deepEqual(plain(readDefinition('', parse(definitionText(definition)))), {
			name: 'Shop',
			upgradeDomainCount: 5,
			topologyChangeDiscovery: 'UpgradeDomainWalk',
			probes: [{ name: 'Ping', protocol: 'tcp', interval: 15, timeout: 31 }],
			roles: [
				{
					kind: 'WebRole',
					name: 'Front',
					vmSize: 'Large',
					imports: [],
					settings: [],
					certificates: [],
					endpoints: [
						{
							kind: 'input',
							name: 'Old',
							protocol: 'http',
							port: 80,
							ignoreRoleInstanceStatus: false,
							distribution: 'none',
						},
					],
					localStorage: [],
					startupTasks: [],
					environment: [],
					sites: [
						{
							name: 'Web',
							physicalDirectory: '..\\Web',
							bindings: [{ endpointName: 'Old', hostHeader: 'a.example' }],
							parts: [],
						},
					],
				},
				{
					kind: 'WorkerRole',
					name: 'Back',
					vmSize: 'Small',
					imports: [],
					settings: [],
					certificates: [],
					endpoints: [
						{ kind: 'internal', name: 'In', protocol: 'any', port: '*', fixedPorts: [{}, { min: 5, max: 7 }] },
						{
							kind: 'instanceInput',
							name: 'Direct',
							protocol: 'udp',
							localPort: 10,
							publicPorts: { min: 100, max: 200 },
						},
					],
					localStorage: [
						{ name: 'Small', sizeInMB: 10, cleanOnRoleRecycle: false },
						{ name: 'Usual', sizeInMB: 1000, cleanOnRoleRecycle: true },
					],
					startupTasks: [
						{
							commandLine: 'a.cmd > log',
							executionContext: 'elevated',
							taskType: 'simple',
							environment: [
								{ name: 'V', source: { value: '' } },
								{ name: 'W', source: { xpath: '/x' } },
							],
						},
					],
					environment: [{ name: 'R', source: { value: '1' } }],
					entryPoint: { kind: 'program', commandLine: 'node worker.js', readyOnStart: false },
					sites: [],
				},
			],
			trafficRules: [],
		});
	});
	test('any beginning of a text is read', () => {
		const text = definitionText(definition);
		// A prime step meets every kind of place; `test/soak/anyText.test.ts` cuts anywhere.
		for (let end = 0; end <= text.length; end += 11) {
			assert.ok(Array.isArray(readDefinition('', parse(text.slice(0, end))).roles));
		}
	});
	test('elements with a prefix are the same elements', () => {
		const { roles } = readDefinition(
			'',
			parse('<s:ServiceDefinition xmlns:s="x" name="A"><s:WorkerRole name="W"/></s:ServiceDefinition>'),
		);
		assert.deepEqual(
			roles.map(role => role.name?.text),
			['W'],
		);
	});
});

suite('configuration', () => {
	const text = configurationText(
		'<Role name="Back"><Instances count=" 2 "/><ConfigurationSettings><Setting name="A" value="x&amp;y"/><Setting name="B"/></ConfigurationSettings><Certificates><Certificate name="C" thumbprint="00"/></Certificates></Role><Role>',
	);
	test('is read with its values decoded', () => {
		assert.deepEqual(plain(readConfiguration('/x/ServiceConfiguration.Cloud.East.cscfg', parse(text))), {
			name: 'Cloud.East',
			osFamily: '7',
			serviceName: 'Shop',
			roles: [
				{
					name: 'Back',
					instances: { count: 2, countToken: ' 2 ' },
					settings: [{ name: 'A', value: 'x&y' }, { name: 'B' }],
					certificates: [{ name: 'C', thumbprint: '00' }],
				},
				{ settings: [], certificates: [] },
			],
		});
	});
	test('any beginning of a text is read', () => {
		for (let end = 0; end <= text.length; end += 3) {
			assert.ok(Array.isArray(readConfiguration('', parse(text.slice(0, end))).roles));
		}
	});
	test('is named by its file', () => {
		const names = [
			'ServiceConfiguration.Local.cscfg',
			'a/ServiceConfiguration.cscfg',
			'C:\\a.b\\Shop.Cloud - East.CSCFG',
			'x.cscfg',
		];
		assert.deepEqual(names.map(configurationName), ['Local', '', 'Cloud - East', '']);
	});
});
