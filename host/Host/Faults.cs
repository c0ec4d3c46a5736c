using System;
using System.Diagnostics;
using System.Threading;
using Microsoft.WindowsAzure.Diagnostics;

namespace Rolewright.Host;

/// <summary>
/// An exception that nobody caught, on whatever thread, is told to the fabric and ends the process. Handlers of the role for
/// the same event run in between, as they would in Azure.
/// </summary>
internal static class Faults
{
	private static Channel channel = null!;
	private static int told;

	/// <summary>Called before role code is loaded, so that the telling comes before any handler of the role.</summary>
	internal static void Watch(Channel to)
	{
		channel = to;
		AppDomain.CurrentDomain.UnhandledException += Tell;
		AppDomain.CurrentDomain.UnhandledException += End;
	}

	/// <summary>Called when role code has had the chance to add handlers: the end has to come after them.</summary>
	internal static void StayLast()
	{
		AppDomain.CurrentDomain.UnhandledException -= End;
		AppDomain.CurrentDomain.UnhandledException += End;
	}

	private static void Tell(object sender, UnhandledExceptionEventArgs arguments)
	{
		if (Interlocked.Exchange(ref told, 1) == 0 && arguments.ExceptionObject is Exception exception)
		{
			channel.TrySend(Outgoing.Fault(RoleError.Of(exception)));
			if (CrashDumps.Write(exception) is { } file)
			{
				channel.TrySend(Outgoing.Note($"A note of the crash is in {file}."));
			}
		}
	}

	private static void End(object sender, UnhandledExceptionEventArgs arguments)
	{
		// The runtime shows a debugger the exception, at the user's line, after these handlers; then it ends the process.
		if (!Debugger.IsAttached)
		{
			Ending.Exit(ExitCode.UnhandledException);
		}
	}
}
