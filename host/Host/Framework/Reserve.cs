using System;

namespace Rolewright.Host;

/// <summary>No host of this kind waits in reserve: the domain of a role is made for the role's folder.</summary>
internal static class Reserve
{
	internal static void WarmUp(Func<bool> isOver)
	{
	}
}
