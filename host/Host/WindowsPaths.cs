using System;
using System.IO;
using System.Linq;

namespace Rolewright.Host;

/// <summary>
/// Paths of Windows on other systems: a backslash is part of a name there, so <c>C:\temp\x</c> is one file in the current
/// folder, and <c>%RoleRoot%\approot\x</c> is nowhere.
/// </summary>
internal static class WindowsPaths
{
	internal const string Explanation =
		"The path is written with backslashes, which are part of a name on this system: build it with Path.Combine, a part at a time.";

	internal static bool IsIn(string text)
	{
		return Path.DirectorySeparatorChar != '\\' && text.IndexOf('\\') >= 0;
	}

	/// <summary>A sentence about the files that the role has made under such names in its folder; null where there are none.</summary>
	internal static string? Note(string folder)
	{
		if (Path.DirectorySeparatorChar == '\\')
		{
			return null;
		}

		var found = Directory.EnumerateFileSystemEntries(folder, "*\\*").Select(Path.GetFileName).OrderBy(name => name, StringComparer.Ordinal).ToList();
		return found.Count == 0
			? null
			: $"The role wrote {string.Join(" and ", found.Take(3).Select(name => $"'{name}'"))} into its own folder: a backslash is part of a name on this system. Build such paths with Path.Combine, and write into a local resource.";
	}
}
