import assert from 'node:assert/strict';
import path from 'node:path';
import { bundleCommandLine, call, leavesNothing } from '../processes/commandLine';
import { writeService } from '../processes/runFixture';

const count = 20;

const role = `<Runtime><EntryPoint><NetFxEntryPoint assemblyName="Worker.dll" targetFrameworkVersion="v4.0" /></EntryPoint></Runtime>
	<ConfigurationSettings><Setting name="Greeting" /></ConfigurationSettings>`;

const project = `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net8.0</TargetFramework><EnableDynamicLoading>true</EnableDynamicLoading></PropertyGroup>
  <ItemGroup><Reference Include="Microsoft.WindowsAzure.ServiceRuntime" /></ItemGroup>
</Project>
`;

const code = `using System.Threading;
using Microsoft.WindowsAzure.ServiceRuntime;
public class WorkerRole : RoleEntryPoint
{
    private readonly ManualResetEvent stopping = new ManualResetEvent(false);
    public override void Run() { stopping.WaitOne(); }
    public override void OnStop() { stopping.Set(); }
}
`;

suite('Real C# roles, many', () => {
	test(`${count} instances start at once, are recycled by an update, and stop`, async () => {
		const product = await bundleCommandLine();
		const service = writeService({ role });
		service.write('Worker/Worker.csproj', project);
		service.write('Worker/WorkerRole.cs', code);
		const options = ['--format', 'jsonl', '--state', path.join(service.folder, '.state'), '--count', `Worker=${count}`];
		const input = 'wait all Ready 10m\nupdate simultaneous\nwait all Ready 10m\nquit\n';
		const run = call(product.cli, ['run', service.folder, ...options], { input, limit: 1_500_000 });
		try {
			assert.equal(await run.ended, 0, run.output.stderr);
			const times = (of: string) => run.entries.filter(entry => entry.event === 'state' && entry.state === of);
			assert.equal(times('ReadyRole').length, 2 * count);
			const [first, last] = [times('StartingRole')[0], times('ReadyRole')[count - 1]];
			const took = Date.parse(last?.at ?? '') - Date.parse(first?.at ?? '');
			console.log(`      ${count} instances ready after ${took} ms`);
			leavesNothing(run.entries);
		} finally {
			service.remove();
			product.remove();
		}
	});
});
