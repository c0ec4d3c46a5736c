using System;
using System.Configuration;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Rolewright.Host;

/// <summary>
/// On Mono the first use of <c>HttpRuntime</c> makes the whole domain read a <c>web.config</c>, and the <c>app.config</c> of a
/// role is gone from then on. .NET Framework does that in IIS only, so here the file of the role is put back.
/// </summary>
internal static class MonoWeb
{
	internal static void KeepConfiguration()
	{
		var system = typeof(ConfigurationManager).GetField("configSystem", BindingFlags.NonPublic | BindingFlags.Static);
		if (!HostRuntime.IsMono || system == null)
		{
			return;
		}

		AppDomain.CurrentDomain.AssemblyLoad += (_, arguments) =>
		{
			var runtime = arguments.LoadedAssembly.GetName().Name == "System.Web" ? arguments.LoadedAssembly.GetType("System.Web.HttpRuntime") : null;
			if (runtime != null)
			{
				var own = system.GetValue(null);
				RuntimeHelpers.RunClassConstructor(runtime.TypeHandle);
				system.SetValue(null, own);
			}
		};
	}
}
