using System;
using System.Diagnostics;
using System.Threading;

namespace Rolewright.Host;

/// <summary>The one way out of the process. The first reason wins.</summary>
internal static class Ending
{
	private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);
	private static int begun;

	internal static Channel? Channel { get; set; }

	/// <summary>
	/// Ends the process with this code, whatever threads the role has left behind. Never returns: a second caller waits for
	/// the end that the first one began.
	/// </summary>
	internal static void Exit(int code)
	{
		if (Interlocked.Exchange(ref begun, 1) == 0)
		{
			Channel?.Finish();
			new Thread(KillWhenStuck) { IsBackground = true }.Start();
			Environment.Exit(code);
		}

		WaitForExit();
	}

	internal static int WaitForExit()
	{
		Thread.Sleep(Timeout.Infinite);
		return ExitCode.Stopped;
	}

	/// <summary>A handler of the role for the end of the process may never return.</summary>
	private static void KillWhenStuck()
	{
		Thread.Sleep(Grace);
		Process.GetCurrentProcess().Kill();
	}
}
