import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BuildResult, buildProject } from '../../src/node/dotnet/build';
import { dotnetFiles } from '../../src/node/dotnet/host';
import { findDotnet } from '../../src/node/dotnet/program';
import { build, copyFixture, files, fixtures, openWorkshop, says, type Workshop, withoutSdk } from './dotnetRole';

const stop = { type: 'stop', raiseStopping: true } as const;

suite('building C# roles', () => {
	let workshop: Workshop;

	suiteSetup(async function () {
		if (withoutSdk) {
			this.skip();
		}
		workshop = await openWorkshop();
	});

	suiteTeardown(() => workshop?.close());

	/** Builds, runs until it says `last`, stops; gives what was traced. */
	async function traceOf(role: string, behaviour: string, last: string): Promise<readonly string[]> {
		const life = await workshop.start(role, behaviour);
		await life.until(says(last));
		life.send(stop);
		return (await life.ended()).filter(line => /^(information|verbose|warning|error): /.test(line));
	}

	test('a classic v4.5 project as the template wrote it builds, runs and stops', async () => {
		assert.deepEqual(await traceOf('ClassicRole', '', 'information: Information: Working'), [
			'information: ClassicRole has been started',
			'information: ClassicRole is running',
			'information: Information: Working',
			'information: ClassicRole is stopping',
			'information: ClassicRole has stopped',
		]);
		await untouched('ClassicRole');
	});

	test('an SDK-style net472 project builds and runs, with its settings from both places', async () => {
		assert.deepEqual(await traceOf('Net472Role', '', 'Run begins'), [
			'information: Color: red',
			'information: Fallback: from appSettings',
			'information: Nothing: null',
			'information: appSettings: from appSettings',
		]);
		await untouched('Net472Role');
	});

	test('a missing part of .NET Framework is named, with what asked for it and a way out', async () => {
		const life = await workshop.start('Net472Role', 'wcf');
		const fault = await life.until(message => message.type === 'fault');
		assert.ok(fault.type === 'fault');
		assert.match(
			fault.error.message,
			/System\.ServiceModel \(asked for by Net472Role\) is WCF, which \.NET \d+\.\d+\.\d+ does not have\. (Install Mono \(the package [\w.-]+ on Debian and Ubuntu\), and the role runs on it;|Run the role on \.NET Framework)/,
		);
		assert.equal(path.basename(fault.error.file ?? ''), 'WorkerRole.cs');
		assert.deepEqual((await life.ended()).at(-1), 'exited 4');
	});

	test('a build server that ends whatever it is asked is done without', async function () {
		if (process.platform === 'win32') {
			this.skip();
		}
		const project = await copyFixture(workshop.folder, 'ClassicRole', 'Serverless/ClassicRole');
		const folder = path.dirname(path.dirname(project));
		const before = process.env.DOTNET_ROOT;
		const script = `#!/bin/sh
[ "$1 $MSBUILDUSESERVER" = 'build 1' ] && echo asked >> '${folder}/asked' && exit 1
${before === undefined ? 'unset DOTNET_ROOT' : `export DOTNET_ROOT='${before}'`}
exec '${findDotnet()}' "$@"\n`;
		await writeFile(path.join(folder, 'dotnet'), script, { mode: 0o755 });
		process.env.DOTNET_ROOT = folder;
		try {
			const result = await build(workshop.folder, project);
			assert.equal(result.outcome, 'built', JSON.stringify(result));
		} finally {
			delete process.env.DOTNET_ROOT;
			Object.assign(process.env, before === undefined ? {} : { DOTNET_ROOT: before });
		}
		assert.equal(await readFile(path.join(folder, 'asked'), 'utf8'), 'asked\n');
	});

	test('the packages of packages.config come without a packages folder', async () => {
		const project = await copyFixture(workshop.folder, 'ClassicRole', 'Packaged/ClassicRole');
		const hint = '..\\packages\\Newtonsoft.Json.13.0.3\\lib\\net45\\Newtonsoft.Json.dll';
		const reference = `<Reference Include="Newtonsoft.Json"><HintPath>${hint}</HintPath></Reference>`;
		const text = (await readFile(project, 'utf8')).replace('<Reference Include="System" />', `$&${reference}`);
		await writeFile(project, text);
		const list = '<packages><package id="Newtonsoft.Json" version="13.0.3" targetFramework="net45" /></packages>';
		await writeFile(path.join(path.dirname(project), 'packages.config'), list);
		const result = await build(workshop.folder, project);
		assert.ok(result.outcome === 'built', JSON.stringify(result));
		assert.deepEqual(
			(await readdir(path.dirname(result.assembly))).filter(name => name.endsWith('.dll')),
			['ClassicRole.dll', 'Newtonsoft.Json.dll'],
		);
		assert.deepEqual(await readdir(path.dirname(path.dirname(project))), ['ClassicRole']);
	});

	test('our assemblies do not come into the output', async () => {
		const role = await workshop.built('Net8Role');
		const output = await readdir(role.folder);
		assert.deepEqual(output.sort(), ['Net8Role.deps.json', 'Net8Role.dll', 'Net8Role.pdb']);
	});

	test('auto builds when a source is newer, new or gone; never builds nothing', async () => {
		const project = await copyFixture(workshop.folder, 'Net8Role');
		const source = path.join(path.dirname(project), 'WorkerRole.cs');
		const outcomes: string[] = [];
		const outcome = async (mode: 'auto' | 'always' | 'never'): Promise<void> => {
			const result = await build(workshop.folder, project, mode);
			outcomes.push(result.outcome === 'failed' ? result.text : result.outcome);
		};
		await outcome('auto');
		await outcome('auto');
		await utimes(source, new Date(), new Date(Date.now() + 2000));
		await outcome('never');
		await outcome('auto');
		await outcome('auto');
		await outcome('always');
		const more = path.join(path.dirname(project), 'More.cs');
		await writeFile(more, 'class More { }');
		await outcome('auto');
		await rm(more);
		await outcome('auto');
		await outcome('auto');
		assert.deepEqual(outcomes.slice(1), [
			'upToDate',
			'upToDate',
			'built',
			'upToDate',
			'built',
			'built',
			'built',
			'upToDate',
		]);
	});

	test('errors of the compiler are data with their places', async () => {
		const project = await brokenRole('int y = "a" + z;');
		const result = await failure(project);
		const file = path.join(path.dirname(project), 'Broken.cs');
		assert.deepEqual(result.errors, [
			{ code: 'CS0103', message: "The name 'z' does not exist in the current context", file, line: 1, column: 30 },
		]);
		assert.equal(
			result.text,
			"The build of Broken.csproj failed: Broken.cs(1,30): CS0103: The name 'z' does not exist in the current context",
		);
	});

	test('a project that is not there, or cannot be read, is one sentence', async () => {
		const nowhere = path.join(workshop.folder, 'Nowhere.csproj');
		assert.equal((await failure(nowhere)).text, `The project ${nowhere} does not exist: correct its path.`);
		const torn = await brokenRole('', '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup>');
		assert.match((await failure(torn)).text, /^Broken\.csproj could not be read by MSBuild: MSB4025: /);
	});

	test('without an SDK: one sentence', async () => {
		const project = await copyFixture(workshop.folder, 'Net8Role');
		const request = { project, mode: 'always', cache: path.join(workshop.folder, 'empty cache'), files } as const;
		const result = await buildProject({ ...request, dotnet: path.join(workshop.folder, 'no-dotnet') });
		assert.ok(result.outcome === 'failed');
		assert.match(result.text, /no-dotnet' could not be started/);
	});

	test('a copy of Rolewright without its C# half: one sentence', async () => {
		const project = await copyFixture(workshop.folder, 'Net8Role', 'without a host');
		const cache = path.join(workshop.folder, 'empty cache');
		const none = dotnetFiles(path.join(workshop.folder, 'no host'));
		const result = await buildProject({ project, mode: 'always', cache, files: none });
		assert.ok(result.outcome === 'failed');
		assert.match(result.text, /^This copy of Rolewright has no C# host \(.*\): run 'npm run build' where/);
	});

	test('a runtime without an SDK: one sentence', async function () {
		if (process.platform === 'win32') {
			this.skip();
		}
		const project = await copyFixture(workshop.folder, 'NoEntryPoint');
		const dotnet = path.join(workshop.folder, 'runtime-only');
		await writeFile(dotnet, '#!/bin/sh\necho "No .NET SDKs were found." >&2\nexit 145\n', { mode: 0o755 });
		const cache = path.join(workshop.folder, 'empty cache');
		const result = await buildProject({ project, mode: 'always', cache, files, dotnet });
		assert.ok(result.outcome === 'failed');
		assert.match(result.text, /^The \.NET SDK was not found, so C# roles cannot be built: install/);
	});

	test('a build can be ended', async () => {
		const project = await brokenRole('', plainProject);
		const ending = new AbortController();
		const result = await buildProject({
			project,
			mode: 'always',
			cache: path.join(workshop.folder, 'cache'),
			files,
			signal: ending.signal,
			began: () => ending.abort(),
		});
		assert.ok(result.outcome === 'failed');
		assert.equal(result.text, 'The build of Broken.csproj was ended before it was done.');
	});

	async function failure(project: string): Promise<BuildResult & { readonly outcome: 'failed' }> {
		const result = await build(workshop.folder, project, 'always');
		assert.ok(result.outcome === 'failed', JSON.stringify(result));
		return result;
	}

	let broken = 0;

	async function brokenRole(body: string, text = plainProject): Promise<string> {
		const folder = path.join(workshop.folder, 'broken', String(broken++));
		await mkdir(folder, { recursive: true });
		await writeFile(path.join(folder, 'Broken.cs'), `class Broken { ${body} }\n`);
		await writeFile(path.join(folder, 'Broken.csproj'), text);
		return path.join(folder, 'Broken.csproj');
	}

	/** Nothing but `bin` and `obj` may come into the user's tree, and no file of it may change. */
	async function untouched(role: string): Promise<void> {
		const copy = path.join(workshop.folder, 'sources', role);
		const names = (await readdir(copy)).filter(name => name !== 'bin' && name !== 'obj');
		assert.deepEqual(names.sort(), (await readdir(path.join(fixtures, role))).sort());
		for (const name of names.filter(name => path.extname(name))) {
			assert.equal(
				await readFile(path.join(copy, name), 'utf8'),
				await readFile(path.join(fixtures, role, name), 'utf8'),
			);
		}
	}
});

const plainProject = `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>
</Project>
`;
