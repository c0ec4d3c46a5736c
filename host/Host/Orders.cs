using System;
using System.Collections.Generic;
using System.Threading;

namespace Rolewright.Host;

/// <summary>
/// What the fabric tells the host. The life and the start are waited for by the main thread; from then on orders go to the
/// run of the role.
/// </summary>
internal sealed class Orders(Channel channel, bool isInReserve)
{
	private readonly object gate = new();
	private readonly ManualResetEventSlim started = new();
	private Life? life;
	private RoleRun? run;

	/// <summary>Set when the role shall be loaded without a debugger.</summary>
	internal ManualResetEventSlim Go { get; } = new();

	internal bool HasStart => started.IsSet;

	internal Life WaitForStart()
	{
		started.Wait();
		return life!;
	}

	internal void Give(RoleRun role)
	{
		lock (gate)
		{
			run = role;
		}
	}

	/// <summary>Takes one message; called by the channel, in order.</summary>
	internal void Take(Json message)
	{
		var type = message.IsObject ? message.TryGetProperty("type")?.GetString() : null;
		switch (type)
		{
			case "life":
				life = Read(message);
				if (isInReserve)
				{
					// Who has waited long may have died; the fabric wants to know that this one has not.
					channel.Send(Outgoing.Warm());
				}

				break;
			case "start" when life != null:
				started.Set();
				break;
			case "go":
				Go.Set();
				break;
			case "stop":
				Stop(message.TryGetProperty("raiseStopping")?.IsTrue == true);
				break;
			default:
				Pass(type, message);
				break;
		}
	}

	/// <summary>Without a life there is nothing to run, so one that cannot be read is the end, with a sentence.</summary>
	private Life? Read(Json message)
	{
		try
		{
			return Life.Read(message);
		}
		catch (Exception e) when (IsOfReading(e))
		{
			channel.Send(Outgoing.Failed("The host was told of a life that it does not understand: the parts of Rolewright do not fit together; install it anew.", RoleError.Of(e)));
			Ending.Exit(ExitCode.RoleNotLoaded);
			return null;
		}
	}

	private void Stop(bool raiseStopping)
	{
		var role = Role();
		if (role == null)
		{
			// No user code has run yet, so there is nothing to wind up.
			Ending.Exit(ExitCode.Stopped);
		}

		role!.Stop(raiseStopping);
	}

	private void Pass(string? type, Json message)
	{
		try
		{
			if (type == null || Role()?.Take(type, message) != true)
			{
				channel.Send(Outgoing.Note($"The host was told '{type}', which it cannot follow now."));
			}
		}
		catch (Exception e) when (IsOfReading(e))
		{
			channel.Send(Outgoing.Note($"The host was told '{type}' in a form that it does not understand, and left it out."));
		}
	}

	/// <summary>What reading JSON throws where a field is missing or of another kind.</summary>
	private static bool IsOfReading(Exception exception)
	{
		return exception is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException;
	}

	private RoleRun? Role()
	{
		lock (gate)
		{
			return run;
		}
	}
}
