using System;
using System.Globalization;

namespace Rolewright.Host;

/// <summary>Where the fabric listens, and the token that shows that this process is the one it started.</summary>
/// <param name="Host">The address.</param>
/// <param name="Port">The port.</param>
/// <param name="Token">The token.</param>
/// <param name="IsInReserve">Whether the process waits for a life that is not decided yet.</param>
internal sealed record ChannelAddress(string Host, int Port, string Token, bool IsInReserve)
{
	internal const int Protocol = 1;

	/// <summary>Reads the address from the environment and removes it there, so that role code does not find the token.</summary>
	/// <returns>Null where the process was not started by a fabric that speaks this protocol.</returns>
	internal static ChannelAddress? Take()
	{
		var address = TakeVariable("ROLEWRIGHT_HOST_ADDRESS");
		var token = TakeVariable("ROLEWRIGHT_HOST_TOKEN");
		var protocol = TakeVariable("ROLEWRIGHT_HOST_PROTOCOL");
		var reserve = TakeVariable("ROLEWRIGHT_HOST_RESERVE");
		var colon = address == null ? -1 : address.LastIndexOf(':');
		if (address == null || token == null || colon < 0 || protocol != Protocol.ToString(CultureInfo.InvariantCulture)
			|| !int.TryParse(address.Substring(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
		{
			return null;
		}

		return new ChannelAddress(address.Substring(0, colon), port, token, reserve != null);
	}

	private static string? TakeVariable(string name)
	{
		var value = Environment.GetEnvironmentVariable(name);
		Environment.SetEnvironmentVariable(name, null);
		return value;
	}
}
