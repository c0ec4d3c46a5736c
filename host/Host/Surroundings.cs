using System;
using System.Diagnostics;
using System.IO;
using Microsoft.WindowsAzure.Diagnostics;

namespace Rolewright.Host;

/// <summary>
/// What role code finds around it, as on Azure: its folder as current and base directory, its configuration file, a
/// temporary folder of the instance, trace. All of it has to stand before anything of the role is loaded.
/// </summary>
internal static class Surroundings
{
	internal static void Prepare(Life life, Channel channel)
	{
		Directory.SetCurrentDirectory(life.CodeFolder);
		SetTemporaryFolder(life.Temp);
		HostRuntime.Surround(life);
		TraceJournal.Writer = (level, text) => channel.TrySend(Outgoing.Trace(level, text));
		TraceJournal.Notes = text => channel.TrySend(Outgoing.Note(text));
		Trace.Listeners.Add(new FallbackTraceListener());
	}

	/// <summary>
	/// Only now, and not in the environment that the process started with: the runtime puts the pipe for debuggers into the
	/// temporary folder that it finds at its start, and a debugger looks in its own.
	/// </summary>
	private static void SetTemporaryFolder(string folder)
	{
		foreach (var name in new[] { "TEMP", "TMP", "TMPDIR" })
		{
			Environment.SetEnvironmentVariable(name, folder);
		}
	}
}
