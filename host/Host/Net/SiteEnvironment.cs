using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using Microsoft.WindowsAzure.Diagnostics;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace Rolewright.Host;

/// <summary>
/// The role environment in the process of a site, which is another one than that of the entry point (role-lifecycle.md 1).
/// Nothing happens before the site's code asks for it: a site that never does pays nothing for it.
/// </summary>
internal static class SiteEnvironment
{
	private const string HooksVariable = "DOTNET_STARTUP_HOOKS";
	private static readonly TimeSpan LifeLimit = TimeSpan.FromSeconds(10);
	private static readonly string Folder = Path.GetDirectoryName(typeof(SiteEnvironment).Assembly.Location)!;

	/// <summary>Called before anything of the site runs; names no type of the assemblies that it makes findable.</summary>
	internal static void Offer()
	{
		LeaveChildrenAlone();
		if (ChannelAddress.Take() is not { } address)
		{
			return;
		}

		AssemblyLoadContext.Default.Resolving += (context, name) => Find(context, name);
		var gate = new object();
		ChannelAddress? offered = address;
		AppDomain.CurrentDomain.SetData("Rolewright.Connect", () =>
		{
			lock (gate)
			{
				if (offered is { } once)
				{
					offered = null;
					Connect(once);
				}
			}
		});
	}

	/// <summary>The hook is for this process; one that it starts has nobody who listens to it.</summary>
	private static void LeaveChildrenAlone()
	{
		var own = typeof(SiteEnvironment).Assembly.Location;
		var hooks = Environment.GetEnvironmentVariable(HooksVariable) ?? string.Empty;
		var others = string.Join(Path.PathSeparator, hooks.Split(Path.PathSeparator).Where(hook => hook != own));
		Environment.SetEnvironmentVariable(HooksVariable, others.Length == 0 ? null : others);
	}

	/// <summary>What the site has not itself: our three assemblies, and what they need. Called last, after the site's own files.</summary>
	private static Assembly? Find(AssemblyLoadContext context, AssemblyName name)
	{
		var file = Path.Combine(Folder, name.Name + ".dll");
		return string.IsNullOrEmpty(name.CultureName) && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
	}

	private static void Connect(ChannelAddress address)
	{
		var channel = Channel.Open(address);
		Ending.Channel = channel;
		channel.Send(Outgoing.Hello(address.Token, "site"));
		using var known = new ManualResetEventSlim();
		var orders = new SiteOrders(channel, known.Set);
		channel.Listen(orders.Take);
		known.Wait(LifeLimit);
		TraceJournal.Writer = (level, text) => channel.TrySend(Outgoing.Trace(level, text));
		TraceJournal.Notes = text => channel.TrySend(Outgoing.Note(text));
	}
}
