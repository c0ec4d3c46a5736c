import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { planRole, type RoleAnswers } from '../../src/scaffold/addRole';
import { planService } from '../../src/scaffold/newService';
import type { RoleKindAnswers } from '../../src/scaffold/roleKinds';
import { nameProblem, roleNameProblem } from '../../src/scaffold/roleName';
import { noSurroundings } from '../../src/scaffold/surroundings';
import { serviceFrom } from '../support/services';
import { Folder } from './folder';

const csharp = (name: string, framework: 'net8.0' | 'net48' = 'net8.0'): RoleAnswers => ({
	name,
	kind: 'worker',
	language: 'csharp',
	framework,
});
const javascript = (name: string, instances?: number): RoleAnswers => ({
	name,
	kind: 'worker',
	language: 'javascript',
	...(instances !== undefined && { instances }),
});

function shop(): Folder {
	return new Folder().apply(planService('Shop', '/w/Shop'));
}

function add(folder: Folder, answers: RoleAnswers): Folder {
	return folder.apply(planRole(folder.service(), answers, folder.surroundings()));
}

suite('scaffold', () => {
	test('a new service has a definition and two configurations without problems', () => {
		const folder = shop();
		assert.deepEqual(
			[...folder.files.keys()],
			[
				'/w/Shop/ServiceDefinition.csdef',
				'/w/Shop/ServiceConfiguration.Local.cscfg',
				'/w/Shop/ServiceConfiguration.Cloud.cscfg',
			],
		);
		assert.deepEqual(folder.problems(), []);
	});

	test('roles of both languages stay in step with every configuration', () => {
		const folder = add(add(shop(), csharp('Work')), javascript('Script', 3));
		assert.deepEqual([...folder.files.keys()].slice(3), [
			'/w/Shop/Work/Work.csproj',
			'/w/Shop/Work/WorkerRole.cs',
			'/w/Shop/Script/worker.js',
			'/w/Shop/Script/package.json',
		]);
		assert.deepEqual(folder.problems(), []);
		const { definition, configurations } = folder.service();
		assert.deepEqual(
			definition?.roles.map(({ name, entryPoint }) => [name?.text, entryPoint?.kind]),
			[
				['Work', undefined],
				['Script', 'program'],
			],
		);
		assert.deepEqual(
			configurations.map(({ roles }) => roles.map(({ name, instances }) => `${name?.text} ${instances?.count}`)),
			[
				['Work 1', 'Script 3'],
				['Work 1', 'Script 3'],
			],
		);
	});

	test('what is written follows the style of the files and keeps the rest', () => {
		const { service } = serviceFrom({
			definition: '\r\n\t<LoadBalancerProbes/>\r\n\t<NetworkTrafficRules/>\r\n',
			Local: "\r\n\t<Role name='A'>\r\n\t\t<Instances count='1'/>\r\n\t</Role>\r\n\t<NetworkConfiguration/>\r\n",
		});
		const { edits } = planRole(service, javascript('Script'), noSurroundings);
		assert.deepEqual(
			edits.map(({ edits }) => edits.map(({ text }) => text)),
			[
				[
					'\r\n\t<WorkerRole name="Script" vmsize="Standard_A1_v2">\r\n\t\t<Runtime>\r\n\t\t\t<EntryPoint>\r\n\t\t\t\t<ProgramEntryPoint commandLine="node worker.js" setReadyOnProcessStart="true"/>\r\n\t\t\t</EntryPoint>\r\n\t\t</Runtime>\r\n\t</WorkerRole>',
				],
				['\r\n\t<Role name="Script">\r\n\t\t<Instances count="1"/>\r\n\t</Role>'],
			],
		);
	});

	test('a transform is no configuration', () => {
		const { service } = serviceFrom({
			definition: '<WorkerRole name="A"/>',
			Local: '',
			Cloud: '<ServiceConfiguration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform"/>',
		});
		assert.deepEqual(
			planRole(service, csharp('B'), noSurroundings).edits.map(({ path }) => path),
			['/s/ServiceDefinition.csdef', '/s/ServiceConfiguration.Local.cscfg'],
		);
	});

	test('a name that cannot be used is refused in a sentence', () => {
		const { service } = serviceFrom({ definition: '<WorkerRole name="Work"/>', Local: '<Role name="Old"/>' });
		const refused = [
			'',
			'1a',
			'a/b',
			'a\\b',
			'..',
			'a.',
			'a ',
			'a"b',
			'a$(b)',
			'a%b',
			'a;b',
			"a'b",
			'con',
			'NUL.x',
			'node_modules',
			'work',
			'old',
			`a${'b'.repeat(60)}`,
			'a\u200eb',
			'a\nb',
		];
		for (const name of refused) {
			assert.match(roleNameProblem(service, name) ?? `'${name}' was not refused`, /\.$/);
			assert.throws(() => planRole(service, csharp(name), noSurroundings), { name: 'Failure' });
		}
		for (const name of ['Worker', '_a', 'My Role', 'My.Role-2', 'Rolle_für_é']) {
			assert.equal(roleNameProblem(service, name), undefined);
		}
		assert.equal(nameProblem('service', 'Work'), undefined);
	});

	test('a definition that is not there is said', () => {
		const { service } = serviceFrom({ Local: '' });
		assert.throws(() => planRole(service, csharp('A'), noSurroundings), {
			name: 'Failure',
			message: /create a service first/,
		});
	});

	test('the C# files name the framework, and an identifier for any name', () => {
		const { service } = serviceFrom({ definition: '\n' });
		const [project, code] = planRole(service, csharp('My class.new-1.2', 'net48'), noSurroundings).files;
		assert.match(
			project?.text ?? '',
			/<TargetFramework>net48<\/TargetFramework>[\s\S]*<AssemblyName>My class\.new-1\.2<[\s\S]*<RootNamespace>My_class\.new_1\._2</,
		);
		assert.match(code?.text ?? '', /namespace My_class\.new_1\._2\n/);
	});

	test('the JavaScript role is a module that starts, runs and stops', async () => {
		const { service } = serviceFrom({ definition: '\n' });
		const files = planRole(service, javascript('My Script'), noSurroundings).files;
		const [worker, manifest] = files.map(({ text }) => text);
		assert.equal(JSON.parse(manifest ?? '').name, 'my-script');
		const lines: string[] = [];
		const role = load(worker ?? '', lines);
		assert.equal(await role.onStart(), true);
		const ended = role.run();
		await role.onStop();
		await ended;
		assert.deepEqual(lines, ['My Script is starting', 'My Script is running', 'Working', 'My Script is stopping']);
	});

	const kinds: readonly (readonly [kind: RoleKindAnswers, ...files: readonly string[]])[] = [
		[{ kind: 'worker', language: 'csharp', framework: 'net8.0' }, 'New.csproj', 'WorkerRole.cs'],
		[{ kind: 'worker', language: 'fsharp', framework: 'net48' }, 'New.fsproj', 'WorkerRole.fs'],
		[{ kind: 'worker', language: 'vb', framework: 'net8.0' }, 'New.vbproj', 'WorkerRole.vb'],
		[{ kind: 'worker', language: 'javascript' }, 'worker.js', 'package.json'],
		[{ kind: 'worker', language: 'typescript' }, 'worker.ts', 'tsconfig.json', 'package.json', 'build.js'],
		[{ kind: 'worker', language: 'python' }, 'worker.py'],
		[{ kind: 'worker', language: 'program', commandLine: 'a.exe "x" <&>' }, 'README.md'],
		[{ kind: 'web', site: 'aspnetcore' }, 'New.csproj', 'Program.cs'],
		[{ kind: 'web', site: 'node' }, 'server.js', 'package.json', 'web.config'],
		[{ kind: 'web', site: 'static' }, 'index.html'],
		[{ kind: 'vm' }, 'README.md', 'adapter/adapter.js'],
	];
	for (const [kind, ...files] of kinds) {
		test(`a role of any kind is declared, configured and without an error: ${Object.values(kind).join(' ')}`, () => {
			const folder = add(add(shop(), { name: 'Web', kind: 'web', site: 'static' }), {
				...kind,
				name: 'New',
				instances: 2,
			});
			assert.deepEqual(
				folder.names().filter(name => name.startsWith('New/')),
				files.map(file => `New/${file}`),
			);
			// A VM role is a warning for as long as there is one: there is nothing to deploy it to.
			assert.deepEqual(folder.problems(kind.kind === 'vm' ? ['error'] : ['error', 'warning']), []);
			const { definition, configurations } = folder.service();
			assert.equal(definition?.roles.at(-1)?.name?.text, 'New');
			assert.deepEqual(
				configurations.map(({ roles }) => `${roles.at(-1)?.name?.text} ${roles.at(-1)?.instances?.count}`),
				['New 2', 'New 2'],
			);
		});
	}

	test('two web roles have two ports', () => {
		const folder = add(add(shop(), { name: 'A', kind: 'web', site: 'node' }), {
			name: 'B',
			kind: 'web',
			site: 'static',
		});
		const ports = folder
			.service()
			.definition?.roles.map(({ endpoints: [first] }) => first?.kind === 'input' && first.port);
		assert.deepEqual(ports, [80, 8080]);
	});

	test('a VM role takes the service back to the last schema with such roles, and says so', () => {
		const folder = add(shop(), { name: 'Golden', kind: 'vm' });
		assert.match(folder.named('ServiceDefinition.csdef'), /schemaVersion="2012-05\.1\.7"/);
		assert.match(
			folder.named('ServiceConfiguration.Cloud.cscfg'),
			/schemaVersion="2012-05\.1\.7">\n {2}<Role name="Golden">\n {4}<OsImage href="Golden\.vhd" \/>\n/,
		);
		assert.deepEqual(
			folder.notes.map(note => note.split(':')[0]),
			[
				'VM roles were retired on 15 May 2013',
				'The schema version of the service becomes 2012-05.1.7, the last one with VM roles.',
			],
		);
		assert.deepEqual(JSON.parse(folder.named('rolewright.json')).roles.Golden, {
			images: [{ file: 'Golden/Golden.vhd', sizeInGB: 30 }],
			code: 'Golden/adapter',
			run: 'node adapter.js',
		});
		const unchanged = new Folder().with({
			'ServiceDefinition.csdef': folder.named('ServiceDefinition.csdef').replace(' schemaVersion="2012-05.1.7"', ''),
		});
		add(unchanged, { name: 'Other', kind: 'vm' });
		assert.doesNotMatch(unchanged.named('ServiceDefinition.csdef'), /schemaVersion/);
		assert.equal(unchanged.notes.length, 1);
	});

	test('rolewright.json says how a TypeScript role is built, beside what it says already', () => {
		const before = '{\n\t// mine\n\t"roles": {\n\t\t"A": { "host": "module" } // stays\n\t},\n}\n';
		const folder = add(shop().with({ 'rolewright.json': before }), {
			name: 'My Role',
			kind: 'worker',
			language: 'typescript',
		});
		assert.equal(
			folder.named('rolewright.json'),
			'{\n\t// mine\n\t"roles": {\n\t\t"A": { "host": "module" }, // stays\n\t\t"My Role": {\n\t\t\t"build": "node \\"My Role/build.js\\"",\n\t\t\t"code": "My Role/dist"\n\t\t}\n\t},\n}\n',
		);
		const broken = add(shop().with({ 'rolewright.json': '{ "roles": ' }), {
			name: 'T',
			kind: 'worker',
			language: 'typescript',
		});
		assert.equal(broken.named('rolewright.json'), '{ "roles": ');
		assert.match(broken.notes.at(-1) ?? '', /not well-formed: correct it, and add to "roles": "T":\{"build"/);
	});

	test('a project of Visual Studio lists the new role, and nothing else of it changes', () => {
		const project = `<?xml version="1.0"?>\r\n<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">\r\n  <ItemGroup>\r\n    <ServiceDefinition Include="ServiceDefinition.csdef" />\r\n  </ItemGroup>\r\n  <!-- end -->\r\n</Project>`;
		const folder = add(shop().with({ 'Shop.ccproj': project }), csharp('Work'));
		add(folder, javascript('Script'));
		add(folder, { name: 'Site', kind: 'web', site: 'aspnetcore' });
		assert.equal(
			folder.named('Shop.ccproj'),
			project.replace(
				'  <!-- end -->',
				['Worker', 'Web']
					.map(kind => [kind, kind === 'Web' ? 'Site' : 'Work'] as const)
					.reduce(
						(items, [kind, name]) =>
							`${items}    <ProjectReference Include="${name}\\${name}.csproj">\r\n      <Name>${name}</Name>\r\n      <Private>True</Private>\r\n      <RoleType>${kind}</RoleType>\r\n      <RoleName>${name}</RoleName>\r\n    </ProjectReference>\r\n`,
						'  <ItemGroup>\r\n',
					)
					.concat('  </ItemGroup>\r\n  <!-- end -->'),
			),
		);
	});
});

interface RoleModule {
	onStart(): Promise<boolean>;
	run(): Promise<void>;
	onStop(): Promise<void>;
}

/** The module that a text is, with its console written into a list; it is not the main module. */
function load(text: string, lines: string[]): RoleModule {
	const module: { exports: RoleModule | undefined } = { exports: undefined };
	const log = (line: string) => lines.push(line);
	compileFunction(text, ['module', 'require', 'console'])(module, createRequire(__filename), { log });
	return module.exports ?? assert.fail('nothing is exported');
}
