import { escapeValue } from '../model/markup';
import type { NewFile } from './plan';

/** The project of a C# worker role, with paths relative to its folder. It builds with the targets that the runner injects. */
export function csharpFiles(name: string, framework: 'net8.0' | 'net48'): readonly NewFile[] {
	return [
		{ path: `${name}.csproj`, text: projectText(name, framework) },
		{ path: 'WorkerRole.cs', text: workerText(name) },
	];
}

function projectText(name: string, framework: string): string {
	return `<Project Sdk="Microsoft.NET.Sdk">

  <PropertyGroup>
    <TargetFramework>${framework}</TargetFramework>
    <OutputType>Library</OutputType>
    <AssemblyName>${escapeValue(name, '"')}</AssemblyName>
    <RootNamespace>${identifier(name)}</RootNamespace>
    <!-- A role is loaded into a host, so the packages it uses have to stand beside it. -->
    <EnableDynamicLoading>true</EnableDynamicLoading>
  </PropertyGroup>

  <ItemGroup>
    <Reference Include="Microsoft.WindowsAzure.ServiceRuntime" />
  </ItemGroup>

</Project>
`;
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

const keywords = new Set(
	`abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else
	enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long
	namespace new null object operator out override params private protected public readonly ref return sbyte sealed short
	sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual
	void volatile while`.split(/\s+/),
);

/** A namespace for any name of a role: its dots separate, what no identifier may hold becomes an underscore. */
function identifier(name: string): string {
	return name
		.split('.')
		.map(part => part.replace(/[^\p{L}\p{N}_]/gu, '_'))
		.map(part => (part === '' || /^\p{N}/u.test(part) || keywords.has(part) ? `_${part}` : part))
		.join('.');
}
