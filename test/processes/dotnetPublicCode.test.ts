import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';
import { type RunningService, startService } from '../../src/runner/startService';
import { files, openWorkshop, type Workshop, withoutSdk } from './dotnetRole';

/**
 * What public role code taught (running-dotnet-roles.md 7.1), sentence by sentence. Those that need a whole service are
 * tests here; the others name the test that holds them, by its file and title.
 */
const elsewhere: readonly (readonly [sentence: string, file: string, title: string])[] = [
	[
		'`Assembly.GetTypes()` throws ReflectionTypeLoadException in more than half of them: search the entry point among the types that did load.',
		'dotnetProjects',
		'a classic web project of 2010',
	],
	[
		'Reference assemblies get copied into `bin` (copy local); loading one gives BadImageFormatException. Skip files that carry `ReferenceAssemblyAttribute` when probing.',
		'dotnetProjects',
		'a reference assembly that was copied beside the role is no assembly to load',
	],
	[
		"A missing framework assembly fails when the method is compiled, so that the role's own `try` does not catch it. Name the assembly, what it was for, and what to do, in the phase where it happened.",
		'dotnetFailures',
		"a missing assembly fails where its method is compiled, past the role's own catch, and is named",
	],
	[
		'IIS administration shows as PlatformNotSupportedException "COM is not supported".',
		'dotnetProjects',
		'what will not work on .NET is said before the start, and explained where it is met',
	],
	[
		"`base.Run()` inside the role's `try` must neither return nor throw at the stop.",
		'dotnetHost',
		'base.Run inside a try neither returns nor throws at the stop',
	],
	[
		"Paths like `C:\\temp` become a file name on Linux: say so when seen in the role's folder.",
		'dotnetHost',
		'paths with backslashes are explained',
	],
	[
		'`SolutionDir` must point at the folder with the `.sln` (or `.nuget`).',
		'dotnetProjects',
		'build events, and sources by the folder of the solution',
	],
	[
		'Missing imports from `packages/*/build` stop the build unless answered.',
		'dotnetProjects',
		'imports of packages that are not there, and its own check in another language',
	],
	[
		'Retargeting everything to the 4.7.2 reference assemblies compiled v3.5 and v4.0 projects too.',
		'dotnetProjects',
		'the client part of .NET Framework 3.5',
	],
	[
		'Mono has WCF, AppDomain and System.Web: offering it in the message is worth much.',
		'dotnetRuntimes',
		'what only Mono has, and Mono is not there',
	],
];

const role = `using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace Company.Something.Else
{
	public class TheEntry : RoleEntryPoint
	{
		private readonly TcpListener listener = new TcpListener(IPAddress.Loopback, 0);

		public override bool OnStart()
		{
			if (Is("dies in OnStart")) throw new InvalidOperationException("no start"); // in OnStart
			if (Is("reads what the definition lacks")) RoleEnvironment.GetConfigurationSettingValue("Nowhere"); // lacking
			if (Is("finds files by RoleRoot")) Console.WriteLine("tool: " + File.ReadAllText(Environment.ExpandEnvironmentVariables(Path.Combine("%RoleRoot%", "approot", "tool.txt"))).Trim());
			RoleEnvironment.Changing += (sender, e) =>
			{
				if (Is("recycles in Changing")) RoleEnvironment.RequestRecycle();
			};
			return true;
		}

		public override void Run()
		{
			if (Is("dies in Run")) throw new InvalidOperationException("no run"); // in Run
			listener.Start();
			if (Is("dies in a callback"))
			{
				var client = new TcpClient();
				client.BeginConnect("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, result => { throw new InvalidOperationException("in a callback"); }, null); // callback
			}

			listener.AcceptTcpClient();
			Thread.Sleep(Timeout.Infinite);
		}

		public override void OnStop()
		{
			// As public code does: waits for a Run that waits for a client that never comes.
			if (Is("never stops")) Thread.Sleep(Timeout.Infinite);
		}

		private static bool Is(string behaviour)
		{
			return RoleEnvironment.GetConfigurationSettingValue("Behaviour") == behaviour;
		}
	}
}
`;

const schema = 'http://schemas.microsoft.com/ServiceHosting/2008/10';
const roleElement = (name: string, assembly: string): string => `
  <WorkerRole name="${name}" vmsize="Small">
    <Runtime><EntryPoint><NetFxEntryPoint assemblyName="${assembly}" targetFrameworkVersion="v4.0" /></EntryPoint></Runtime>
    <ConfigurationSettings><Setting name="Behaviour" /><Setting name="Color" /></ConfigurationSettings>
  </WorkerRole>`;
const roleValues = (name: string, behaviour: string, color: string): string => `
  <Role name="${name}"><Instances count="1" />
    <ConfigurationSettings><Setting name="Behaviour" value="${behaviour}" /><Setting name="Color" value="${color}" /></ConfigurationSettings>
  </Role>`;

suite('what public role code taught', () => {
	let workshop: Workshop;
	let folder: string;

	suiteSetup(async function () {
		if (withoutSdk) {
			this.skip();
		}
		workshop = await openWorkshop();
		// Blanks, brackets and dots; and the role's project lies inside the folder of the cloud project.
		folder = path.join(workshop.folder, 'Cloud (old) [1].Service');
		await write('Deploy.ccproj', cloudProject('Deploy'));
		await write('Other.ccproj', '<Project><ItemGroup /></Project>');
		await write(
			'ServiceDefinition.csdef',
			`<ServiceDefinition name="Public" xmlns="${schema}/ServiceDefinition">${roleElement('Order.Worker', 'Assembly.Of.Another.Name.dll')}${roleElement('Gone', 'Gone.dll')}
</ServiceDefinition>`,
		);
		await write(
			'the role.code/Thing.csproj',
			`<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net8.0</TargetFramework><AssemblyName>Assembly.Of.Another.Name</AssemblyName></PropertyGroup>
  <ItemGroup><Reference Include="Microsoft.WindowsAzure.ServiceRuntime" /><None Include="tool.txt" CopyToOutputDirectory="Always" /></ItemGroup>
</Project>`,
		);
		await write('the role.code/tool.txt', 'here');
		await write('the role.code/Entry.cs', role);
	});

	suiteTeardown(() => workshop?.close());

	async function write(name: string, text: string): Promise<void> {
		const file = path.join(folder, name);
		await mkdir(path.dirname(file), { recursive: true });
		await writeFile(file, text);
	}

	function configure(behaviour: string, color: string): Promise<void> {
		return write(
			'ServiceConfiguration.Local.cscfg',
			`<ServiceConfiguration serviceName="Public" osFamily="7" osVersion="*" xmlns="${schema}/ServiceConfiguration">${roleValues('Order.Worker', behaviour, color)}${roleValues('Gone', '', '')}
</ServiceConfiguration>`,
		);
	}

	interface Run {
		readonly service: RunningService;
		readonly said: readonly string[];
		readonly entries: readonly JournalEntry[];
		until(fits: (entry: JournalEntry) => boolean, times?: number): Promise<JournalEntry>;
	}

	/** Runs the service while `work` lasts. */
	async function run(behaviour: string, work: (run: Run) => Promise<void>): Promise<void> {
		await configure(behaviour, 'red');
		const entries: JournalEntry[] = [];
		const said: string[] = [];
		const looks = new Set<() => void>();
		const service = await startService({
			path: path.join(folder, 'Deploy.ccproj'),
			build: 'auto',
			onStopLimit: 1_000,
			timeFactor: 20,
			stateFolder: path.join(workshop.folder, 'states'),
			distFolder: path.resolve(path.dirname(files.targets), '..'),
			progress: text => said.push(text),
			onEntry: entry => {
				entries.push(entry);
				for (const look of [...looks]) {
					look();
				}
			},
		});
		const until: Run['until'] = (fits, times = 1) =>
			new Promise(resolve => {
				const look = (): void => {
					const found = entries.filter(fits)[times - 1];
					if (found) {
						looks.delete(look);
						resolve(found);
					}
				};
				looks.add(look);
				look();
			});
		try {
			await work({ service, said, entries, until });
		} finally {
			await service.stop();
		}
	}

	test('Names differ freely: role, folder, assembly, class and namespace; two `.ccproj` in one folder; folders with blanks, brackets and dots; a role project inside the cloud project’s folder; a service of which one role’s project is not there (run the rest, say so).', async () => {
		await run('', async ({ until, said, entries }) => {
			await until(entry => entry.event === 'state' && entry.state === 'ReadyRole');
			assert.ok(
				said.includes(
					"Deploy.ccproj gives the role 'Gone' the project '" +
						path.join(folder, 'Gone/Gone.csproj') +
						"', but there is no such file: correct its path there, or name the code as 'roles.Gone.project' or 'roles.Gone.code' in rolewright.json. The other roles run without it.",
				),
				said.join('\n'),
			);
			assert.deepEqual([...new Set(entries.flatMap(entry => entry.instance ?? []))], ['Order.Worker_IN_0']);
		});
	});

	const deaths = [
		['dies in OnStart', 'OnStart', 'no start', '// in OnStart'],
		['dies in Run', 'Run', 'no run', '// in Run'],
	] as const;
	for (const [behaviour, call, message, place] of deaths) {
		test(`A role may fail in \`OnStart\`, or start well and die in \`Run\`: both must be explained and neither may recycle for ever in silence. It ${behaviour}.`, async () => {
			await run(behaviour, async ({ until, entries }) => {
				const fails = (entry: JournalEntry): boolean =>
					entry.event === 'call' && entry.call === call && entry.error !== undefined;
				const failure = await until(fails);
				assert.ok(failure.event === 'call' && failure.error);
				assert.equal(failure.error.message, message);
				assert.equal(failure.error.line, lineWith(place));
				assert.equal(path.basename(failure.error.file ?? ''), 'Entry.cs');
				await until(fails, 3);
				const restarts = entries.filter(entry => entry.event === 'restart');
				assert.ok(
					restarts.length >= 2 && restarts.every(entry => entry.cause.length > 0),
					'each restart has its cause',
				);
				assert.ok((restarts[1]?.delay ?? 0) >= (restarts[0]?.delay ?? 0), 'and waits no less than the one before');
			});
		});
	}

	test('`RequestRecycle` called inside a Changing handler that does not cancel: exactly one recycle, no deadlock.', async () => {
		await run('recycles in Changing', async ({ service, until, entries }) => {
			await until(entry => entry.event === 'state' && entry.state === 'ReadyRole');
			await configure('recycles in Changing', 'blue');
			service.submit({ command: 'configure', file: service.configuration }, 'stdin');
			await until(entry => entry.event === 'state' && entry.state === 'ReadyRole', 2);
			await service.stop();
			const began = entries.filter(
				entry => entry.event === 'call' && entry.phase === 'begin' && entry.call === 'OnStart',
			);
			assert.equal(began.length, 2);
		});
	});

	test('An `OnStop` that never returns (waits for a `Run` that waits in `AcceptTcpClient`) is ended by the limit, and the message names OnStop.', async () => {
		await run('never stops', async ({ service, until, entries }) => {
			await until(entry => entry.event === 'state' && entry.state === 'ReadyRole');
			await service.stop();
			const texts = entries.flatMap(entry => ('text' in entry && entry.text ? [entry.text] : []));
			assert.ok(
				texts.some(text =>
					/OnStop had not returned after .*, the limit for Stopping and OnStop: the process is ended/.test(text),
				),
				texts.join('\n'),
			);
		});
	});

	test('An exception on a socket callback or pool thread ends the process; it is reported and the instance starts again.', async () => {
		await run('dies in a callback', async ({ until, entries }) => {
			await until(entry => entry.event === 'call' && entry.call === 'OnStart' && entry.phase === 'begin', 2);
			const told = JSON.stringify(entries);
			assert.match(told, /in a callback/);
			assert.ok(
				told.includes(`Entry.cs:${lineWith('// callback')}`) || told.includes(`"line":${lineWith('// callback')}`),
			);
			assert.ok(entries.some(entry => entry.event === 'process' && entry.phase === 'ended' && entry.exitCode === 4));
		});
	});

	test('Reading a setting that the definition lacks throws RoleEnvironmentException at once, as in Azure.', async () => {
		await run('reads what the definition lacks', async ({ until }) => {
			const failure = await until(entry => entry.event === 'call' && entry.error !== undefined);
			assert.ok(failure.event === 'call');
			assert.equal(failure.error?.type, 'Microsoft.WindowsAzure.ServiceRuntime.RoleEnvironmentException');
			assert.equal(failure.error?.line, lineWith('// lacking'));
		});
	});

	test('`%RoleRoot%\\approot\\...` is used to find files (give the role `RoleRoot` with the right separator for its run-time).', async () => {
		await run('finds files by RoleRoot', async ({ until }) => {
			const found = await until(entry => entry.event === 'output' && entry.text.startsWith('tool: '));
			assert.equal(found.event === 'output' && found.text, 'tool: here');
		});
	});

	for (const [sentence, file, title] of elsewhere) {
		test(`${sentence} See ${file}.`, async () => {
			const tests = await readFile(path.join(import.meta.dirname, `${file}.test.ts`), 'utf8');
			assert.ok(tests.includes(title), `${file} has no test '${title}'`);
		});
	}
});

function cloudProject(name: string): string {
	return `<Project ToolsVersion="4.0" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <PropertyGroup><Name>${name}</Name></PropertyGroup>
  <ItemGroup>
    <ServiceDefinition Include="ServiceDefinition.csdef" />
    <ServiceConfiguration Include="ServiceConfiguration.Local.cscfg" />
    <ProjectReference Include="the role.code\\Thing.csproj"><Name>Order.Worker</Name><RoleType>Worker</RoleType><RoleName>Order.Worker</RoleName></ProjectReference>
    <ProjectReference Include="Gone\\Gone.csproj"><Name>Gone</Name><RoleType>Worker</RoleType><RoleName>Gone</RoleName></ProjectReference>
  </ItemGroup>
</Project>`;
}

function lineWith(text: string): number {
	return role.split('\n').findIndex(line => line.includes(text)) + 1;
}
