import { dotnetProject, type Framework, identifier } from './dotnetProject';
import { type RoleTemplate, workerElement } from './roleTemplate';

export function fsharpWorker(name: string, framework: Framework): RoleTemplate {
	const project = `${name}.fsproj`;
	return {
		files: [
			{ path: project, text: dotnetProject(name, framework, ['<Compile Include="WorkerRole.fs" />']) },
			{ path: 'WorkerRole.fs', text: workerText(name) },
		],
		role: workerElement(name),
		project,
	};
}

function workerText(name: string): string {
	return `namespace ${identifier(name)}

open System.Diagnostics
open System.Threading
open Microsoft.WindowsAzure.ServiceRuntime

type WorkerRole() =
    inherit RoleEntryPoint()

    let stopping = new ManualResetEvent(false)
    let runEnded = new ManualResetEvent(false)

    // The instance is Busy until this returns; false ends it.
    override this.OnStart() =
        Trace.TraceInformation("${name} is starting")
        base.OnStart()

    // The work of the role. When this returns, the instance is recycled.
    override this.Run() =
        Trace.TraceInformation("${name} is running")
        try
            while not (stopping.WaitOne(1000)) do
                Trace.TraceInformation("Working")
        finally
            runEnded.Set() |> ignore

    // Five minutes are left when this is called.
    override this.OnStop() =
        Trace.TraceInformation("${name} is stopping")
        stopping.Set() |> ignore
        runEnded.WaitOne() |> ignore
        base.OnStop()
`;
}
