using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using Microsoft.WindowsAzure.Diagnostics;

namespace Rolewright.Host;

/// <summary>
/// What role code finds around it, as on Azure: its folder as current and base directory, its configuration file, a
/// temporary folder of the instance, code pages, trace. All of it has to stand before anything of the role is loaded.
/// </summary>
internal static class Surroundings
{
	internal static void Prepare(Life life, Channel channel)
	{
		Directory.SetCurrentDirectory(life.CodeFolder);
		AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", life.CodeFolder + Path.DirectorySeparatorChar);
		SetTemporaryFolder(life.Temp);
		Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
		UseConfigurationFile(life.Assembly + ".config");
		TraceJournal.Writer = (level, text) => channel.TrySend(Outgoing.Trace(level, text));
		Trace.Listeners.Add(new FallbackTraceListener());
	}

	/// <summary>
	/// Only now, and not in the environment that the process started with: the runtime puts the pipe for debuggers into the
	/// temporary folder that it finds at its start, and a debugger looks in its own.
	/// </summary>
	private static void SetTemporaryFolder(string folder)
	{
		foreach (var name in (ReadOnlySpan<string>)["TEMP", "TMP", "TMPDIR"])
		{
			Environment.SetEnvironmentVariable(name, folder);
		}
	}

	/// <summary>
	/// The path is fixed by the first one who reads configuration. Trace settings are only read where there are any, because
	/// reading them costs a third of the start.
	/// </summary>
	private static void UseConfigurationFile(string file)
	{
		if (!File.Exists(file))
		{
			return;
		}

		AppContext.SetData("APP_CONFIG_FILE", file);
		if (File.ReadAllText(file).Contains("<system.diagnostics", StringComparison.Ordinal))
		{
			TraceConfiguration.Register();
		}
	}
}
