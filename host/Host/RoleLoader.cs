using System;
using System.IO;
using System.Reflection;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace Rolewright.Host;

/// <summary>The role could not be loaded; the message is a sentence for the user.</summary>
internal sealed class LoadFailure(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>Loads the role's assembly and constructs its entry point.</summary>
internal static class RoleLoader
{
	/// <exception cref="LoadFailure">There is no assembly, no entry point, or this runtime cannot load it.</exception>
	internal static Type FindEntryPoint(Life life, Action<string> note)
	{
		var name = Path.GetFileName(life.Assembly);
		if (!life.IsInsideApproot)
		{
			throw new LoadFailure($"The role's assembly must lie in its own folder, and '{life.Assembly}' does not: name one of the build's output.");
		}

		if (!File.Exists(life.Assembly))
		{
			throw new LoadFailure($"The role's assembly {name} is not in {life.CodeFolder}: build the role's project, or name the assembly that it makes.");
		}

		var assembly = Load(life.Assembly, name);
		return EntryPoint.Find(assembly, note)
			?? (life.EntryPointOptional ? typeof(BaseEntryPoint) : throw new LoadFailure(NoEntryPoint(assembly, name)));
	}

	internal static RoleEntryPoint Construct(Type type)
	{
		const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
		return type.GetConstructor(Any, null, Type.EmptyTypes, null) == null
			? throw new LoadFailure($"The entry point {type.FullName} has no constructor without parameters: give it one.")
			: HostRuntime.Construct(type);
	}

	private static Assembly Load(string path, string name)
	{
		try
		{
			return HostRuntime.Load(path);
		}
		catch (BadImageFormatException e)
		{
			throw new LoadFailure($"{name} is not an assembly that {HostRuntime.LoadsFor} can load: build the role for Any CPU.", e);
		}
		catch (FileLoadException e)
		{
			throw new LoadFailure($"{name} could not be loaded: {e.Message}", e);
		}
	}

	private static string NoEntryPoint(Assembly assembly, string name)
	{
		try
		{
			_ = assembly.GetTypes();
		}
		catch (ReflectionTypeLoadException e)
		{
			foreach (var cause in e.LoaderExceptions)
			{
				if (cause != null && MissingPiece.Explain(cause) is { } explanation)
				{
					return $"{name} has no class deriving from RoleEntryPoint that could be loaded. {explanation}";
				}
			}
		}

		return $"{name} has no public class deriving from RoleEntryPoint: add one, or name the assembly that has it.";
	}

	/// <summary>What a web role without an entry point of its own does.</summary>
	private sealed class BaseEntryPoint : RoleEntryPoint;
}
