using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;

namespace Rolewright.Host;

/// <summary>The assemblies that the runtime and the host bring, by simple name.</summary>
internal static class FrameworkFiles
{
	private static readonly Dictionary<string, string> Paths = FindPaths();

	/// <summary>The version of the runtime's own assembly of this name, or null where it has none.</summary>
	internal static Version? VersionOf(string simpleName)
	{
		return Paths.TryGetValue(simpleName, out var path) ? AssemblyName.GetAssemblyName(path).Version : null;
	}

	private static Dictionary<string, string> FindPaths()
	{
		var paths = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
		var trusted = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? string.Empty;
		foreach (var path in trusted.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
		{
			paths.TryAdd(Path.GetFileNameWithoutExtension(path), path);
		}

		return paths;
	}
}
