import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';
import { findDotnet } from '../../src/node/dotnet/program';
import { outputOf } from '../../src/node/hosts/programOutput';
import { bundleCommandLine, type Call, call, leavesNothing, states } from './commandLine';
import { writeService } from './runFixture';

const namespace = 'http://schemas.microsoft.com/ServiceHosting/2008/10';

/** Web roles and the balancer, as the command line runs them. */
suite('rolewright run serves', () => {
	let product: Awaited<ReturnType<typeof bundleCommandLine>>;
	const folders: string[] = [];

	suiteSetup(async () => {
		product = await bundleCommandLine();
	});
	suiteTeardown(() => product.remove());
	teardown(() => {
		for (const folder of folders.splice(0)) {
			rmSync(folder, { recursive: true, force: true });
		}
	});

	function runs(folder: string, ...options: readonly string[]): Call {
		folders.push(folder);
		return call(product.cli, ['run', folder, '--format', 'jsonl', '--state', path.join(folder, '.state'), ...options]);
	}

	/** A service with one web role, its sites and files as given. */
	function webService(sites: string, files: Readonly<Record<string, string>>, role = '', settings = ''): string {
		const folder = mkdtempSync(path.join(tmpdir(), 'rolewright-web-'));
		const written = {
			'ServiceDefinition.csdef': `<ServiceDefinition name="Shop" xmlns="${namespace}/ServiceDefinition" schemaVersion="2015-04.2.6">
				<WebRole name="Front" vmsize="Small"><Sites>${sites}</Sites>${role}
				<Endpoints><InputEndpoint name="Http" protocol="http" port="18080" localPort="*" /></Endpoints></WebRole></ServiceDefinition>`,
			'ServiceConfiguration.Local.cscfg': `<ServiceConfiguration serviceName="Shop" xmlns="${namespace}/ServiceConfiguration" osFamily="7" schemaVersion="2015-04.2.6">
				<Role name="Front"><Instances count="1" />${settings}</Role></ServiceConfiguration>`,
			...files,
		};
		for (const [file, content] of Object.entries(written)) {
			mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
			writeFileSync(path.join(folder, file), content);
		}
		return folder;
	}

	const bindings = '<Bindings><Binding name="B" endpointName="Http" /></Bindings>';
	const publicPort = async (run: Call): Promise<number> => {
		const open = await run.entry(entry => entry.event === 'endpoint' && entry.balanced === true);
		return open.event === 'endpoint' ? open.port : 0;
	};
	const output = (run: Call, text: string) => run.entry(entry => entry.event === 'output' && entry.text === text);
	const ready = (run: Call, instance: string, times = 1) =>
		run.entry(
			entry =>
				entry.event === 'rotation' &&
				entry.instance === instance &&
				run.entries.filter(each => each.event === 'rotation' && each.rotation === 'in' && each.instance === instance)
					.length >= times,
		);

	function ask(port: number, url = '/', headers: Readonly<Record<string, string>> = {}): Promise<string> {
		return new Promise((resolve, reject) => {
			const asked = request({ host: '127.0.0.1', port, path: url, agent: false, headers }, answer => {
				text(answer).then(resolve, reject);
			});
			asked.once('error', reject);
			asked.end();
		});
	}

	const processes = (entries: readonly JournalEntry[], role: string) =>
		entries.flatMap(entry =>
			entry.event === 'process' && entry.role === role ? [`${entry.phase}${entry.text ? ` ${entry.text}` : ''}`] : [],
		);

	test('no connection is lost while instances recycle one after the other', async () => {
		const worker = `const http = require('http');
			let server;
			exports.onStart = role => new Promise(resolve => {
				const { address, port } = role.endpoints.Web;
				console.log('at ' + address + ':' + port);
				server = http.createServer((_, response) => response.end(role.instance.id)).listen(port, address, () => resolve(true));
			});
			exports.run = () => new Promise(() => {});
			exports.onStop = () => new Promise(resolve => server.close(resolve));`;
		const small = writeService({ worker, role: endpointRole });
		const run = runs(small.folder, '--count', 'Worker=3');
		const port = await publicPort(run);
		for (const index of [0, 1, 2]) {
			await ready(run, `Worker_IN_${index}`);
		}
		let going = true;
		const lost: string[] = [];
		const answers = new Map<string, number>();
		const client = async (): Promise<void> => {
			while (going) {
				const from = await ask(port).catch((error: Error) => `lost: ${error.message}`);
				if (from.startsWith('lost')) {
					lost.push(from);
				}
				answers.set(from, (answers.get(from) ?? 0) + 1);
			}
		};
		const clients = Array.from({ length: 8 }, client);
		for (const [turn, index] of [0, 1, 2, 0].entries()) {
			run.write(`recycle Worker_IN_${index}`);
			await ready(run, `Worker_IN_${index}`, turn === 3 ? 3 : 2);
		}
		going = false;
		await Promise.all(clients);
		run.write('quit');
		assert.equal(await run.ended, 0, run.output.stderr);
		assert.deepEqual(lost, []);
		assert.deepEqual([...answers.keys()].sort(), ['Worker_IN_0', 'Worker_IN_1', 'Worker_IN_2']);
		const seen = run.entries.flatMap(entry => (entry.event === 'output' ? [`${entry.instance} ${entry.text}`] : []));
		const told = run.entries.flatMap(entry =>
			entry.event === 'endpoint' && entry.phase === 'open' && entry.instance !== undefined
				? [`${entry.instance} at ${entry.address}:${entry.port}`]
				: [],
		);
		assert.deepEqual([...new Set(seen)].sort(), told.sort(), 'what the role sees and what the journal says');
		leavesNothing(run.entries);
	});

	test('a web role in Node without an entry point: its site, again after a recycle, from a copy of its folder', async () => {
		const server = `require('http').createServer((q, r) => r.end([process.env.RoleInstanceID, process.env.GREETING, q.url, __dirname].join(' '))).listen(process.env.PORT);`;
		const config =
			'<configuration><appSettings><add key="GREETING" value="hi" /></appSettings><system.webServer><handlers><add name="iisnode" path="server.js" modules="iisnode" /></handlers></system.webServer></configuration>';
		const folder = webService(
			`<Site name="Web" physicalDirectory="WebRole">
				<VirtualDirectory name="docs" physicalDirectory="Docs" />${bindings}</Site>
			<Site name="Admin" physicalDirectory="Admin"><Bindings><Binding name="B" endpointName="Http" hostHeader="admin.example" /></Bindings></Site>`,
			{
				'WebRole/server.js': server,
				'WebRole/web.config': config,
				'Docs/a.txt': 'document',
				'Admin/index.html': 'administration',
			},
		);
		const run = runs(folder);
		const port = await publicPort(run);
		await ready(run, 'Front_IN_0');
		const root = path.join('Front_IN_0', 'approot');
		assert.match(await ask(port, '/x'), new RegExp(`^Front_IN_0 hi /x .*${root.replaceAll('\\', '\\\\')}$`));
		assert.equal(await ask(port, '/docs/a.txt'), 'document');
		assert.equal(await ask(port, '/', { Host: 'admin.example' }), 'administration');
		run.write('recycle Front_IN_0');
		await ready(run, 'Front_IN_0', 2);
		assert.match(await ask(port, '/y'), /^Front_IN_0 hi \/y /);
		run.write('quit');
		assert.equal(await run.ended, 0, run.output.stderr);
		assert.deepEqual(processes(run.entries, 'site'), [
			'started Web: node server.js',
			'ended Web: node server.js',
			'started Web: node server.js',
			'ended Web: node server.js',
		]);
		const order = run.entries.flatMap(entry =>
			entry.event === 'call' && entry.call !== 'Run' && entry.phase === 'begin'
				? [entry.call]
				: entry.event === 'process' && entry.role === 'site'
					? [`site ${entry.phase}`]
					: [],
		);
		const life = ['OnStart', 'site started', 'site ended', 'Stopping', 'OnStop'];
		assert.deepEqual(order, [...life, ...life]);
		leavesNothing(run.entries);
	});

	test('a command of rolewright.json, and a site whose folder is gone is said', async () => {
		const folder = webService(
			`<Site name="Web" physicalDirectory="WebRole">${bindings}</Site>
			<Site name="Gone" physicalDirectory="Nowhere"><Bindings><Binding name="B" endpointName="Http" hostHeader="gone.example" /></Bindings></Site>`,
			{
				'WebRole/index.html': 'not this',
				'WebRole/own.js': `require('http').createServer((q, r) => r.end('own')).listen(process.env.PORT);`,
				'rolewright.json': '{ "roles": { "Front": { "site": { "Web": "node own.js" } } } }',
			},
		);
		const run = runs(folder);
		const port = await publicPort(run);
		await ready(run, 'Front_IN_0');
		assert.equal(await ask(port), 'own');
		run.write('quit');
		assert.equal(await run.ended, 0, run.output.stderr);
		assert.match(run.output.stderr, /The site 'Gone' is not served: its folder 'Nowhere' is not there/);
		leavesNothing(run.entries);
	});

	test('an ASP.NET Core project beside its entry point, also as an application below a path, with its role environment', async function () {
		if (findDotnet() === undefined) {
			this.skip();
		}
		const folder = webService(
			`<Site name="Web"><VirtualApplication name="again" physicalDirectory="Front" />${bindings}</Site>`,
			{
				'Front/Front.csproj': `<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>${await newestFramework()}</TargetFramework></PropertyGroup>
					<ItemGroup><Reference Include="Microsoft.WindowsAzure.ServiceRuntime, Version=2.7.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35" /></ItemGroup></Project>`,
				'Front/Program.cs': `using Microsoft.AspNetCore.Builder;
					using Microsoft.AspNetCore.Http;
					using Microsoft.WindowsAzure.ServiceRuntime;
					using System;
					string Greeting() => RoleEnvironment.GetConfigurationSettingValue("Greeting");
					if (RoleEnvironment.IsAvailable && Environment.GetEnvironmentVariable("ASPNETCORE_APPL_PATH") == null)
					{
						RoleEnvironment.Changing += (_, change) => { Console.WriteLine("changing from " + Greeting()); change.Cancel = Greeting() == "good day"; };
						RoleEnvironment.Changed += (_, _) => Console.WriteLine("changed to " + Greeting());
						RoleEnvironment.Stopping += (_, _) => Console.WriteLine("stopping");
					}
					var app = WebApplication.CreateBuilder(args).Build();
					app.UseStaticFiles();
					app.MapGet("/where", (HttpContext context) => $"{context.Request.PathBase}|{context.Request.Path}|{System.Environment.GetEnvironmentVariable("RoleInstanceID")}");
					app.MapGet("/role", () => $"{RoleEnvironment.CurrentRoleInstance.Id} {Greeting()} {System.IO.Directory.Exists(RoleEnvironment.GetLocalResource("Cache").RootPath)} [{Environment.GetEnvironmentVariable("DOTNET_STARTUP_HOOKS")}]");
					app.Run();`,
				'Front/wwwroot/hello.txt': 'hello',
			},
			'<ConfigurationSettings><Setting name="Greeting" /></ConfigurationSettings><LocalResources><LocalStorage name="Cache" sizeInMB="1" /></LocalResources>',
			'<ConfigurationSettings><Setting name="Greeting" value="hello" /></ConfigurationSettings>',
		);
		const run = runs(folder);
		const port = await publicPort(run);
		await ready(run, 'Front_IN_0');
		assert.equal(await ask(port, '/where'), '|/where|Front_IN_0');
		assert.equal(await ask(port, '/again/where'), '/again|/where|Front_IN_0');
		assert.equal(await ask(port, '/hello.txt'), 'hello');
		assert.equal(await ask(port, '/role'), 'Front_IN_0 hello True []');
		run.write('set Front Greeting good day');
		await output(run, 'changed to good day');
		assert.equal(await ask(port, '/role'), 'Front_IN_0 good day True []');
		run.write('set Front Greeting good night');
		await ready(run, 'Front_IN_0', 2);
		assert.equal(await ask(port, '/role'), 'Front_IN_0 good night True []');
		run.write('quit');
		assert.equal(await run.ended, 0, run.output.stderr);
		const said = run.entries.flatMap(entry =>
			entry.event === 'output' && /^(chang|stopp)/.test(entry.text) ? [entry.text] : [],
		);
		assert.deepEqual(said.slice(0, 5), [
			'changing from hello',
			'changed to good day',
			'changing from good day',
			'stopping',
			'stopping',
		]);
		const why = run.entries.flatMap(entry => (entry.event === 'rotation' ? [`${entry.rotation}: ${entry.why}`] : []));
		assert.deepEqual(why.slice(0, 2), [
			'in: Ready',
			'out: Changing cancelled (the role takes the new values by a restart)',
		]);
		assert.deepEqual([...new Set(processes(run.entries, 'site'))].sort(), [
			'ended Web/again: dotnet Front.dll',
			'ended Web: dotnet Front.dll',
			'started Web/again: dotnet Front.dll',
			'started Web: dotnet Front.dll',
		]);
		assert.deepEqual(states(run.entries, 'Front_IN_0').at(-1), 'StoppedVM');
		leavesNothing(run.entries);
	});
});

const endpointRole = `<Runtime><EntryPoint><ProgramEntryPoint commandLine="node worker.js" setReadyOnProcessStart="true" /></EntryPoint></Runtime>
	<ConfigurationSettings><Setting name="Greeting" /></ConfigurationSettings>
	<Endpoints><InputEndpoint name="Web" protocol="http" port="18081" localPort="*" /></Endpoints>`;

/** What the installed SDK builds for: another one needs packages that are not there. */
async function newestFramework(): Promise<string> {
	const { stdout } = await outputOf(findDotnet() ?? '', ['--version']);
	return `net${stdout.split('.')[0]}.0`;
}
