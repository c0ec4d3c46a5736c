import assert from 'node:assert/strict';
import path from 'node:path';
import { bundleCommandLine, type Call, call, calls, leavesNothing, states } from './commandLine';
import { definitionText, type WrittenService, writeService } from './runFixture';

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
