using System;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace Rolewright.Host;

/// <summary>What the host does its own way on .NET Framework and Mono; <c>Net/HostRuntime.cs</c> is the other way.</summary>
internal static class HostRuntime
{
	internal static bool IsMono { get; } = Type.GetType("Mono.Runtime") != null;

	/// <summary>As a user knows it: <c>Mono 6.8.0.105</c>, without what Mono says of its build in brackets.</summary>
	internal static string Name { get; } = RuntimeInformation.FrameworkDescription.Split('(')[0].Trim();

	internal static int ProcessId
	{
		get
		{
			using (var process = Process.GetCurrentProcess())
			{
				return process.Id;
			}
		}
	}

	/// <summary>Mono has to be started for its debugger, and the debuggers of .NET Framework are not those of .NET.</summary>
	internal static bool DebuggersAttachById => false;

	/// <summary>What an assembly must be made for, as a user reads it.</summary>
	internal static string LoadsFor => IsMono ? "Mono" : "a 64-bit .NET Framework";

	/// <summary>What helps where this runtime lacks a part of .NET Framework.</summary>
	/// <param name="part">What the table says of it, or null where it says nothing.</param>
	/// <param name="assembly">The simple name of the assembly that was not found, or null.</param>
	internal static string WayOut(FrameworkPart? part, string? assembly)
	{
		if (!IsMono || part?.Cure == "windows")
		{
			return "Run the role on Windows, or replace what needs it.";
		}

		return assembly == null
			? "Run the role on Windows, or replace what needs it."
			: $"Install the library of Mono that holds it: the package {part?.Mono ?? "mono-complete"} on Debian and Ubuntu, the whole of Mono elsewhere.";
	}

	/// <summary>The domain of the role was made with its folder and its configuration file.</summary>
	internal static void Surround(Life life)
	{
	}

	internal static Assembly Load(string path)
	{
		return Assembly.LoadFrom(path);
	}

	internal static RoleEntryPoint Construct(Type type)
	{
		try
		{
			return (RoleEntryPoint)Activator.CreateInstance(type, true);
		}
		catch (TargetInvocationException e) when (e.InnerException != null)
		{
			System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e.InnerException).Throw();
			throw;
		}
	}
}
