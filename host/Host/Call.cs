using System;

namespace Rolewright.Host;

/// <summary>One call of role code, told to the fabric when it begins and when it ends.</summary>
internal static class Call
{
	/// <summary>
	/// An exception is told in the filter, before the stack is unwound, and then goes its way uncaught: the runtime and a
	/// debugger see it as unhandled at the user's own line.
	/// </summary>
	internal static void Make(Channel channel, string name, Action call, Action<JsonLine>? writeResult = null)
	{
		channel.Send(Outgoing.CallBegins(name));
		try
		{
			call();
		}
		catch (Exception e) when (Tell(channel, name, e))
		{
			throw;
		}

		channel.Send(Outgoing.CallEnds(name, writeResult));
	}

	private static bool Tell(Channel channel, string name, Exception exception)
	{
		channel.TrySend(Outgoing.CallFails(name, RoleError.Of(exception)));
		Faults.StayLast();
		return false;
	}
}
