import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RoleEntry, RoleLife } from '../../src/lifecycle/roleHost';
import { type BuildResult, buildProject } from '../../src/node/dotnet/build';
import { assemblyUses } from '../../src/node/dotnet/metadata';
import { preflight } from '../../src/node/dotnet/preflight';
import { findDotnet } from '../../src/node/dotnet/program';
import { referenceAssemblies } from '../../src/node/dotnet/references';
import { outputOf } from '../../src/node/hosts/programOutput';
import { files, openWorkshop, startLife, type Workshop, withoutSdk, words } from './dotnetRole';

/** Blanks, brackets and dots are usual in the names of folders. */
const place = 'old code (2) [x].v1';

/** A role of a few lines, in the languages that people wrote roles in. */
const role = (body: string): string => `using System; using System.Diagnostics;
public class Role : Microsoft.WindowsAzure.ServiceRuntime.RoleEntryPoint
{
	public override bool OnStart() { ${body} return true; }
}`;
const vbRole = `Public Class Role
	Inherits Microsoft.WindowsAzure.ServiceRuntime.RoleEntryPoint
	Public Overrides Function OnStart() As Boolean
		System.Diagnostics.Trace.TraceInformation("VB: " & CStr(Microsoft.VisualBasic.Strings.Len("four")))
		Return True
	End Function
End Class`;
const fsRole = `namespace FsRole
type Role() =
    inherit Microsoft.WindowsAzure.ServiceRuntime.RoleEntryPoint()
    override _.OnStart() =
        System.Diagnostics.Trace.TraceInformation(sprintf "F#: %A" [ 1; 2 ])
        true`;

const runtime =
	'Microsoft.WindowsAzure.ServiceRuntime, Version=2.7.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35';

/** As NuGet writes it into a project. */
function packageImport(folder: string, file: string): string {
	const place = `..\\packages\\${folder}\\build\\${file}`;
	return `<Import Project="${place}" Condition="Exists('${place}')" />`;
}

interface Classic {
	readonly version?: string;
	/** Before everything else of the project. */
	readonly before?: string;
	readonly properties?: string;
	readonly items?: string;
	readonly after?: string;
	readonly output?: string;
	readonly language?: 'CSharp' | 'VisualBasic';
	readonly compile?: string;
}

/** A project file as Visual Studio wrote it before the SDK. */
function classic(name: string, options: Classic = {}): string {
	const { version = 'v4.5', properties = '', items = '', before = '', after = '', language = 'CSharp' } = options;
	return `<?xml version="1.0" encoding="utf-8"?>
<Project ToolsVersion="4.0" DefaultTargets="Build" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  ${before}
  <PropertyGroup>
    <Configuration Condition=" '$(Configuration)' == '' ">Debug</Configuration>
    <Platform Condition=" '$(Platform)' == '' ">AnyCPU</Platform>
    <OutputType>Library</OutputType>
    <AssemblyName>${name}</AssemblyName>
    <RootNamespace>${name}</RootNamespace>
    <TargetFrameworkVersion>${version}</TargetFrameworkVersion>
    <DefineConstants>TRACE</DefineConstants>
    ${properties}
  </PropertyGroup>
  <PropertyGroup Condition=" '$(Configuration)|$(Platform)' == 'Debug|AnyCPU' ">
    <OutputPath>${options.output ?? 'bin\\Debug\\'}</OutputPath>
  </PropertyGroup>
  <ItemGroup>
    <Reference Include="${runtime}" />
    <Reference Include="System" />
    <Compile Include="${options.compile ?? (language === 'CSharp' ? 'Role.cs' : 'Role.vb')}" />
    ${items}
  </ItemGroup>
  <Import Project="$(MSBuildBinPath)\\Microsoft.${language}.targets" />
  ${after}
</Project>`;
}

function sdkStyle(framework: string, items = ''): string {
	return `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>${framework}</TargetFramework></PropertyGroup>
  <ItemGroup><Reference Include="${runtime}" />${items}</ItemGroup>
</Project>`;
}

interface Kind {
	/** Files by their path; the first is the role's project. */
	readonly files: Readonly<Record<string, string | Buffer>>;
	/** Lines that the role traces. */
	readonly traced: readonly string[];
	readonly notes?: readonly string[];
	/** How the notes begin, where they go on with what is installed here. */
	readonly begins?: readonly string[];
}

const webImport = `<Import Project="$(MSBuildExtensionsPath32)\\Microsoft\\VisualStudio\\v10.0\\WebApplications\\Microsoft.WebApplication.targets" />`;
const toolsImport = `<Import Project="$(VSToolsPath)\\WebApplications\\Microsoft.WebApplication.targets" Condition="'$(VSToolsPath)' != ''" />
  <Import Project="$(MSBuildExtensionsPath32)\\Microsoft\\VisualStudio\\v10.0\\WebApplications\\Microsoft.WebApplication.targets" Condition="false" />`;
const site = 'public class Site : System.Web.HttpApplication { }';
const web = {
	output: 'bin\\',
	items: '<Reference Include="System.Web" /><Compile Include="Global.asax.cs" />',
} as const;
const usesAspNet = 'uses ASP.NET (System.Web.HttpApplication), which .NET does not have, so ';

const windowsOnly =
	process.platform === 'win32'
		? []
		: ['The build events of Events.csproj are commands for Windows and are not run here.'];

const kinds: Record<string, Kind> = {
	'a classic web project of 2010': {
		files: {
			'Web2010/Web2010.csproj': classic('Web2010', { ...web, version: 'v4.0', after: webImport }),
			'Web2010/Global.asax.cs': site,
			'Web2010/Role.cs': role('Trace.TraceInformation("the role of a web site");'),
		},
		traced: ['the role of a web site'],
		begins: [`Web2010 ${usesAspNet}`],
	},
	'a classic web project of 2012 and later': {
		files: {
			'Web2012/Web2012.csproj': classic('Web2012', { ...web, after: toolsImport }),
			'Web2012/Global.asax.cs': site,
			'Web2012/Role.cs': role('Trace.TraceInformation("the role of a web site");'),
		},
		traced: ['the role of a web site'],
		begins: [`Web2012 ${usesAspNet}`],
	},
	'a classic project in VB': {
		files: {
			'VbRole/VbRole.vbproj': classic('VbRole', { language: 'VisualBasic' }),
			'VbRole/Role.vb': vbRole,
		},
		traced: ['VB: 4'],
	},
	'an SDK-style project in VB': {
		files: { 'VbSdk/VbSdk.vbproj': sdkStyle('net8.0'), 'VbSdk/Role.vb': vbRole },
		traced: ['VB: 4'],
	},
	'a project in F#': {
		files: {
			'FsRole/FsRole.fsproj': sdkStyle('net8.0', '<Compile Include="Role.fs" />'),
			'FsRole/Role.fs': fsRole,
		},
		traced: ['F#: [1; 2]'],
	},
	'a classic project in F#, as Visual Studio 2013 wrote it': {
		files: {
			'ClassicFs/ClassicFs.fsproj': `<?xml version="1.0" encoding="utf-8"?>
<Project ToolsVersion="12.0" DefaultTargets="Build" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <PropertyGroup>
    <Configuration Condition=" '$(Configuration)' == '' ">Debug</Configuration>
    <OutputType>Library</OutputType>
    <AssemblyName>ClassicFs</AssemblyName>
    <DefineConstants>DEBUG;TRACE</DefineConstants>
    <TargetFrameworkVersion>v4.5</TargetFrameworkVersion>
    <OutputPath>bin\\Debug\\</OutputPath>
  </PropertyGroup>
  <Import Project="$(MSBuildExtensionsPath32)\\Microsoft\\VisualStudio\\v$(VisualStudioVersion)\\FSharp\\Microsoft.FSharp.Targets" Condition="Exists('$(MSBuildExtensionsPath32)\\Microsoft\\VisualStudio\\v$(VisualStudioVersion)\\FSharp\\Microsoft.FSharp.Targets')" />
  <ItemGroup>
    <Compile Include="Role.fs" />
    <Reference Include="mscorlib" /><Reference Include="System" />
    <Reference Include="FSharp.Core, Version=4.3.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a"><Private>True</Private></Reference>
    <Reference Include="${runtime}"><Private>False</Private></Reference>
  </ItemGroup>
</Project>`,
			'ClassicFs/Role.fs': fsRole,
		},
		traced: ['F#: [1; 2]'],
		notes: ['ClassicFs.fsproj is made for .NET Framework 4.5 and is compiled for 4.7.2 here.'],
	},
	'a strong-named role with a key of its own': {
		files: {
			'Signed/Signed.csproj': classic('Signed', {
				properties: '<SignAssembly>true</SignAssembly><AssemblyOriginatorKeyFile>own.snk</AssemblyOriginatorKeyFile>',
			}),
			'Signed/own.snk': strongNameKey(),
			'Signed/Role.cs': role(
				'Trace.TraceInformation(GetType().Assembly.GetName().GetPublicKeyToken().Length + " bytes");',
			),
		},
		traced: ['8 bytes'],
	},
	'build events, and sources by the folder of the solution': {
		files: {
			'Solution/Code/Events/Events.csproj': classic('Events', {
				properties: '<PostBuildEvent>xcopy /y "$(TargetPath)" "C:\\out\\"</PostBuildEvent>',
				items: '<Compile Include="$(SolutionDir)Shared\\Shared.cs" />',
			}),
			'Solution/Code/Events/Role.cs': role('Trace.TraceInformation(Shared.Text);'),
			'Solution/Shared/Shared.cs': 'public static class Shared { public const string Text = "shared"; }',
			'Solution/All.sln': '',
		},
		traced: ['shared'],
		notes: windowsOnly,
	},
	'packages restored by the build in the old way': {
		files: {
			'Restoring/Code/Restoring.csproj': classic('Restoring', {
				properties: '<RestorePackages>true</RestorePackages>',
				after: `<Import Project="$(SolutionDir)\\.nuget\\NuGet.targets" />
  <Target Name="EnsureBclBuildImported" BeforeTargets="BeforeBuild" Condition="'$(BclBuildImported)' == ''">
    <Error Text="The build restored NuGet packages. Build the project again." />
  </Target>`,
			}),
			'Restoring/.nuget/NuGet.targets': `<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <Target Name="RestorePackages" BeforeTargets="BeforeBuild" Condition="'$(RestorePackages)' == 'true'">
    <Exec Command="no-such-nuget.exe restore" />
  </Target>
</Project>`,
			'Restoring/Code/Role.cs': role('Trace.TraceInformation("built");'),
		},
		traced: ['built'],
	},
	'settings in a file beside app.config': {
		files: {
			'Source/Source.csproj': classic('Source', {
				items: `<Reference Include="System.Configuration" /><None Include="app.config" />
					<Content Include="settings.config"><CopyToOutputDirectory>Always</CopyToOutputDirectory></Content>`,
			}),
			'Source/app.config': '<configuration><appSettings configSource="settings.config" /></configuration>',
			'Source/settings.config': '<appSettings><add key="Color" value="green" /></appSettings>',
			'Source/Role.cs': role('Trace.TraceInformation(System.Configuration.ConfigurationManager.AppSettings["Color"]);'),
		},
		traced: ['green'],
	},
	'settings of .NET Framework that .NET does not know': {
		files: {
			'Sections/Sections.csproj': classic('Sections', {
				items: '<Reference Include="System.Configuration" /><None Include="app.config" />',
			}),
			'Sections/app.config': `<configuration>
				<configSections>
					<sectionGroup name="system.web.extensions" type="Some.Group, Gone"><section name="scripting" type="Some.Section, Gone" /></sectionGroup>
					<section name="own" type="System.Configuration.NameValueSectionHandler, System" />
				</configSections>
				<appSettings><add key="Color" value="green" /></appSettings>
				<own><add key="a" value="from a section of its own" /></own>
				<system.web><compilation debug="true" /></system.web>
				<system.webServer><modules runAllManagedModulesForAllRequests="true" /></system.webServer>
				<system.web.extensions><scripting /></system.web.extensions>
				<system.serviceModel><extensions><bindingExtensions /></extensions></system.serviceModel>
				<system.net><connectionManagement><add address="*" maxconnection="100" /></connectionManagement></system.net>
				<system.data><DbProviderFactories><clear /></DbProviderFactories></system.data>
				<system.transactions><defaultSettings timeout="00:10:00" /></system.transactions>
				<uri><idn enabled="All" /></uri>
				<system.diagnostics><trace autoflush="true" /></system.diagnostics>
				<startup><supportedRuntime version="v4.0" /></startup>
			</configuration>`,
			'Sections/Role.cs': role(`Trace.TraceInformation(System.Configuration.ConfigurationManager.AppSettings["Color"]);
				Trace.TraceInformation(((System.Collections.Specialized.NameValueCollection)System.Configuration.ConfigurationManager.GetSection("own"))["a"]);
				Trace.TraceInformation(AppDomain.CurrentDomain.BaseDirectory == System.IO.Path.GetDirectoryName(GetType().Assembly.Location) + "/" ? "in its folder" : "elsewhere");`),
		},
		traced: ['green', 'from a section of its own', 'in its folder'],
		notes: [
			'Sections.dll.config has settings of System.Net (system.net), which .NET does not read, so they count for nothing here: say them in code, as ServicePointManager does, where they matter.',
		],
	},
	'imports of packages that are not there, and its own check in another language': {
		files: {
			'Sln/Imports/Imports.csproj': classic('Imports', {
				after: `${packageImport('Some.Build.1.0.0', 'Some.Build.targets')}
  ${packageImport('Microsoft.Net.Compilers.1.0.0', 'Microsoft.Net.Compilers.props')}
  <Target Name="EnsureNuGetPackageBuildImports" BeforeTargets="PrepareForBuild">
    <Error Condition="!Exists('..\\packages\\Some.Build.1.0.0\\build\\Some.Build.targets')" Text="Pakete fehlen: http://go.microsoft.com/fwlink/?LinkID=322105. Die Datei ist Some.Build.targets." />
  </Target>`,
			}),
			'Sln/Imports/Role.cs': role('Trace.TraceInformation("built");'),
		},
		traced: ['built'],
		notes: [
			'Imports.csproj imports build files of Some.Build.1.0.0, which are not restored beside it: it is built here without what they do.',
		],
	},
	'the file of the old restore in other letters': {
		files: {
			'Letters/Code/Letters.csproj': classic('Letters', {
				items: '<Compile Include="$(SolutionDir)\\Shared\\Shared.cs" />',
				after: '<Import Project="$(SolutionDir)\\.nuget\\nuget.targets" />',
			}),
			'Letters/.nuget/NuGet.targets': '<Project><Target Name="Never"><Error Text="never" /></Target></Project>',
			'Letters/Shared/Shared.cs': 'public static class Shared { public const string Text = "shared"; }',
			'Letters/All.sln': '',
			'Letters/Code/Role.cs': role('Trace.TraceInformation(Shared.Text);'),
		},
		traced: ['shared'],
	},
	'files in other letters': {
		files: {
			'Spelled/Code/Spelled.csproj': classic('Spelled', {
				items: `<Compile Include="PARTS\\more (1).cs" /><ProjectReference Include="..\\library\\Library.csproj" />
					<EmbeddedResource Include="text.txt"><LogicalName>named</LogicalName></EmbeddedResource>`,
			}),
			'Spelled/Code/Parts/More (1).cs': 'public static class More { public const string Text = "more"; }',
			'Spelled/Code/Text.txt': 'text',
			'Spelled/Library/Library.csproj': classic('Library', { compile: 'LIBRARY.cs' }),
			'Spelled/Library/Library.cs': 'public static class Library { public const string Text = "library"; }',
			'Spelled/Code/Role.cs': role(
				'Trace.TraceInformation(More.Text + " " + Library.Text + " " + GetType().Assembly.GetManifestResourceNames()[0]);',
			),
		},
		traced: ['more library named'],
		notes:
			process.platform === 'linux'
				? [
						"Spelled.csproj names 'PARTS\\more (1).cs', and the disk has 'More (1).cs' and 3 more: both are taken for one file here, but other builds on this system fail until the project spells it as the disk does.",
					]
				: [],
	},
	'a compiler for Windows that a package brings': {
		files: {
			'Compilers/Role/Compilers.csproj': classic('Compilers', {
				before: `${packageImport('Microsoft.Net.Compilers.1.0.0', 'Microsoft.Net.Compilers.props')}
  ${packageImport('Microsoft.CodeDom.Providers.DotNetCompilerPlatform.1.0.0', 'Platform.props')}`,
			}),
			'Compilers/packages/Microsoft.Net.Compilers.1.0.0/build/Microsoft.Net.Compilers.props': `<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <UsingTask TaskName="Microsoft.CodeAnalysis.BuildTasks.Csc" AssemblyFile="$(MSBuildThisFileDirectory)for-windows.dll" />
</Project>`,
			'Compilers/packages/Microsoft.CodeDom.Providers.DotNetCompilerPlatform.1.0.0/build/Platform.props': `<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <Target Name="KillVBCSCompilerBeforeCopy" BeforeTargets="CopyRoslynCompilerFilesToOutputDirectory"><Error Text="for Windows" /></Target>
  <Target Name="CopyRoslynCompilerFilesToOutputDirectory" AfterTargets="CopyFilesToOutputDirectory"><Error Text="for Windows" /></Target>
</Project>`,
			'Compilers/Role/Role.cs': role('Trace.TraceInformation("built");'),
		},
		traced: ['built'],
	},
	'texts in a .resx file': {
		files: {
			'Resx/Resx.csproj': classic('Resx', { items: '<EmbeddedResource Include="Texts.resx" />' }),
			'Resx/Texts.resx': `<root><resheader name="resmimetype"><value>text/microsoft-resx</value></resheader>
				<resheader name="version"><value>2.0</value></resheader>
				<resheader name="reader"><value>System.Resources.ResXResourceReader, System.Windows.Forms</value></resheader>
				<resheader name="writer"><value>System.Resources.ResXResourceWriter, System.Windows.Forms</value></resheader>
				<data name="Hello" xml:space="preserve"><value>from a resource</value></data></root>`,
			'Resx/Role.cs': role(
				'Trace.TraceInformation(new System.Resources.ResourceManager("Resx.Texts", GetType().Assembly).GetString("Hello"));',
			),
		},
		traced: ['from a resource'],
	},
	'a client profile, and a library for a platform that only the solution maps': {
		files: {
			'Client/Client.csproj': classic('Client', {
				version: 'v4.0',
				properties: '<TargetFrameworkProfile>Client</TargetFrameworkProfile>',
				items: '<ProjectReference Include="..\\Library\\Library.csproj" />',
			}),
			'Client/Role.cs': role('Trace.TraceInformation(Library.Text);'),
			'Library/Library.csproj': classic('Library', { version: 'v4.0', compile: 'Library.cs' }).replace(
				'>AnyCPU<',
				'>x86<',
			),
			'Library/Library.cs': 'public static class Library { public const string Text = "from the library"; }',
		},
		traced: ['from the library'],
	},
	'an SDK-style project for .NET Framework 4.8': {
		files: {
			'Net48/Net48.csproj': sdkStyle('net48'),
			'Net48/Role.cs': role('Trace.TraceInformation("4.8");'),
		},
		traced: ['4.8'],
	},
	'the client part of .NET Framework 3.5': {
		files: {
			'Old/Old.csproj': classic('Old', {
				version: 'v3.5',
				properties: '<TargetFrameworkProfile>Client</TargetFrameworkProfile>',
			}),
			'Old/Role.cs': role('Trace.TraceInformation("old");'),
		},
		traced: ['old'],
		notes: ['Old.csproj is made for .NET Framework 3.5 and is compiled for 4.7.2 here.'],
	},
};

suite('kinds of C# projects', () => {
	let workshop: Workshop;

	suiteSetup(async function () {
		if (withoutSdk) {
			this.skip();
		}
		workshop = await openWorkshop();
		await workshop.built('NoEntryPoint');
	});

	suiteTeardown(() => workshop?.close());

	for (const [name, kind] of Object.entries(kinds)) {
		test(`${name} builds and runs`, async () => {
			const result = await built(kind.files);
			assert.ok(result.outcome === 'built', JSON.stringify(result, undefined, '\t'));
			const notes = result.notes.filter(isNotOfFeed);
			assert.deepEqual(
				notes
					.map((note, index) => kind.begins?.[index] ?? note)
					.filter((begin, index) => notes[index]?.startsWith(begin)),
				kind.begins ?? kind.notes ?? [],
			);
			const lines = await linesOf(result.assembly);
			assert.deepEqual(
				lines.filter(line => line.startsWith('information: ')).map(line => line.slice('information: '.length)),
				kind.traced,
				lines.join('\n'),
			);
			assert.equal(lines.at(-1), 'exited 0');
		});
	}

	test('a project for the newest .NET that is installed builds and runs there', async () => {
		const { stdout } = await outputOf(findDotnet() ?? 'dotnet', ['--version']);
		const major = Number.parseInt(stdout, 10);
		const result = await built({
			'Newest/Newest.csproj': sdkStyle(`net${major}.0`),
			'Newest/Role.cs': role('Trace.TraceInformation(Environment.Version.Major.ToString());'),
		});
		assert.ok(result.outcome === 'built', JSON.stringify(result));
		assert.ok((await linesOf(result.assembly)).includes(`information: ${major}`));
	});

	test('a web project without an entry point runs with the base class', async () => {
		const result = await built({
			'Plain/Plain.csproj': classic('Plain', { ...web, after: webImport, compile: 'Other.cs' }),
			'Plain/Global.asax.cs': site,
			'Plain/Other.cs': '',
		});
		assert.ok(result.outcome === 'built', JSON.stringify(result));
		const entry = { kind: 'assembly', assembly: 'Plain.dll', entryPointOptional: true } as const;
		assert.deepEqual((await linesOf(result.assembly, entry)).slice(0, 3), [
			'OnStart begins',
			'OnStart ends true',
			'Run begins',
		]);
	});

	test('a reference assembly that was copied beside the role is no assembly to load', async () => {
		const result = await built({
			'Wcf/Wcf.csproj': classic('Wcf', { items: '<Reference Include="System.ServiceModel" />' }),
			'Wcf/Role.cs': role('Open();').replace(
				/}$/,
				'static void Open() { new System.ServiceModel.ServiceHost(typeof(object)).Open(); } }',
			),
		});
		assert.ok(result.outcome === 'built', JSON.stringify(result));
		assert.match(result.notes.join('\n'), /^Wcf uses WCF \(System\.ServiceModel\), which \.NET does not have/m);
		const dotnet = findDotnet();
		assert.ok(dotnet);
		const references = await referenceAssemblies('v4.5', { dotnet, env: process.env, cache: cacheIn(workshop) });
		assert.ok(references.root !== undefined);
		const name = 'System.ServiceModel.dll';
		await copyFile(
			path.join(references.root, '.NETFramework/v4.5', name),
			path.join(path.dirname(result.assembly), name),
		);
		assert.match(
			(await linesOf(result.assembly)).find(line => line.startsWith('fault ')) ?? '',
			/System\.ServiceModel \(asked for by Wcf\) is WCF, which \.NET [\d.]+ does not have\. (Install Mono \(the package libmono-system-servicemodel-web4\.0-cil on Debian and Ubuntu\), and the role runs on it; or|Run the role on \.NET Framework .*,? or) replace what needs it\. \(Role\.cs:\d+\)$/,
		);
	});

	test('what will not work on .NET is said before the start, and explained where it is met', async () => {
		const result = await built({
			'Foreseen/Foreseen.csproj': classic('Foreseen', {
				items:
					'<Reference Include="System.Data" /><Reference Include="System.Messaging" /><Reference Include="System.Runtime.Caching" />',
			}),
			'Foreseen/Role.cs': role(
				'Activator.CreateInstance(Type.GetTypeFromProgID("Scripting.Dictionary", true));',
			).replace(
				/}$/,
				`static void Never() {
					AppDomain.CreateDomain("other");
					new System.Runtime.Serialization.Formatters.Binary.BinaryFormatter();
					Microsoft.Win32.Registry.LocalMachine.OpenSubKey("x");
					new System.Data.SqlClient.SqlConnection();
					new System.Messaging.Message();
					System.Runtime.Caching.MemoryCache.Default.Trim(1);
				} }`,
			),
		});
		assert.ok(result.outcome === 'built', JSON.stringify(result));
		const mono =
			"which .NET does not have, so that code fails here: leave 'runtime' out for the role in rolewright.json, and it runs on Mono.";
		const missing = await preflight({
			assembly: result.assembly,
			table: files.frameworkParts,
			mono: null,
			platform: 'linux',
		});
		const some = { command: 'mono', has: () => true };
		const { notes } = await preflight({
			assembly: result.assembly,
			table: files.frameworkParts,
			wish: 'dotnet',
			mono: some,
			platform: 'linux',
		});
		const windows =
			'which only Windows has, so that code fails here: run the role on Windows, or do without it where it is not there.';
		const add = (name: string): string =>
			`which .NET does not bring: add the NuGet package ${name} to the project, or that code fails.`;
		if (process.platform !== 'win32') {
			assert.deepEqual(notes, [
				`Foreseen uses message queuing of Windows (System.Messaging), ${windows}`,
				`Foreseen uses System.Runtime.Caching, ${add('System.Runtime.Caching')}`,
				`Foreseen uses binary serialization (System.Runtime.Serialization.Formatters.Binary.BinaryFormatter), ${mono}`,
				`Foreseen uses the registry of Windows (Microsoft.Win32.Registry, Microsoft.Win32.RegistryKey), ${windows}`,
				`Foreseen uses the client of SQL Server (System.Data.SqlClient.SqlConnection), ${add('System.Data.SqlClient')}`,
				`Foreseen uses another application domain (System.AppDomain.CreateDomain), ${mono}`,
			]);
			assert.match(
				missing.notes.find(note => note.includes('application domain')) ?? '',
				/so that code fails here: install the package mono-(runtime|complete), and the role runs on Mono\.$/,
			);
			const fault = (await linesOf(result.assembly)).find(line => line.startsWith('fault ')) ?? '';
			assert.match(fault, /COM, and with it the administration of IIS, exists only on Windows\. Run the role there/);
		}
		const bytes = await readFile(result.assembly);
		for (let length = 0; length < bytes.length; length += 7) {
			assemblyUses(bytes.subarray(0, length));
		}
	});

	test('what a library of somebody else cannot do without is said too, and is reason enough for Mono', async () => {
		const result = await built({
			'Bus/Bus.csproj': classic('Bus', { items: '<ProjectReference Include="..\\Made\\Made.csproj" />' }),
			'Bus/Role.cs': role('Made.Open();'),
			'Made/Made.csproj': classic('Made', {
				items: '<Reference Include="System.ServiceModel" /><Reference Include="System.Runtime.Caching" />',
				compile: 'Made.cs',
			}),
			'Made/Made.cs': `public static class Made { public static void Open() {
				new System.ServiceModel.ServiceHost(typeof(object)).Open(); System.Runtime.Caching.MemoryCache.Default.Trim(1); } }`,
		});
		assert.ok(result.outcome === 'built', JSON.stringify(result));
		// Who has no symbols of it has not made it.
		await rm(path.join(path.dirname(result.assembly), 'Made.pdb'));
		const asked = { assembly: result.assembly, table: files.frameworkParts, platform: 'linux' } as const;
		const wcf = 'A part of Made uses WCF (System.ServiceModel), which .NET does not have, so';
		const without = await preflight({ ...asked, mono: null });
		assert.equal(without.runtime.name, 'dotnet');
		assert.match(
			without.notes.join('\n'),
			/^A part of Made uses WCF [^\n]* so that code fails here: install [^\n]*\.$/,
		);
		assert.deepEqual(await preflight({ ...asked, mono: { command: 'mono', has: () => true } }), {
			runtime: { name: 'mono' },
			notes: [`${wcf} the role runs on Mono; 'runtime' in rolewright.json can say otherwise.`],
		});
		const other = await preflight({
			...asked,
			mono: { command: 'mono', has: name => name !== 'System.ServiceModel' },
		});
		assert.equal(other.runtime.name, 'dotnet');
	});

	test('a role in Visual Basic that needs Mono: Mono lacks its library, and that is said', async () => {
		const result = await built({
			'VbDomain/VbDomain.vbproj': classic('VbDomain', { language: 'VisualBasic' }),
			'VbDomain/Role.vb': vbRole.replace('Return True', 'System.AppDomain.CreateDomain("other")\n\t\tReturn True'),
		});
		assert.ok(result.outcome === 'built', JSON.stringify(result));
		const asked = { assembly: result.assembly, table: files.frameworkParts, platform: 'linux' } as const;
		const usual = { command: 'mono', has: (name: string) => name !== 'Microsoft.VisualBasic' };
		const lack =
			'VbDomain uses another application domain (System.AppDomain.CreateDomain), which .NET does not have, so ';
		for (const mono of [usual, null]) {
			assert.deepEqual(await preflight({ ...asked, mono }), {
				runtime: { name: 'dotnet' },
				notes: [
					`${lack}that code fails here, and on Mono the role misses Microsoft.VisualBasic: run the role on Windows, or do without it.`,
				],
			});
		}
		const { runtime } = await preflight({ ...asked, mono: { command: 'mono', has: () => true } });
		assert.equal(runtime.name, 'mono');
	});

	const failures: Record<string, { readonly files: Kind['files']; readonly text: RegExp }> = {
		'an error of its own, beside the check of its packages': {
			files: {
				'Sln/Own/Own.csproj': classic('Own', {
					after: `<Target Name="EnsureNuGetPackageBuildImports" BeforeTargets="PrepareForBuild">
    <Error Text="No, of its own." Code="OWN1" />
  </Target>`,
				}),
				'Sln/Own/Role.cs': role(''),
			},
			text: /^The build of Own\.csproj failed: Own\.csproj\(\d+,\d+\): OWN1: No, of its own\.$/,
		},
		'a package that no feed has': {
			files: {
				'Feed/Feed.csproj': classic('Feed', {
					items:
						'<Reference Include="Nobody.Has.This"><HintPath>..\\packages\\Nobody.Has.This.9.9.9\\lib\\Nobody.Has.This.dll</HintPath></Reference>',
				}),
				'Feed/packages.config': '<packages><package id="Nobody.Has.This" version="9.9.9" /></packages>',
				'Feed/Role.cs': role('Nobody.Has.This();'),
			},
			text: /^Feed\.csproj cannot be built here\. The package Nobody\.Has\.This 9\.9\.9 of packages\.config (is not in the configured package feeds: add a feed that has it to nuget\.config|could not be fetched \(.*\): connect to the network once), or put it into .*[\\/]packages, as 'nuget restore' does\. The build says: Role\.cs\(\d+,\d+\): CS0103: /,
		},
		'packages of an SDK-style project that no feed has': {
			files: {
				'Sdk/Sdk.csproj': sdkStyle('net8.0').replace(
					'</Project>',
					'<ItemGroup><PackageReference Include="Nobody.Has.This" Version="9.9.9" /><PackageReference Include="Nor.This" Version="1.0.0" /></ItemGroup></Project>',
				),
				'Sdk/Role.cs': role(''),
			},
			text: /^Sdk\.csproj cannot be built here\. (The packages Nobody\.Has\.This, Nor\.This are not in the configured package feeds: add a feed that has them to nuget\.config\.|A package feed does not answer \(.*\): connect to the network once\.) The build says: Sdk\.csproj: NU1\d+: /,
		},
		'a file of a tool that is not installed': {
			files: {
				'Tool/Tool.csproj': classic('Tool', { after: '<Import Project="$(SomeTool)\\Some.targets" />' }),
				'Tool/Role.cs': role(''),
			},
			text: /^Tool\.csproj cannot be built here\. It needs the file '\$\(SomeTool\).Some\.targets', which is not there: install or restore what brings it, or give its import the condition that it exists\.$/,
		},
		'a file of a tool that a library needs': {
			files: {
				'Uses/Uses.csproj': classic('Uses', { items: '<ProjectReference Include="..\\Used\\Used.csproj" />' }),
				'Uses/Role.cs': role(''),
				'Used/Used.csproj': classic('Used', { after: '<Import Project="$(SomeTool)\\Some.targets" />' }),
			},
			text: /^Uses\.csproj cannot be built here\. It needs the file '\$\(SomeTool\).Some\.targets', which is not there: .* that it exists\.$/,
		},
		'a library that is in no package and nowhere else': {
			files: {
				'Lost/Lost.csproj': classic('Lost', {
					items:
						'<Reference Include="Not.Lost" /><Reference Include="Lost.Library, Version=1.0.0.0"><HintPath>..\\lib\\Lost.Library.dll</HintPath></Reference>',
				}),
				'Lost/Role.cs': role('Lost.Library.Open();'),
			},
			text: /^Lost\.csproj cannot be built here\. Not\.Lost, Lost\.Library are not found: add the packages that hold them, or put the files where the hint paths of the references point\. The build says: Role\.cs\(\d+,\d+\): CS0103: /,
		},
		'a command of Windows in a target': {
			files: {
				'Command/Command.csproj': classic('Command', {
					after: '<Target Name="AfterBuild"><Exec Command="no-such-program-of-windows /y" /></Target>',
				}),
				'Command/Role.cs': role(''),
			},
			text: /MSB3073: .*The project runs a command of Windows while it is built: give that target the condition '\$\(OS\)' == 'Windows_NT'/,
		},
	};

	for (const [name, { files, text }] of Object.entries(failures)) {
		test(`${name}: one sentence`, async function () {
			if (process.platform === 'win32' && name.includes('Windows')) {
				this.skip();
			}
			const result = await built(files);
			assert.ok(result.outcome === 'failed', JSON.stringify(result));
			assert.match(result.text, text);
			assert.doesNotMatch(result.text, /\n/);
		});
	}

	async function built(sources: Kind['files']): Promise<BuildResult> {
		for (const [name, text] of Object.entries(sources)) {
			const file = path.join(workshop.folder, place, name);
			await mkdir(path.dirname(file), { recursive: true });
			await writeFile(file, text);
		}
		const project = path.join(workshop.folder, place, Object.keys(sources)[0] ?? '');
		return buildProject({ project, mode: 'auto', cache: cacheIn(workshop), files });
	}

	/** A whole life, stopped when it runs. */
	async function linesOf(assembly: string, entry?: RoleEntry): Promise<readonly string[]> {
		const usual = await workshop.lifeOf('NoEntryPoint', '');
		const life: RoleLife = {
			...usual,
			entry: entry ?? { kind: 'assembly', assembly: path.basename(assembly) },
			folders: { ...usual.folders, approot: path.dirname(assembly) },
		};
		const running = startLife({ channel: workshop.channel, files }, life);
		const last = await running.until(
			message => message.type === 'exited' || (message.type === 'call' && message.call === 'Run'),
		);
		if (last.type !== 'exited') {
			running.send({ type: 'stop', raiseStopping: false });
		}
		await running.ended();
		return words(running.heard);
	}
});

/** Whether the feed of this machine has all versions of the reference assemblies is no matter of these tests. */
function isNotOfFeed(note: string): boolean {
	return !note.startsWith('The reference assemblies of .NET Framework');
}

function cacheIn(workshop: Workshop): string {
	return path.join(workshop.folder, 'cache');
}

/** A new key as the file that `sn -k` writes: a private key of RSA in the form of the cryptography of Windows. */
function strongNameKey(): Buffer {
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
	const jwk = privateKey.export({ format: 'jwk' });
	const part = (value: string | undefined, length: number): Buffer => {
		const bytes = Buffer.from(value ?? '', 'base64url').reverse();
		return Buffer.concat([bytes, Buffer.alloc(length - bytes.length)]);
	};
	const header = Buffer.from([7, 2, 0, 0, 0, 0x24, 0, 0, ...Buffer.from('RSA2'), 0, 4, 0, 0]);
	const halves = [jwk.p, jwk.q, jwk.dp, jwk.dq, jwk.qi].map(each => part(each, 64));
	return Buffer.concat([header, part(jwk.e, 4), part(jwk.n, 128), ...halves, part(jwk.d, 128)]);
}
