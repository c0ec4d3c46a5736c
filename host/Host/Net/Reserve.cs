using System;
using System.Collections.Generic;
using System.Configuration;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.WindowsAzure.Diagnostics;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace Rolewright.Host;

/// <summary>
/// A host in reserve has time: it does beforehand what every life will need (running-dotnet-roles.md 3.5), and nothing that
/// a role could notice. No configuration of the process is read, because whoever reads it first fixes its file; no trace
/// is touched, because its listeners come from there.
/// </summary>
internal static class Reserve
{
	/// <param name="isOver">True as soon as the life begins; then there is no time any more.</param>
	internal static void WarmUp(Func<bool> isOver)
	{
		foreach (var step in Steps())
		{
			if (isOver())
			{
				return;
			}

			step();
		}
	}

	private static IEnumerable<Action> Steps()
	{
		yield return ReadSomeLife;
		yield return ReadSomeConfiguration;
		yield return () => FrameworkFiles.VersionOf("System.Runtime");
		yield return () => EntryPoint.Find(typeof(Reserve).Assembly, _ => { });
		var assemblies = new[] { typeof(Reserve).Assembly, typeof(RoleEntryPoint).Assembly, typeof(TraceJournal).Assembly };
		foreach (var method in assemblies.SelectMany(assembly => assembly.GetTypes()).SelectMany(MethodsOf))
		{
			// Compiles what would be compiled at its first call, and calls nothing.
			yield return () => RuntimeHelpers.PrepareMethod(method.MethodHandle);
		}
	}

	private static IEnumerable<MethodBase> MethodsOf(Type type)
	{
		const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
		return type.ContainsGenericParameters
			? []
			: type.GetMembers(All).OfType<MethodBase>().Where(method =>
				method is { IsAbstract: false, ContainsGenericParameters: false } && (method.Attributes & MethodAttributes.PinvokeImpl) == 0);
	}

	private static void ReadSomeLife()
	{
		const string Some =
			"""
			{"entry":{"assembly":"A.dll"},"folders":{"approot":"a","temp":"t"},"environment":{"instanceId":"A_IN_0","deploymentId":"d","emulated":true,
			"settings":{"a":"b"},"localResources":[{"name":"L","path":"p","sizeInMB":1}],"roles":[{"name":"A","instances":[{"id":"A_IN_0","updateDomain":0,"faultDomain":0,
			"endpoints":[{"name":"E","protocol":"tcp","address":"127.0.0.1","port":1}]}]}]}}
			""";
		Life.Read(Json.Parse(Some));
	}

	/// <summary>A file of our own, opened as a file: the configuration of the process stays unread.</summary>
	private static void ReadSomeConfiguration()
	{
		var file = new ExeConfigurationFileMap { ExeConfigFilename = Path.Combine(AppContext.BaseDirectory, "reserve.xml") };
		var configuration = ConfigurationManager.OpenMappedExeConfiguration(file, ConfigurationUserLevel.None);
		_ = configuration.AppSettings.Settings["some"];
		_ = configuration.GetSection("system.diagnostics");
	}
}
