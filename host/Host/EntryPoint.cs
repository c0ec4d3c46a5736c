using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace Rolewright.Host;

/// <summary>Finds the class that derives from RoleEntryPoint.</summary>
internal static class EntryPoint
{
	/// <summary>
	/// The one public class of the assembly that derives from RoleEntryPoint and can be constructed; the first in the order of
	/// the assembly where there are several, and then the others are told to <paramref name="note"/>.
	/// </summary>
	/// <returns>Null where there is none.</returns>
	internal static Type? Find(Assembly assembly, Action<string> note)
	{
		var found = LoadableTypes(assembly).Where(IsEntryPoint).ToList();
		var candidates = found.Any(type => type.IsVisible) ? found.Where(type => type.IsVisible).ToList() : found;
		if (candidates.Count > 1)
		{
			note($"{assembly.GetName().Name} has several entry points: {string.Join(", ", candidates.Select(type => type.FullName))}. The first one is used.");
		}

		return candidates.FirstOrDefault();
	}

	private static bool IsEntryPoint(Type type)
	{
		return type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && typeof(RoleEntryPoint).IsAssignableFrom(type);
	}

	/// <summary>
	/// In most old roles some class has a base or a field of a type that this runtime does not have; the others are enough.
	/// </summary>
	private static IEnumerable<Type> LoadableTypes(Assembly assembly)
	{
		try
		{
			return assembly.GetTypes();
		}
		catch (ReflectionTypeLoadException e)
		{
			return e.Types.OfType<Type>();
		}
	}
}
