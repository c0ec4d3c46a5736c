import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildProject } from '../../src/node/dotnet/build';
import { files, openWorkshop, startLife, type Workshop, withoutSdk } from './dotnetRole';

/** Roles that fail as their setting says, in the languages that are not C#; a comment marks the line that is named. */
const vb = `Imports System
Imports System.Threading.Tasks
Imports Microsoft.WindowsAzure.ServiceRuntime

Public Class Role
	Inherits RoleEntryPoint

	Public Overrides Function OnStart() As Boolean
		Select Case RoleEnvironment.GetConfigurationSettingValue("Behaviour")
			Case "call"
				Fail("in a call")
			Case "async"
				FailLater().Wait()
			Case "inner"
				Try
					Fail("the cause")
				Catch cause As Exception
					Throw New InvalidOperationException("the result", cause)
				End Try
			Case "initializer"
				Console.WriteLine(Broken.Value)
		End Select
		Return True
	End Function

	Private Shared Sub Fail(text As String)
		Throw New InvalidOperationException(text) ' the call
	End Sub

	Private Shared Async Function FailLater() As Task
		Await Task.Yield()
		Throw New InvalidOperationException("in a task") ' the task
	End Function
End Class

Public Class Broken
	Public Shared ReadOnly Value As Integer = Integer.Parse("no number") ' the initializer
End Class
`;

const fs = `namespace FsFailing

open System
open Microsoft.WindowsAzure.ServiceRuntime

type Broken() =
    static let value = Int32.Parse "no number" // the initializer
    static member Value = value

type Role() =
    inherit RoleEntryPoint()

    let fail text =
        raise (InvalidOperationException(text)) // the call

    let failLater = async {
        do! Async.Sleep 1
        raise (InvalidOperationException("in a task")) // the task
    }

    override _.OnStart() =
        match RoleEnvironment.GetConfigurationSettingValue "Behaviour" with
        | "call" -> fail "in a call"
        | "async" -> failLater |> Async.RunSynchronously
        | "inner" ->
            try
                fail "the cause"
            with cause ->
                raise (InvalidOperationException("the result", cause))
        | "initializer" -> printfn "%d" Broken.Value
        | _ -> ()
        true
`;

const project = (framework: string, items: string): string => `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>${framework}</TargetFramework></PropertyGroup>
  <ItemGroup><Reference Include="Microsoft.WindowsAzure.ServiceRuntime" />${items}</ItemGroup>
</Project>`;

interface Language {
	readonly project: string;
	readonly file: string;
	readonly text: string;
	readonly source: string;
}

const languages: Readonly<Record<string, Language>> = {
	'Visual Basic': {
		project: 'VbFailing/VbFailing.vbproj',
		file: 'Role.vb',
		text: project('net472', ''),
		source: vb,
	},
	'F#': {
		project: 'FsFailing/FsFailing.fsproj',
		file: 'Role.fs',
		text: project('net8.0', '<Compile Include="Role.fs" />'),
		source: fs,
	},
};

/** What is said, and the line that it names. */
const failures: readonly (readonly [behaviour: string, type: string, message: RegExp, line: string])[] = [
	['call', 'System.InvalidOperationException', /^in a call/, 'the call'],
	['async', 'System.InvalidOperationException', /in a task/, 'the task'],
	[
		'inner',
		'System.InvalidOperationException',
		/^the result \(caused by System\.InvalidOperationException: the cause\)$/,
		'the call',
	],
	['initializer', 'System.FormatException', /no number|correct format/, 'the initializer'],
];

for (const [name, language] of Object.entries(languages)) {
	suite(`failures inside role code in ${name}${withoutSdk ? ` (skipped: ${withoutSdk})` : ''}`, () => {
		let workshop: Workshop;
		let assembly: string;

		suiteSetup(async function () {
			this.timeout(300_000);
			if (withoutSdk) {
				this.skip();
			}
			workshop = await openWorkshop();
			const folder = path.join(workshop.folder, path.dirname(language.project));
			await mkdir(folder, { recursive: true });
			await writeFile(path.join(workshop.folder, language.project), language.text);
			await writeFile(path.join(folder, language.file), language.source);
			const result = await buildProject({
				project: path.join(workshop.folder, language.project),
				mode: 'always',
				cache: path.join(workshop.folder, 'cache'),
				files,
			});
			assert.ok(result.outcome === 'built', JSON.stringify(result));
			assembly = result.assembly;
			await workshop.built('NoEntryPoint');
		});

		suiteTeardown(() => workshop?.close());

		for (const [behaviour, type, message, line] of failures) {
			test(`${behaviour}: type, message, file and line`, async () => {
				const usual = await workshop.lifeOf('NoEntryPoint', behaviour);
				const life = startLife(
					{ channel: workshop.channel, files },
					{
						...usual,
						entry: { kind: 'assembly', assembly: path.basename(assembly) },
						folders: { ...usual.folders, approot: path.dirname(assembly) },
					},
				);
				const fault = await life.until(each => each.type === 'fault');
				await life.ended();
				assert.ok(fault.type === 'fault');
				const at = language.source.split('\n').findIndex(text => text.trimEnd().endsWith(line));
				const { file, line: found } = fault.error;
				assert.deepEqual([fault.error.type, path.basename(file ?? ''), found], [type, language.file, at + 1]);
				assert.match(fault.error.message, message);
			});
		}
	});
}
