using System;
using System.IO;
using System.Reflection;

namespace Rolewright.Host;

/// <summary>
/// The domain that a role runs in on .NET Framework and Mono. The folder of the role and its configuration file can be given
/// to a new domain only (running-dotnet-roles.md 2.4).
/// </summary>
internal static class RoleDomain
{
	/// <summary>Runs this program once more, in a domain for this assembly.</summary>
	/// <returns>The exit code.</returns>
	internal static int Execute(string roleAssembly)
	{
		var assembly = Path.GetFullPath(roleAssembly);
		var setup = new AppDomainSetup
		{
			ApplicationName = Path.GetFileNameWithoutExtension(assembly),
			ApplicationBase = Path.GetDirectoryName(assembly),
			ConfigurationFile = assembly + ".config",
		};
		return AppDomain.CreateDomain("role", null, setup).ExecuteAssembly(typeof(RoleDomain).Assembly.Location);
	}

	/// <summary>
	/// Our three assemblies answer for every version and token of their names. They lie beside this program; no other copy lies
	/// beside the role, because it is left out where the role's code is copied (running-dotnet-roles.md 3.3).
	/// </summary>
	internal static void AnswerForStandIns()
	{
		var own = Path.GetDirectoryName(typeof(RoleDomain).Assembly.Location);
		AppDomain.CurrentDomain.AssemblyResolve += (_, arguments) =>
		{
			var name = new AssemblyName(arguments.Name).Name;
			var isOurs = name.StartsWith("Microsoft.WindowsAzure.", StringComparison.OrdinalIgnoreCase);
			var file = Path.Combine(own, name + ".dll");
			return isOurs && File.Exists(file) ? Assembly.LoadFrom(file) : null;
		};
	}
}
