import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';
import { outputOf } from '../../src/node/hosts/programOutput';
import { bundleCommandLine, call, leavesNothing } from './commandLine';
import { withoutSdk } from './dotnetRole';
import { type WrittenService, writeService } from './runFixture';
import { isRunning } from './runningProcesses';

const assembly = `<Runtime><EntryPoint><NetFxEntryPoint assemblyName="Worker.dll" targetFrameworkVersion="v4.0" /></EntryPoint></Runtime>
    <ConfigurationSettings><Setting name="Greeting" /></ConfigurationSettings>`;

const project = `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net8.0</TargetFramework><EnableDynamicLoading>true</EnableDynamicLoading></PropertyGroup>
  <ItemGroup><Reference Include="Microsoft.WindowsAzure.ServiceRuntime" /></ItemGroup>
</Project>`;

const role = `public class WorkerRole : Microsoft.WindowsAzure.ServiceRuntime.RoleEntryPoint
{
	// As public code often ends: somebody waits for it without a limit.
	public override void OnStop() { System.Threading.Thread.Sleep(System.Threading.Timeout.Infinite); }
}`;

suite('C# hosts that are killed (SIGKILL)', function () {
	this.timeout(240_000);
	let product: Awaited<ReturnType<typeof bundleCommandLine>>;
	let service: WrittenService;

	suiteSetup(async function () {
		if (withoutSdk || process.platform === 'win32') {
			this.skip();
		}
		product = await bundleCommandLine();
		service = writeService({ role: assembly });
		service.configure({ count: 2 });
		service.write('Worker/Worker.csproj', project);
		service.write('Worker/WorkerRole.cs', role);
	});
	suiteTeardown(() => {
		product?.remove();
		service?.remove();
	});

	test('alone, their instance starts again; with the runner, those that run and those in reserve are gone, and the next run begins anew', async () => {
		const run = () => {
			const state = path.join(service.folder, '.state');
			return call(
				product.cli,
				['run', service.folder, '--state', state, '--format', 'jsonl', '--on-stop-limit', '1s'],
				{
					limit: 200_000,
				},
			);
		};
		const first = run();
		first.write('wait all Ready 150s');
		await first.entry(isReady('Worker_IN_0'));
		await first.entry(isReady('Worker_IN_1'));
		const [host] = hosts(first.entries, 'Worker_IN_0');
		assert.ok(host);
		process.kill(host.pid, 'SIGKILL');
		const ended = await first.entry(
			entry => entry.event === 'process' && entry.phase === 'ended' && entry.pid === host.pid,
		);
		await first.entry(entry => entry.n > ended.n && isReady('Worker_IN_0')(entry));

		const runner = hosts(first.entries, 'Worker_IN_1')[0]?.pid ?? 0;
		let all = await hostsBeside(runner);
		while (all.length < 4) {
			await pause(50);
			all = await hostsBeside(runner);
		}
		first.signal('SIGKILL');
		assert.equal(await first.ended, 'SIGKILL');
		while (all.some(isRunning)) {
			await pause(20);
		}

		const second = run();
		await second.entry(isReady('Worker_IN_0'));
		await second.entry(isReady('Worker_IN_1'));
		second.write('quit');
		assert.equal(await second.ended, 0, second.output.stderr);
		leavesNothing(second.entries);
	});
});

const isReady = (instance: string) => (entry: JournalEntry) =>
	entry.event === 'state' && entry.instance === instance && entry.state === 'ReadyRole';

function hosts(entries: readonly JournalEntry[], instance: string) {
	return entries.flatMap(entry =>
		entry.event === 'process' && entry.phase === 'started' && entry.instance === instance ? [entry] : [],
	);
}

/** The C# hosts of the runner that started this one: those that run, and those that wait and are in no journal. */
async function hostsBeside(host: number): Promise<readonly number[]> {
	const { stdout } = await outputOf('ps', ['-A', '-o', 'pid=,ppid=,args=']);
	const all = stdout.split('\n').flatMap(line => {
		const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
		return command.includes('Rolewright.Host.dll') ? [{ pid: Number(pid), parent: Number(parent) }] : [];
	});
	const runner = all.find(({ pid }) => pid === host)?.parent;
	return all.filter(({ parent }) => parent === runner).map(({ pid }) => pid);
}
