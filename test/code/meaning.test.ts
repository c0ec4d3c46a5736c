import assert from 'node:assert/strict';
import { applyEdits } from '../../src/base/span';
import { codeFixes } from '../../src/code/fixes';
import { codeRenameEdits, codeUsesOf, declarationsOf, namesFor } from '../../src/code/meaning';
import { ownersOf, roleFolders, type ServiceWithCode } from '../../src/code/ownership';
import { appSettingsIn, checkCode } from '../../src/code/problems';
import { usesIn } from '../../src/code/uses';
import { serviceFrom, type Texts } from '../support/services';

const shop: Texts = {
	definition: `
		<WebRole name="Web">
			<ConfigurationSettings><Setting name="Colour" /></ConfigurationSettings>
			<Endpoints><InputEndpoint name="Http" protocol="http" port="80" /></Endpoints>
		</WebRole>
		<WorkerRole name="Worker">
			<Imports><Import moduleName="Diagnostics" /></Imports>
			<ConfigurationSettings><Setting name="Queue" /></ConfigurationSettings>
			<LocalResources><LocalStorage name="Cache" /></LocalResources>
			<Endpoints><InternalEndpoint name="Rpc" protocol="tcp" /></Endpoints>
		</WorkerRole>`,
	Local:
		'<Role name="Worker"><Instances count="1" /><ConfigurationSettings><Setting name="Queue" value="" /></ConfigurationSettings></Role>',
};
const shopService = serviceFrom(shop);
const services: readonly ServiceWithCode[] = [
	{ service: shopService.service, folders: roleFolders(shopService.service, undefined, []) },
];

/** The problems of code in a file, as sentences. */
function problemsOf(path: string, code: string, ...appSettings: readonly string[]): readonly string[] {
	return checkCode(usesIn(path, code), ownersOf(path, services), new Set(appSettings)).map(({ message }) => message);
}

const setting = (name: string) => `RoleEnvironment.GetConfigurationSettingValue("${name}");`;

suite('what names in code mean', () => {
	for (const [title, path, code, ...expected] of [
		['a setting of the own role', '/s/Worker/a.cs', setting('Queue')],
		[
			'a setting of an import',
			'/s/Worker/a.cs',
			setting('Microsoft.WindowsAzure.Plugins.Diagnostics.ConnectionString'),
		],
		[
			'a setting of another role',
			'/s/Worker/a.cs',
			setting('Colour'),
			"The role 'Worker' has no setting 'Colour': declare it in the service definition, or correct the name.",
		],
		[
			'a misspelt setting',
			'/s/Worker/deep/a.cs',
			setting('Queu'),
			"The role 'Worker' has no setting 'Queu'; did you mean 'Queue'?",
		],
		['shared code may ask for the setting of any role', '/s/Shared/a.cs', setting('Colour') + setting('Queue')],
		[
			'shared code may not ask for what no role has',
			'/s/Shared/a.cs',
			setting('Nothing'),
			"No role has a setting 'Nothing': declare it in the service definition, or correct the name.",
		],
		['local storage', '/s/Worker/a.cs', 'RoleEnvironment.GetLocalResource("Cache")'],
		['the local storage of every role', '/s/Web/a.cs', 'RoleEnvironment.GetLocalResource("DiagnosticStore")'],
		[
			'local storage of another role',
			'/s/Web/a.cs',
			'RoleEnvironment.GetLocalResource("Cache")',
			"The role 'Web' has no local storage 'Cache': declare it in the service definition, or correct the name.",
		],
		[
			'an endpoint of another role',
			'/s/Web/a.cs',
			'RoleEnvironment.Roles["Worker"].Instances[0].InstanceEndpoints["Rpc"]',
		],
		[
			'an endpoint that another role has not',
			'/s/Web/a.cs',
			'RoleEnvironment.Roles["Worker"].Instances[0].InstanceEndpoints["Http"]',
			"The role 'Worker' has no endpoint 'Http': declare it in the service definition, or correct the name.",
		],
		['an endpoint of some instance', '/s/Web/a.cs', 'instance.InstanceEndpoints["Rpc"]'],
		[
			'an endpoint that no role has',
			'/s/Web/a.cs',
			'instance.InstanceEndpoints["Mail"]',
			"No role has an endpoint 'Mail': declare it in the service definition, or correct the name.",
		],
		['a role', '/s/Web/a.cs', 'RoleEnvironment.Roles["Worker"]'],
		[
			'no role',
			'/s/Web/a.cs',
			'RoleEnvironment.Roles["Workers"]',
			"The service has no role 'Workers'; did you mean 'Worker'?",
		],
		['what is only asked for', '/s/Web/a.cs', 'RoleEnvironment.Roles.ContainsKey("Mailer")'],
		['a name that is not typed yet', '/s/Web/a.cs', setting('')],
	] as const) {
		test(title, () => assert.deepEqual(problemsOf(path, code), expected));
	}

	test('the manager of settings asks the configuration of the application too', () => {
		const code = 'CloudConfigurationManager.GetSetting("Key")';
		assert.equal(problemsOf('/s/Web/a.cs', code).length, 1);
		const keys = appSettingsIn('<configuration><appSettings><add key="Key" value="" /></appSettings></configuration>');
		assert.deepEqual(problemsOf('/s/Web/a.cs', code, ...keys), []);
	});

	test('without a definition nothing is known to be missing', () => {
		const { service } = serviceFrom({ Local: '<Role name="Worker"><Instances count="1" /></Role>' });
		const alone = [{ service, folders: [] }];
		assert.deepEqual(checkCode(usesIn('a.cs', setting('X')), ownersOf('/s/a.cs', alone), new Set()), []);
	});

	test('the code of a role is where its project says, else in the folder of its name', () => {
		const cloudProject = {
			path: '/s/Shop.ccproj',
			definitions: [],
			configurations: [],
			roles: [{ name: 'Web', project: '/src/Site/Site.csproj' }],
		};
		assert.deepEqual(roleFolders(shopService.service, cloudProject, []), [
			{ role: 'Web', folder: '/src/Site' },
			{ role: 'Worker', folder: '/s/Worker' },
		]);
		assert.deepEqual(
			roleFolders(shopService.service, undefined, ['/s/src/Worker/worker.csproj', '/other/Web.csproj']),
			[
				{ role: 'Web', folder: '/s/Web' },
				{ role: 'Worker', folder: '/s/src/Worker' },
			],
		);
		const said = new Map([['Web', '/s/site']]);
		assert.deepEqual(roleFolders(shopService.service, cloudProject, [], said)[0], { role: 'Web', folder: '/s/site' });
	});

	test('a file is of the innermost folder, in whatever case it is written', () => {
		const nested = [
			{
				service: shopService.service,
				folders: [
					{ role: 'Web', folder: '/s' },
					{ role: 'Worker', folder: '/s/Worker' },
				],
			},
		];
		const roleOf = (path: string) => ownersOf(path, nested).map(({ role }) => role);
		assert.deepEqual(roleOf('/S/worker/a.cs'), ['Worker']);
		assert.deepEqual(roleOf('/s/Workers/a.cs'), ['Web']);
		assert.deepEqual(roleOf('/t/a.cs'), [undefined]);
	});

	test('a name leads to its declaration, an imported one to the import', () => {
		const declared = (path: string, code: string) =>
			usesIn(path, code)
				.flatMap(use => declarationsOf(use, ownersOf(path, services)))
				.map(({ kind, role, use, name }) => `${use} of ${kind} ${name} in ${role}`);
		assert.deepEqual(declared('/s/Worker/a.cs', setting('Queue')), ['declaration of setting Queue in Worker']);
		assert.deepEqual(declared('/s/Web/a.cs', setting('Queue')), []);
		assert.deepEqual(declared('/s/Shared/a.cs', setting('Colour')), ['declaration of setting Colour in Web']);
		const imported = 'Microsoft.WindowsAzure.Plugins.Diagnostics.ConnectionString';
		assert.deepEqual(declared('/s/Worker/a.cs', setting(imported)), [`import of setting ${imported} in Worker`]);
	});

	test('the names between the quotes are those of the role', () => {
		const proposed = (path: string, code: string) =>
			usesIn(path, code).map(use => namesFor(use, ownersOf(path, services)).join(' '));
		assert.deepEqual(proposed('/s/Web/a.cs', setting('')), ['Colour']);
		assert.deepEqual(proposed('/s/Shared/a.cs', 'RoleEnvironment.Roles[""]'), ['Web Worker']);
		assert.deepEqual(proposed('/s/Web/a.cs', 'RoleEnvironment.Roles["Worker"].Instances[0].InstanceEndpoints["'), [
			'Web Worker',
			'Rpc',
		]);
	});

	const files: Readonly<Record<string, string>> = {
		'/s/Worker/a.cs': `${setting('Queue')} ${setting('Other')}`,
		'/s/Worker/b.vb': 'x = RoleEnvironment.GetConfigurationSettingValue("Queue")',
		'/s/Worker/c.js': "exports.run = role => role.settings.Queue + role.settings['Queue'] + role?.settings?.Queue;",
		'/s/Shared/d.cs': setting('Queue'),
		'/s/Web/e.cs': setting('Queue'),
	};
	const names = new Map(Object.entries(files).map(([path, text]) => [path, usesIn(path, text)]));
	const queue = { kind: 'setting', name: 'Queue', role: 'Worker' } as const;

	test('the uses of a setting are those in its role and in shared code', () => {
		const found = codeUsesOf(queue, shopService.service, names, services).map(({ path }) => path.slice(3));
		assert.deepEqual(found, ['Worker/a.cs', 'Worker/b.vb', 'Worker/c.js', 'Worker/c.js', 'Worker/c.js', 'Shared/d.cs']);
	});

	test('a rename writes each name as the old one was written, and nothing else', () => {
		const renamed = (newName: string) =>
			codeRenameEdits(queue, newName, shopService.service, names, services).map(({ path, edits }) =>
				applyEdits(files[path] ?? '', edits),
			);
		assert.deepEqual(renamed('Orders'), [
			`${setting('Orders')} ${setting('Other')}`,
			'x = RoleEnvironment.GetConfigurationSettingValue("Orders")',
			"exports.run = role => role.settings.Orders + role.settings['Orders'] + role?.settings?.Orders;",
			setting('Orders'),
		]);
		assert.equal(
			renamed('My.Queue')[2],
			"exports.run = role => role.settings['My.Queue'] + role.settings['My.Queue'] + role?.settings?.['My.Queue'];",
		);
	});

	/** The text of every file after a fix, by its title. */
	function fixed(path: string, code: string): Readonly<Record<string, readonly string[]>> {
		const uses = usesIn(path, code);
		const owners = ownersOf(path, services);
		const [problem] = checkCode(uses, owners, new Set());
		const use = uses.find(({ span }) => span.start === problem?.span.start);
		assert.ok(problem && use);
		const textOf = (file: string) =>
			file === path ? code : (Object.values(shopService.files).find(each => each.path === file)?.document.text ?? '');
		return Object.fromEntries(
			codeFixes(path, use, problem, owners).map(({ title, edits }) => [
				title,
				edits.flatMap(file =>
					file.edits.map(edit =>
						applyEdits(textOf(file.path), [edit]).slice(edit.span.start).slice(0, edit.text.length).trim(),
					),
				),
			]),
		);
	}

	test('a fix corrects the name or declares it, with a value in every configuration', () => {
		assert.deepEqual(fixed('/s/Worker/a.cs', setting('Queu')), {
			"Change to 'Queue'": ['Queue'],
			"Declare the setting 'Queu' in the role 'Worker'": [
				'<Setting name="Queu" />',
				'<Setting name="Queu" value="" />',
			],
		});
		assert.deepEqual(fixed('/s/Worker/a.cs', 'RoleEnvironment.GetLocalResource("Scratch")'), {
			"Declare the local storage 'Scratch' in the role 'Worker'": ['<LocalStorage name="Scratch" />'],
		});
		assert.deepEqual(Object.keys(fixed('/s/Shared/a.cs', 'i.InstanceEndpoints["Mail"]')), [
			"Declare the internal endpoint 'Mail' in the role 'Web'",
			"Declare the internal endpoint 'Mail' in the role 'Worker'",
		]);
	});
});
