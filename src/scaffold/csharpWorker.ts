import { dotnetProject, type Framework, identifier } from './dotnetProject';
import { type RoleTemplate, workerElement } from './roleTemplate';

export function csharpWorker(name: string, framework: Framework): RoleTemplate {
	const project = `${name}.csproj`;
	return {
		files: [
			{ path: project, text: dotnetProject(name, framework) },
			{ path: 'WorkerRole.cs', text: workerText(name) },
		],
		role: workerElement(name),
		project,
	};
}

/** In the language of both frameworks, hence without what C# 8 and later brought. */
function workerText(name: string): string {
	return `using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace ${identifier(name)}
{
    public class WorkerRole : RoleEntryPoint
    {
        private readonly CancellationTokenSource stopping = new CancellationTokenSource();
        private readonly ManualResetEvent runEnded = new ManualResetEvent(false);

        // The instance is Busy until this returns; false ends it.
        public override bool OnStart()
        {
            Trace.TraceInformation("${name} is starting");
            return base.OnStart();
        }

        // The work of the role. When this returns, the instance is recycled.
        public override void Run()
        {
            Trace.TraceInformation("${name} is running");
            try
            {
                RunAsync(stopping.Token).Wait();
            }
            finally
            {
                runEnded.Set();
            }
        }

        // Five minutes are left when this is called.
        public override void OnStop()
        {
            Trace.TraceInformation("${name} is stopping");
            stopping.Cancel();
            runEnded.WaitOne();
            base.OnStop();
        }

        private async Task RunAsync(CancellationToken cancellation)
        {
            while (!cancellation.IsCancellationRequested)
            {
                Trace.TraceInformation("Working");
                await Task.Delay(1000);
            }
        }
    }
}
`;
}
