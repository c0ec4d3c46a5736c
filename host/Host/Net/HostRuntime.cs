using System;
using System.Configuration;
using System.Diagnostics;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace Rolewright.Host;

/// <summary>What the host does its own way on .NET; <c>Framework/HostRuntime.cs</c> is the other way.</summary>
internal static class HostRuntime
{
	internal static bool IsMono => false;

	/// <summary>As a user knows it: <c>.NET 8.0.10</c>.</summary>
	internal static string Name => RuntimeInformation.FrameworkDescription;

	internal static int ProcessId => Environment.ProcessId;

	internal static bool DebuggersAttachById => true;

	/// <summary>What an assembly must be made for, as a user reads it.</summary>
	internal const string LoadsFor = "a 64-bit .NET";

	/// <summary>What helps where .NET lacks a part of .NET Framework.</summary>
	/// <param name="part">What the table says of it, or null where it says nothing.</param>
	/// <param name="assembly">The simple name of the assembly that was not found, or null.</param>
	internal static string WayOut(FrameworkPart? part, string? assembly)
	{
		return (part?.Cure ?? "mono") switch
		{
			"package" when assembly != null => $"Add the NuGet package {assembly} to the role's project.",
			"windows" => "Run the role on .NET Framework on Windows, or replace what needs it.",
			_ when OperatingSystem.IsWindows() => "Run the role on .NET Framework ('runtime': 'framework' in rolewright.json), or replace what needs it.",
			_ => $"Install Mono (the package {part?.Mono ?? "mono-complete"} on Debian and Ubuntu), and the role runs on it; or replace what needs it.",
		};
	}

	/// <summary>Has to come before anything of the role is loaded: whoever reads configuration first fixes the path of the file.</summary>
	internal static void Surround(Life life)
	{
		Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
		var configuration = life.Assembly + ".config";
		if (File.Exists(configuration))
		{
			UseOwnMachineConfiguration();
			UseConfigurationFile(configuration);
		}

		AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", life.CodeFolder + Path.DirectorySeparatorChar);
	}

	internal static Assembly Load(string path)
	{
		return new RoleLoadContext(path).LoadFromAssemblyPath(path);
	}

	/// <summary>Called directly and not through reflection's wrapper, so that a debugger stops at the user's line.</summary>
	internal static RoleEntryPoint Construct(Type type)
	{
		const BindingFlags Constructor =
			BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DoNotWrapExceptions;
		return (RoleEntryPoint)Activator.CreateInstance(type, Constructor, null, null, null)!;
	}

	/// <summary>
	/// <c>Config/machine.config</c> in the base directory counts for the whole process, and asking for its path fixes it: so it is
	/// asked while the base directory is still that of the host.
	/// </summary>
	private static void UseOwnMachineConfiguration()
	{
		_ = new ConfigurationFileMap().MachineConfigFilename;
	}

	/// <summary>Trace settings are only read where there are any, because reading them costs a third of the start.</summary>
	private static void UseConfigurationFile(string file)
	{
		AppContext.SetData("APP_CONFIG_FILE", file);
		if (File.ReadAllText(file).Contains("<system.diagnostics", StringComparison.Ordinal))
		{
			TraceConfiguration.Register();
		}
	}
}
