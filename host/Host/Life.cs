using System;
using System.IO;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace Rolewright.Host;

/// <summary>What this life is started with: the fields of the <c>life</c> message that a .NET host needs.</summary>
internal sealed record Life(
	string Approot,
	string Temp,
	string Assembly,
	bool EntryPointOptional,
	bool WaitForDebugger,
	EnvironmentSnapshot Environment)
{
	internal static Life Read(Json message)
	{
		var entry = message.GetProperty("entry");
		var folders = message.GetProperty("folders");
		var approot = Path.GetFullPath(folders.GetProperty("approot").GetString());
		return new Life(
			approot,
			folders.GetProperty("temp").GetString(),
			Path.GetFullPath(Path.Combine(approot, entry.GetProperty("assembly").GetString())),
			entry.TryGetProperty("entryPointOptional")?.IsTrue == true,
			message.TryGetProperty("waitForDebugger")?.IsTrue == true,
			EnvironmentReader.Read(message.GetProperty("environment")));
	}

	/// <summary>The folder of the role's code, which on Azure is the base directory: <c>approot</c>, or <c>bin</c> in it.</summary>
	internal string CodeFolder => Path.GetDirectoryName(Assembly)!;

	/// <summary>Whether the assembly lies where it must: a name in a file never leads out of the instance's own copy.</summary>
	internal bool IsInsideApproot =>
		Assembly.StartsWith(Approot + Path.DirectorySeparatorChar, Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
