using System;
using System.Diagnostics;
using System.IO;
using System.Text;

namespace Rolewright.Host;

/// <summary>
/// Visual Studio wrote the symbols of old projects in a format that only Windows can read, and Mono's compiler in one of its
/// own: an exception then has neither file nor line, and the user should know why.
/// </summary>
internal static class UnreadSymbols
{
	private const string FormatOfWindows = "Microsoft C/C++ MSF 7.00";

	/// <returns>A sentence; null where no code of the exception has such symbols.</returns>
	internal static string? Explain(Exception exception)
	{
		foreach (var frame in new StackTrace(exception, false).GetFrames() ?? [])
		{
			var assembly = frame.GetMethod()?.Module.FullyQualifiedName;
			var symbols = Path.ChangeExtension(assembly, ".pdb");
			if (symbols != null && IsOfWindows(symbols))
			{
				return $"Its file and line are not known, because {Path.GetFileName(symbols)} is in the format of Windows: build with DebugType 'portable'.";
			}

			if (symbols != null && !HostRuntime.IsMono && !File.Exists(symbols) && File.Exists(assembly + ".mdb"))
			{
				return $"Its file and line are not known, because {Path.GetFileName(assembly)}.mdb is in a format that only Mono reads: build with DebugType 'portable'.";
			}
		}

		return null;
	}

	private static bool IsOfWindows(string symbols)
	{
		try
		{
			using (var file = File.OpenRead(symbols))
			{
				var begin = new byte[FormatOfWindows.Length];
				return file.Read(begin, 0, begin.Length) == begin.Length && Encoding.ASCII.GetString(begin) == FormatOfWindows;
			}
		}
		catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
		{
			return false;
		}
	}
}
