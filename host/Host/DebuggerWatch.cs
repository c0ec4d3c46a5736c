using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;

namespace Rolewright.Host;

/// <summary>
/// Waits for a debugger, and tells when one comes or goes. The runtime has no event for it, so it has to be looked at.
/// </summary>
internal static class DebuggerWatch
{
	private static readonly TimeSpan WaitInterval = TimeSpan.FromMilliseconds(50);
	private static readonly TimeSpan BreakpointsLimit = TimeSpan.FromSeconds(2);
	private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(250);
	private static Timer? timer;

	/// <summary>Returns when a debugger is attached, or when <paramref name="go"/> is set.</summary>
	internal static void WaitForAttach(ManualResetEventSlim go)
	{
		AllowTracing(true);
		while (!Debugger.IsAttached)
		{
			if (go.Wait(WaitInterval))
			{
				AllowTracing(false);
				return;
			}
		}
	}

	/// <summary>
	/// Returns when the debugger has set its breakpoints: an editor then sets <paramref name="go"/>. One that somebody attached
	/// by hand says nothing and gets a short while.
	/// </summary>
	internal static void WaitForBreakpoints(ManualResetEventSlim go)
	{
		if (Debugger.IsAttached)
		{
			go.Wait(BreakpointsLimit);
		}
	}

	/// <summary>Tells the fabric that a debugger is attached, now or later, and every change after that.</summary>
	internal static void Report(Channel channel)
	{
		var told = false;
		var pipes = DebuggerPipes.Find();
		void Look()
		{
			if (Debugger.IsAttached != told)
			{
				told = !told;
				channel.Send(Outgoing.Debugger(told));
			}

			if (!told)
			{
				pipes?.Lead();
			}
		}

		Look();
		timer = new Timer(_ => Look(), null, ReportInterval, ReportInterval);
	}

	/// <summary>
	/// Linux with Yama lets a process be read by its ancestors only, and a debugger is none; the process may allow more itself.
	/// </summary>
	private static void AllowTracing(bool anyone)
	{
		if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
		{
			return;
		}

		try
		{
			_ = Prctl(SetPtracer, anyone ? AnyProcess : IntPtr.Zero, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero);
		}
		catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
		{
			// A system without this call has no such rule either.
		}
	}

	private const int SetPtracer = 0x59616d61;
	private static readonly IntPtr AnyProcess = new(-1);

	[DllImport("libc", EntryPoint = "prctl")]
	private static extern int Prctl(int option, IntPtr argument2, IntPtr argument3, IntPtr argument4, IntPtr argument5);
}
