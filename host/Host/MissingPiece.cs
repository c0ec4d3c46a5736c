using System;
using System.Collections.Concurrent;
using System.IO;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Rolewright.Host;

/// <summary>
/// Explains an exception that comes from a piece of .NET Framework, or of the role itself, which is not there: what is
/// missing, what asked for it, and what to do.
/// </summary>
internal static class MissingPiece
{
	private static readonly string[] FrameworkAssemblies = ["'System.Web,", "'mscorlib,", "'System,", "'System.Core,", "'System.Data,", "'System.Configuration,"];
	private static readonly string[] FrameworkTokens = ["b77a5c561934e089", "b03f5f7f11d50a3a", "31bf3856ad364e35"];

	/// <summary>So Mono says that a type has a field, or a method an argument, of a type whose assembly is not there.</summary>
	private static readonly Regex NotLoaded = new(@"file or assembly '([^']+, Version=[^']+)'");
	private static readonly ConcurrentDictionary<string, string> Askers = new(StringComparer.OrdinalIgnoreCase);

	/// <summary>Remembers which assembly asked for one that was not found; the exception does not say it.</summary>
	internal static void Watch()
	{
		AppDomain.CurrentDomain.AssemblyResolve += (_, arguments) =>
		{
			if (arguments.RequestingAssembly?.GetName().Name is { } asker)
			{
				Askers[new AssemblyName(arguments.Name).Name!] = asker;
			}

			return null;
		};
	}

	/// <returns>One or two sentences, or null where the exception is of another kind.</returns>
	internal static string? Explain(Exception exception)
	{
		for (var link = exception; link != null; link = link.InnerException)
		{
			var explanation = link switch
			{
				FileNotFoundException { FileName: { } name } when IsAssemblyName(name) => ExplainAssembly(new AssemblyName(name)),
				TypeLoadException type => ExplainType(type),
				PlatformNotSupportedException when link.Message.IndexOf("COM", StringComparison.Ordinal) >= 0 => $"COM, and with it the administration of IIS, exists only on Windows. Run the role there, or do without it where it is not.",
				FileNotFoundException or DirectoryNotFoundException when WindowsPaths.IsIn(link.Message) => WindowsPaths.Explanation,
				PlatformNotSupportedException => $"This part of .NET Framework does not exist on {Runtime}. {HostRuntime.WayOut(null, null)}",
				_ => null,
			};
			if (explanation != null)
			{
				return explanation;
			}
		}

		return null;
	}

	private static string Runtime => HostRuntime.Name;

	private static bool IsAssemblyName(string name)
	{
		return name.IndexOf(", Version=", StringComparison.Ordinal) >= 0;
	}

	private static string ExplainAssembly(AssemblyName missing)
	{
		var name = missing.Name!;
		var asker = Askers.TryGetValue(name, out var known) ? $" (asked for by {known})" : string.Empty;
		if (name == "System.Runtime" && missing.Version is { } version)
		{
			return $"The role was built for .NET {version.Major}.{version.Minor} and runs on {Runtime}: install the .NET {version.Major} runtime, or build the role for an older one.";
		}

		if (FrameworkParts.Find(name) is { } part)
		{
			return $"{name}{asker} is {part.What}, which {Runtime} does not have. {HostRuntime.WayOut(part, name)}";
		}

		if (HostRuntime.IsMono && name.StartsWith("System.", StringComparison.Ordinal) && IsOfFramework(missing))
		{
			return $"{name}{asker} is a library of .NET Framework, which {Runtime} does not have here. {HostRuntime.WayOut(null, name)}";
		}

		return $"{name} {missing.Version}{asker} is not in the role's folder and not part of {Runtime}: add its package to the role's project, or set 'Copy Local' on the reference, and build again.";
	}

	private static bool IsOfFramework(AssemblyName name)
	{
		var token = BitConverter.ToString(name.GetPublicKeyToken() ?? []).Replace("-", string.Empty);
		return Array.Exists(FrameworkTokens, each => each.Equals(token, StringComparison.OrdinalIgnoreCase));
	}

	/// <summary>Types of .NET Framework whose assembly exists here, but without them.</summary>
	private static string? ExplainType(TypeLoadException exception)
	{
		var text = exception.Message;
		if (NotLoaded.Match(text) is { Success: true } missing)
		{
			return ExplainAssembly(new AssemblyName(missing.Groups[1].Value));
		}

		foreach (var assembly in FrameworkAssemblies)
		{
			if (text.IndexOf(assembly, StringComparison.Ordinal) >= 0)
			{
				return $"The type {exception.TypeName} is part of .NET Framework, and {Runtime} does not have it. {HostRuntime.WayOut(null, null)}";
			}
		}

		return null;
	}
}
