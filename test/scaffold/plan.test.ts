import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { applyEdits } from '../../src/base/span';
import { diagnose } from '../../src/language/diagnostics';
import { Documents } from '../../src/language/documents';
import { planWorkerRole, type WorkerRoleAnswers } from '../../src/scaffold/addRole';
import { planService } from '../../src/scaffold/newService';
import type { Plan } from '../../src/scaffold/plan';
import { nameProblem, roleNameProblem } from '../../src/scaffold/roleName';
import { serviceFrom } from '../support/services';

/** A folder in memory: applies plans and answers with its problems. */
class Folder {
	readonly files = new Map<string, string>();

	apply(plan: Plan): this {
		for (const { path, text } of plan.files) {
			assert.ok(!this.files.has(path), `${path} would be overwritten`);
			this.files.set(path, text);
		}
		for (const { path, edits } of plan.edits) {
			this.files.set(path, applyEdits(this.text(path), edits));
		}
		return this;
	}

	text(path: string): string {
		return this.files.get(path) ?? assert.fail(`no file ${path}`);
	}

	documents(): Documents {
		const documents = new Documents();
		for (const [path, text] of this.files) {
			documents.set(path, text);
		}
		return documents;
	}

	problems(): string[] {
		const documents = this.documents();
		return [...this.files.keys()].flatMap(path => {
			const file = documents.file(path);
			const found = file ? diagnose(file, documents.serviceOf(path)) : [];
			// What depends on the platform, and a count that the author chose, are no mistakes of the scaffold.
			const wrong = found.filter(({ severity }) => severity === 'error' || severity === 'warning');
			return wrong.map(({ message }) => `${path}: ${message}`);
		});
	}

	service() {
		return this.documents().serviceOf('/w/Shop/ServiceDefinition.csdef');
	}
}

const csharp = (name: string, more: Partial<WorkerRoleAnswers> = {}): WorkerRoleAnswers =>
	({
		name,
		language: 'csharp',
		framework: 'net8.0',
		...more,
	}) as WorkerRoleAnswers;

suite('scaffold', () => {
	test('a new service has a definition and two configurations without problems', () => {
		const folder = new Folder().apply(planService('Shop', '/w/Shop'));
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
		const folder = new Folder().apply(planService('Shop', '/w/Shop'));
		folder.apply(planWorkerRole(folder.service(), csharp('Work')));
		folder.apply(planWorkerRole(folder.service(), { name: 'Script', language: 'javascript', instances: 3 }));
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
		const { edits } = planWorkerRole(service, { name: 'Script', language: 'javascript' });
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
			planWorkerRole(service, csharp('B')).edits.map(({ path }) => path),
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
			assert.throws(() => planWorkerRole(service, csharp(name)), { name: 'Failure' });
		}
		for (const name of ['Worker', '_a', 'My Role', 'My.Role-2', 'Rolle_für_é']) {
			assert.equal(roleNameProblem(service, name), undefined);
		}
		assert.equal(nameProblem('service', 'Work'), undefined);
	});

	test('a definition that is not there is said', () => {
		const { service } = serviceFrom({ Local: '' });
		assert.throws(() => planWorkerRole(service, csharp('A')), { name: 'Failure', message: /create a service first/ });
	});

	test('the C# files name the framework, and an identifier for any name', () => {
		const { service } = serviceFrom({ definition: '\n' });
		const [project, code] = planWorkerRole(
			service,
			csharp('My class.new-1.2', { framework: 'net48' } as Partial<WorkerRoleAnswers>),
		).files;
		assert.match(
			project?.text ?? '',
			/<TargetFramework>net48<\/TargetFramework>[\s\S]*<AssemblyName>My class\.new-1\.2<[\s\S]*<RootNamespace>My_class\.new_1\._2</,
		);
		assert.match(code?.text ?? '', /namespace My_class\.new_1\._2\n/);
	});

	test('the JavaScript role is a module that starts, runs and stops', async () => {
		const { service } = serviceFrom({ definition: '\n' });
		const files = planWorkerRole(service, { name: 'My Script', language: 'javascript' }).files;
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
