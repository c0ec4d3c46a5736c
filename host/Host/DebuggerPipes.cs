using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace Rolewright.Host;

/// <summary>
/// The pipes for debuggers, which the runtime has made in the temporary folder that it found at its start. When a debugger
/// has left, the runtime makes them anew in what is the temporary folder by then: the instance's, where no debugger looks.
/// A link leads the next one there.
/// </summary>
internal sealed class DebuggerPipes
{
	private readonly string[] names;
	private readonly string folder;
	private readonly HashSet<string> links = new();

	private DebuggerPipes(string folder, string[] names)
	{
		this.folder = folder;
		this.names = names;
		AppDomain.CurrentDomain.ProcessExit += (_, _) => RemoveLinks();
	}

	/// <summary>Called while the temporary folder is still the first one; null where the runtime has no such files.</summary>
	internal static DebuggerPipes? Find()
	{
		if (!HostRuntime.DebuggersAttachById || RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
		{
			return null;
		}

		try
		{
			var folder = Path.GetTempPath();
			var pipes = Directory.GetFiles(folder, $"clr-debug-pipe-{HostRuntime.ProcessId}-*");
			return new DebuggerPipes(folder, pipes.Select(Path.GetFileName).ToArray()!);
		}
		catch (Exception e) when (e is IOException or UnauthorizedAccessException)
		{
			return null;
		}
	}

	/// <summary>Leads to where they are now; to be called while no debugger is attached.</summary>
	internal void Lead()
	{
		foreach (var name in names)
		{
			var door = Path.Combine(folder, name);
			var now = Path.Combine(Path.GetTempPath(), name);
			if (!File.Exists(door) && File.Exists(now) && Symlink(now, door) == 0)
			{
				links.Add(door);
			}
		}
	}

	private void RemoveLinks()
	{
		foreach (var link in links)
		{
			try
			{
				File.Delete(link);
			}
			catch (Exception e) when (e is IOException or UnauthorizedAccessException)
			{
				// It leads nowhere from now on.
			}
		}
	}

	[DllImport("libc", EntryPoint = "symlink")]
	private static extern int Symlink(string target, string link);
}
