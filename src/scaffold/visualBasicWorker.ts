import { dotnetProject, type Framework } from './dotnetProject';
import { type RoleTemplate, workerElement } from './roleTemplate';

export function visualBasicWorker(name: string, framework: Framework): RoleTemplate {
	const project = `${name}.vbproj`;
	return {
		files: [
			{ path: project, text: dotnetProject(name, framework) },
			{ path: 'WorkerRole.vb', text: workerText(name) },
		],
		role: workerElement(name),
		project,
	};
}

/** Its namespace is the root namespace of the project. */
function workerText(name: string): string {
	return `Imports System.Diagnostics
Imports System.Threading
Imports Microsoft.WindowsAzure.ServiceRuntime

Public Class WorkerRole
    Inherits RoleEntryPoint

    Private ReadOnly stopping As New ManualResetEvent(False)
    Private ReadOnly runEnded As New ManualResetEvent(False)

    ' The instance is Busy until this returns; False ends it.
    Public Overrides Function OnStart() As Boolean
        Trace.TraceInformation("${name} is starting")
        Return MyBase.OnStart()
    End Function

    ' The work of the role. When this returns, the instance is recycled.
    Public Overrides Sub Run()
        Trace.TraceInformation("${name} is running")
        Try
            While Not stopping.WaitOne(1000)
                Trace.TraceInformation("Working")
            End While
        Finally
            runEnded.Set()
        End Try
    End Sub

    ' Five minutes are left when this is called.
    Public Overrides Sub OnStop()
        Trace.TraceInformation("${name} is stopping")
        stopping.Set()
        runEnded.WaitOne()
        MyBase.OnStop()
    End Sub
End Class
`;
}
