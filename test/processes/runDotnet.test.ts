import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { bundleCommandLine, type Call, call, calls, leavesNothing, states } from './commandLine';
import { configurationText, definitionText, program, type WrittenService, writeService } from './runFixture';

const assembly = `<Runtime><EntryPoint><NetFxEntryPoint assemblyName="Worker.dll" targetFrameworkVersion="v4.0" /></EntryPoint></Runtime>
    <ConfigurationSettings><Setting name="Greeting" /></ConfigurationSettings>`;

const project = `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net8.0</TargetFramework><EnableDynamicLoading>true</EnableDynamicLoading></PropertyGroup>
  <ItemGroup><Reference Include="Microsoft.WindowsAzure.ServiceRuntime" /></ItemGroup>
</Project>
`;

const role = `using System;
using System.Threading;
using Microsoft.WindowsAzure.ServiceRuntime;

public class WorkerRole : RoleEntryPoint
{
    private readonly ManualResetEvent stopping = new ManualResetEvent(false);

    public override bool OnStart()
    {
        Console.WriteLine("greeting " + RoleEnvironment.GetConfigurationSettingValue("Greeting"));
        return true;
    }

    public override void Run() { stopping.WaitOne(); }

    public override void OnStop() { stopping.Set(); }
}
`;

suite('rolewright run with a C# role', function () {
	this.timeout(180_000);
	let product: Awaited<ReturnType<typeof bundleCommandLine>>;
	let service: WrittenService;

	suiteSetup(async () => {
		product = await bundleCommandLine();
	});
	suiteTeardown(() => product.remove());
	setup(() => {
		service = writeService({ role: assembly });
		service.write('Worker/Worker.csproj', project);
		service.write('Worker/WorkerRole.cs', role);
	});
	teardown(() => service.remove());

	function runs(input: string, ...options: readonly string[]): Call {
		const argv = [
			'run',
			service.folder,
			'--format',
			'jsonl',
			'--state',
			path.join(service.folder, '.state'),
			...options,
		];
		return call(product.cli, argv, { input, limit: 170_000 });
	}

	test('builds it, runs it, recycles it; builds again only what has changed', async () => {
		const first = runs('wait all Ready 150s\nrecycle Worker_IN_0\nwait all Ready\nquit\n');
		assert.equal(await first.ended, 0, first.output.stderr);
		assert.match(first.output.stderr, /^Building Worker\.csproj$/m);
		assert.deepEqual(calls(first.entries, 'Worker_IN_0'), [
			'OnStart',
			'Stopping',
			'OnStop',
			'OnStart',
			'Stopping',
			'OnStop',
		]);
		assert.deepEqual(states(first.entries, 'Worker_IN_0').slice(-7), [
			'StoppingRole',
			'RestartingRole',
			'StartingRole',
			'BusyRole',
			'ReadyRole',
			'StoppingRole',
			'StoppedVM',
		]);
		leavesNothing(first.entries);
		const second = runs('wait all Ready 60s\nquit\n');
		assert.equal(await second.ended, 0, second.output.stderr);
		assert.doesNotMatch(second.output.stderr, /Building/);
		service.write('Worker/WorkerRole.cs', role.replace('"greeting "', '"changed "'));
		const third = runs('wait all Ready 150s\nquit\n');
		assert.equal(await third.ended, 0, third.output.stderr);
		assert.match(third.output.stderr, /^Building Worker\.csproj$/m);
		assert.ok(third.entries.some(entry => entry.event === 'output' && entry.text === 'changed Hello'));
	});

	test('a build that fails: its errors, and one sentence', async () => {
		service.write('Worker/WorkerRole.cs', role.replace('return true;', 'return nothing;'));
		const run = runs('');
		assert.equal(await run.ended, 2, run.output.stderr);
		assert.match(
			run.output.stderr,
			/^rolewright: The build of Worker\.csproj failed: WorkerRole\.cs\(12,16\): CS0103: .*nothing.*$/m,
		);
		assert.deepEqual(run.entries, []);
	});

	test('a role that refers to what is not to be had is left out, and the others run', async () => {
		const lost = '<WorkerRole name="Lost" vmsize="Small"></WorkerRole>';
		const ofLost = '<Role name="Lost"><Instances count="1" /></Role>';
		const add = (text: string, element: string) => text.replace(/<\/Service\w+>/, end => `${element}${end}`);
		service.write('ServiceDefinition.csdef', add(definitionText(program), lost));
		service.write('ServiceConfiguration.Local.cscfg', add(configurationText({}), ofLost));
		service.write('Lost/Lost.csproj', project.replace('Microsoft.WindowsAzure.ServiceRuntime', 'Nobody.Has'));
		service.write('Lost/Lost.cs', 'public class Lost : Nobody.Has.Base { }');
		// The folder of the role in JavaScript holds a project too, which is not its code.
		rmSync(path.join(service.folder, 'Worker/Worker.csproj'));
		const run = runs('wait all Ready 60s\nquit\n');
		assert.equal(await run.ended, 0, run.output.stderr);
		assert.match(
			run.output.stderr,
			/^Lost\.csproj cannot be built here\. Nobody\.Has is not found: add the package that holds it, .* The build says: Lost\.cs\(1,\d+\): CS0246: .* The other roles run without it\.$/m,
		);
		assert.deepEqual(calls(run.entries, 'Worker_IN_0'), ['OnStart', 'Stopping', 'OnStop']);
		const alone = runs('', '--role', 'Lost');
		assert.equal(await alone.ended, 2, alone.output.stderr);
		assert.match(alone.output.stderr, /^rolewright: Lost\.csproj cannot be built here\./m);
		assert.deepEqual(alone.entries, []);
	});

	test('no output, and building is switched off', async () => {
		const run = runs('', '--build', 'never');
		assert.equal(await run.ended, 2, run.output.stderr);
		assert.match(
			run.output.stderr,
			/^rolewright: Worker\.csproj has no output \(.*Worker\.dll\) and building is switched off/m,
		);
	});

	test('an entry point that the build does not make', async () => {
		service.write('ServiceDefinition.csdef', definitionText(assembly.replace('Worker.dll', 'Other.dll')));
		const run = runs('');
		assert.equal(await run.ended, 2, run.output.stderr);
		assert.match(
			run.output.stderr,
			/^rolewright: The entry point 'Other\.dll' of the role 'Worker' is not in '.*': the folder has 'Worker\.dll'; correct the name in the service definition\.$/m,
		);
	});
});
