import assert from 'node:assert/strict';
import type { DeploymentPlan, RolePlan } from '../../src/lifecycle/plan/deploymentPlan';
import { type PlanOptions, planDeployment } from '../../src/lifecycle/plan/plan';
import { nodeFileOf } from '../../src/lifecycle/plan/roleEntry';
import type { RolePlace } from '../../src/lifecycle/plan/rolePlace';
import { readConfiguration } from '../../src/model/readConfiguration';
import { readDefinition } from '../../src/model/readDefinition';
import { parse } from '../../src/xml/parser';

interface Written {
	readonly definition: string;
	readonly configuration?: string;
	readonly places?: Readonly<Record<string, RolePlace>>;
	readonly options?: Partial<PlanOptions>;
}

function planned({ definition, configuration, places, options }: Written) {
	return planDeployment(
		readDefinition('S.csdef', parse(`<ServiceDefinition name="Shop">${definition}</ServiceDefinition>`)),
		readConfiguration('S.cscfg', parse(`<ServiceConfiguration>${configuration ?? worker}</ServiceConfiguration>`)),
		places ?? { Worker: { code: '/code' } },
		{ deploymentId: 'abc', stateFolder: '/state', ...options },
	);
}

const worker = '<Role name="Worker"><Instances count="2"/></Role>';
const program =
	'<Runtime><EntryPoint><ProgramEntryPoint commandLine="node worker.js" setReadyOnProcessStart="false"/></EntryPoint></Runtime>';

function plans(written: Written, notes: readonly string[] = []): DeploymentPlan {
	const result = planned(written);
	assert.ok('plan' in result, JSON.stringify(result));
	assert.deepEqual(result.notes, notes);
	return result.plan;
}

/** The first role's plan, as far as these fields go. */
function plansRole(written: Written, expected: Partial<RolePlan>): void {
	const role = plans(written).roles[0];
	const fields = Object.keys(expected) as (keyof RolePlan)[];
	assert.deepEqual(Object.fromEntries(fields.map(field => [field, role?.[field]])), expected);
}

function refuses(written: Written, ...problems: readonly string[]): void {
	assert.deepEqual(planned(written), { problems });
}

const diagnosticStore = { name: 'DiagnosticStore', sizeInMB: 4096, cleanOnRoleRecycle: false };

suite('The plan of a deployment', () => {
	test('holds everything that a role declares', () => {
		assert.deepEqual(
			plans(
				{
					definition: `<WorkerRole name="Worker">
					<Startup><Task commandLine="setup.cmd &gt; log.txt" executionContext="elevated" taskType="background">
						<Environment><Variable name="A" value=""/></Environment></Task></Startup>
					<Runtime><Environment><Variable name="Id"><RoleInstanceValue xpath="/RoleEnvironment/Deployment/@id"/></Variable></Environment>
						<EntryPoint><NetFxEntryPoint assemblyName="Worker.dll" targetFrameworkVersion="v4.0"/></EntryPoint></Runtime>
					<ConfigurationSettings><Setting name="Greeting"/></ConfigurationSettings>
					<Certificates><Certificate name="Tls"/></Certificates>
					<LocalResources><LocalStorage name="Cache" sizeInMB="5" cleanOnRoleRecycle="false"/><LocalStorage name="Other"/></LocalResources>
				</WorkerRole>`,
					configuration: `<Role name="Worker"><Instances count="3"/>
					<ConfigurationSettings><Setting name="Greeting" value="Hello"/></ConfigurationSettings>
					<Certificates><Certificate name="Tls" thumbprint="AB" thumbprintAlgorithm="sha1"/></Certificates></Role>`,
					places: { Worker: { code: '/code', assembly: 'Built.dll', variables: { B: 'b' } } },
				},
				["A startup task of the role 'Worker' would be elevated in Azure, and here run with your own rights."],
			),
			{
				service: 'Shop',
				deploymentId: 'abc',
				stateFolder: '/state',
				upgradeDomainCount: 5,
				topologyChangeDiscovery: 'UpgradeDomainWalk',
				roles: [
					{
						name: 'Worker',
						kind: 'WorkerRole',
						count: 3,
						entry: { kind: 'assembly', assembly: 'Worker.dll' },
						code: '/code',
						workingFolder: '',
						size: 'Small',
						settings: { Greeting: 'Hello' },
						certificates: { Tls: 'AB' },
						endpoints: [],
						localStorage: [
							{ name: 'Cache', sizeInMB: 5, cleanOnRoleRecycle: false },
							{ name: 'Other', sizeInMB: 1000, cleanOnRoleRecycle: true },
							diagnosticStore,
						],
						startupTasks: [
							{
								commandLine: 'setup.cmd > log.txt',
								taskType: 'background',
								executionContext: 'elevated',
								variables: [{ name: 'A', source: { value: '' } }],
							},
						],
						variables: [
							{ name: 'Id', source: { xpath: '/RoleEnvironment/Deployment/@id' } },
							{ name: 'B', source: { value: 'b' } },
						],
					},
				],
			},
		);
	});

	suite('entry points', () => {
		const entry = (definition: string, place: Partial<RolePlace>, expected: RolePlan['entry']) =>
			plansRole({ definition, places: { Worker: { code: '/code', ...place } } }, { entry: expected });
		const role = (runtime: string) => `<WorkerRole name="Worker">${runtime}</WorkerRole>`;

		test('a program', () => {
			entry(role(program), {}, { kind: 'program', commandLine: 'node worker.js', readyOnStart: false });
			entry(
				role(program),
				{ host: 'program' },
				{ kind: 'program', commandLine: 'node worker.js', readyOnStart: false },
			);
		});
		test('a module', () => entry(role(program), { host: 'module' }, { kind: 'module', module: 'worker.js' }));
		test('a program whose client opens FIFOs', () => {
			entry(
				role(program),
				{ channel: 'fifo' },
				{ kind: 'program', commandLine: 'node worker.js', readyOnStart: false, channel: 'fifo' },
			);
		});
		test('the adapter of a VM role, with its images', () => {
			const definition = '<VirtualMachineRole name="Worker" vmsize="Small"/>';
			const place = { code: '/code', commandLine: 'adapter' };
			const images = [{ name: 'base.vhd', sizeInGB: 30 }, { name: 'may.vhd' }];
			plansRole(
				{ definition, places: { Worker: { ...place, images } } },
				{ entry: { kind: 'machine', commandLine: 'adapter', images: ['base.vhd', 'may.vhd'] } },
			);
			const configuration = '<Role name="Worker"><Instances count="1"/><OsImage href="golden.vhd"/></Role>';
			plansRole(
				{ definition, configuration, places: { Worker: place } },
				{ entry: { kind: 'machine', commandLine: 'adapter', images: ['golden.vhd'] } },
			);
			refuses(
				{ definition, places: { Worker: { ...place, images: [{ name: 'base.vhd', sizeInGB: 31 }] } } },
				"The image 'base.vhd' of the VM role 'Worker' has 31 GB; a machine of size Small takes at most 30 GB.",
			);
		});
		test('a command line of rolewright.json', () => {
			entry(
				role(program),
				{ commandLine: 'go run .' },
				{ kind: 'program', commandLine: 'go run .', readyOnStart: false },
			);
			entry(role(''), { commandLine: 'node a.mjs', host: 'module' }, { kind: 'module', module: 'a.mjs' });
		});
		test('what the project makes, where the definition names nothing', () => {
			entry(role(''), { assembly: 'Worker.dll' }, { kind: 'assembly', assembly: 'Worker.dll' });
		});
		test('below the bin of a web project', () => {
			plansRole(
				{
					definition: '<WebRole name="Worker"/>',
					places: { Worker: { code: '/site', workingFolder: 'bin', assembly: 'Site.dll' } },
				},
				{
					kind: 'WebRole',
					workingFolder: 'bin',
					entry: { kind: 'assembly', assembly: 'bin/Site.dll', entryPointOptional: true },
				},
			);
		});
		test('none', () => {
			refuses(
				{ definition: role('') },
				"The role 'Worker' has no entry point: give it a .NET project, or a ProgramEntryPoint in its Runtime element.",
			);
		});
	});

	const files: readonly (readonly [commandLine: string, file: string | undefined])[] = [
		['node worker.js', 'worker.js'],
		['node.exe src\\worker.cjs', 'src/worker.cjs'],
		['"node" "my worker.mjs"', 'my worker.mjs'],
		['NODE worker.js ', 'worker.js'],
		['node worker.js 8080', undefined],
		['node --inspect worker.js', undefined],
		['node worker', undefined],
		['node-gyp worker.js', undefined],
		['cmd /c node worker.js', undefined],
	];
	for (const [commandLine, file] of files) {
		test(`"${commandLine}" runs ${file ?? 'no file alone'}`, () => assert.equal(nodeFileOf(commandLine), file));
	}

	test('endpoints and their ports', () => {
		plansRole(
			{
				definition: `<WorkerRole name="Worker">${program}<Imports><Import moduleName="RemoteAccess"/><Import moduleName="RemoteForwarder"/></Imports><Endpoints>
					<InputEndpoint name="A" protocol="http" port="80" localPort="8080"/>
					<InputEndpoint name="B" protocol="tcp" port="81" localPort="*"/>
					<InputEndpoint name="C" protocol="udp" port="82"/>
					<InternalEndpoint name="D" protocol="http"/>
					<InternalEndpoint name="E" protocol="tcp" port="*"/>
					<InternalEndpoint name="F" protocol="any"><FixedPortRange min="90" max="95"/></InternalEndpoint>
					<InstanceInputEndpoint name="G" protocol="tcp" localPort="100"><AllocatePublicPortFrom><FixedPortRange min="200" max="209"/></AllocatePublicPortFrom></InstanceInputEndpoint>
				</Endpoints></WorkerRole>`,
				configuration: `<Role name="Worker"><Instances count="2"/><ConfigurationSettings>${[
					'RemoteAccess.Enabled',
					'RemoteAccess.AccountUsername',
					'RemoteAccess.AccountEncryptedPassword',
					'RemoteAccess.AccountExpiration',
					'RemoteForwarder.Enabled',
				]
					.map(name => `<Setting name="Microsoft.WindowsAzure.Plugins.${name}" value=""/>`)
					.join('')}</ConfigurationSettings></Role>`,
			},
			{
				endpoints: [
					{ name: 'A', kind: 'input', protocol: 'http', publicPort: 80, localPort: 8080 },
					{ name: 'B', kind: 'input', protocol: 'tcp', publicPort: 81 },
					{ name: 'C', kind: 'input', protocol: 'udp', publicPort: 82, localPort: 82 },
					{ name: 'D', kind: 'internal', protocol: 'http' },
					{ name: 'E', kind: 'internal', protocol: 'tcp' },
					{ name: 'F', kind: 'internal', protocol: 'any', localPort: 90 },
					{ name: 'G', kind: 'instanceInput', protocol: 'tcp', publicPort: 200, lastPublicPort: 209, localPort: 100 },
					{ name: 'Microsoft.WindowsAzure.Plugins.RemoteAccess.Rdp', kind: 'internal', protocol: 'tcp' },
				],
			},
		);
	});

	test('what the load balancer does for an endpoint; its defaults are left out', () => {
		const result = planned({
			definition: `<LoadBalancerProbes>
					<LoadBalancerProbe name="Health" protocol="http" path="/ok" port="8080" intervalInSeconds="5" timeoutInSeconds="11"/>
					<LoadBalancerProbe name="Knock" protocol="tcp"/>
				</LoadBalancerProbes><WorkerRole name="Worker">${program}<Endpoints>
					<InputEndpoint name="A" protocol="http" port="80" localPort="*" loadBalancerProbe="Health" loadBalancerDistribution="sourceIP" idleTimeoutInMinutes="10"/>
					<InputEndpoint name="B" protocol="tcp" port="81" localPort="*" loadBalancerProbe="Knock" ignoreRoleInstanceStatus="true"/>
					<InputEndpoint name="C" protocol="tcp" port="82" localPort="*" loadBalancerProbe="Nobody" loadBalancerDistribution="none"/>
				</Endpoints></WorkerRole>`,
		});
		assert.deepEqual('plan' in result && result.plan.roles[0]?.endpoints, [
			{
				name: 'A',
				kind: 'input',
				protocol: 'http',
				publicPort: 80,
				probe: { name: 'Health', path: '/ok', port: 8080, interval: 5_000, timeout: 11_000 },
				distribution: 'sourceIP',
				idleTimeout: 600_000,
			},
			{
				name: 'B',
				kind: 'input',
				protocol: 'tcp',
				publicPort: 81,
				probe: { name: 'Knock', interval: 15_000, timeout: 31_000 },
				ignoreStatus: true,
			},
			{ name: 'C', kind: 'input', protocol: 'tcp', publicPort: 82 },
		]);
	});

	test('a web role without an entry point runs where it has a site', () => {
		const sites = [{ name: 'Web', bindings: [], applications: [] }];
		plansRole(
			{ definition: '<WebRole name="Worker"/>', places: { Worker: { code: '/site', sites, siteFolders: ['/other'] } } },
			{ entry: { kind: 'base' }, sites, siteFolders: ['/other'] },
		);
	});

	test('settings of imported modules', () => {
		const definition = `<WorkerRole name="Worker">${program}<Imports><Import moduleName="Diagnostics"/></Imports></WorkerRole>`;
		const name = 'Microsoft.WindowsAzure.Plugins.Diagnostics.ConnectionString';
		plansRole(
			{
				definition,
				configuration: `<Role name="Worker"><Instances count="1"/><ConfigurationSettings><Setting name="${name}" value="x"/><Setting name="Undeclared" value="y"/></ConfigurationSettings></Role>`,
			},
			{ settings: { [name]: 'x' } },
		);
		refuses({ definition }, `The configuration gives the setting '${name}' of the role 'Worker' no value; add it.`);
	});

	test('every role has the store of diagnostics, in its own size where it says so', () => {
		const own = '<LocalResources><LocalStorage name="DiagnosticStore" sizeInMB="9"/></LocalResources>';
		plansRole({ definition: `<WorkerRole name="Worker">${program}</WorkerRole>` }, { localStorage: [diagnosticStore] });
		plansRole(
			{ definition: `<WorkerRole name="Worker">${program}${own}</WorkerRole>` },
			{ localStorage: [{ name: 'DiagnosticStore', sizeInMB: 9, cleanOnRoleRecycle: true }] },
		);
	});

	test('counts and roles can be chosen', () => {
		const definition = `<WorkerRole name="A">${program}</WorkerRole><WorkerRole name="B">${program}</WorkerRole>`;
		const configuration = '<Role name="A"><Instances count="1"/></Role><Role name="B"><Instances count="2"/></Role>';
		const places = { A: { code: '/a' }, B: { code: '/b' } };
		const counts = (options: Partial<PlanOptions>) =>
			plans({ definition, configuration, places, options }).roles.map(role => [role.name, role.count]);
		assert.deepEqual(counts({}), [
			['A', 1],
			['B', 2],
		]);
		assert.deepEqual(counts({ roles: ['B'] }), [['B', 2]]);
		assert.deepEqual(counts({ counts: { A: 0, B: 9 } }), [
			['A', 0],
			['B', 9],
		]);
		refuses(
			{ definition, configuration, places, options: { roles: ['C'], counts: { D: 1 } } },
			"There is no role 'C' in the service definition; its roles are A, B.",
			"There is no role 'D' in the service definition; its roles are A, B.",
		);
	});

	test('what a configuration lacks is said', () => {
		const definition = `<WorkerRole name="Worker">${program}<ConfigurationSettings><Setting name="X"/></ConfigurationSettings></WorkerRole>`;
		refuses(
			{ definition, configuration: '<Role name="Worker"/>' },
			`The configuration gives the role 'Worker' no number of instances; add <Instances count="1" /> to it.`,
			"The configuration gives the setting 'X' of the role 'Worker' no value; add it.",
		);
	});

	test('a VM role, a web role without an entry point and a role without code are said, not run', () => {
		const definition = `<VirtualMachineRole name="Vm"/><WebRole name="Site"/><WorkerRole name="Gone">${program}</WorkerRole><WorkerRole name="Worker">${program}</WorkerRole>`;
		const places = { Site: { code: '/site' }, Worker: { code: '/code' } };
		const notes = [
			"The VM role 'Vm' is not run: name the program that is its adapter as 'roles.Vm.run' in rolewright.json.",
			"The web role 'Site' has neither an entry point nor a site, and it is not run.",
			"The role 'Gone' is not run: its code was not found.",
		];
		assert.deepEqual(
			plans({ definition, places }, notes).roles.map(role => role.name),
			['Worker'],
		);
		refuses(
			{ definition: '<VirtualMachineRole name="Vm"/>' },
			"There is nothing to run. The VM role 'Vm' is not run: name the program that is its adapter as 'roles.Vm.run' in rolewright.json.",
		);
		refuses({ definition: '' }, 'The service definition declares no role; add one first.');
	});
});
