using System.Net;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>An endpoint of one instance.</summary>
public abstract class RoleInstanceEndpoint
{
	internal RoleInstanceEndpoint()
	{
	}

	/// <summary>The address and port that the instance itself listens on; not the public ones.</summary>
	public abstract IPEndPoint IPEndpoint { get; }

	/// <summary>The public port of an instance input endpoint, where only the port has a meaning; otherwise null.</summary>
	public abstract IPEndPoint PublicIPEndpoint { get; }

	/// <summary><c>http</c>, <c>https</c>, <c>tcp</c>, <c>udp</c> or <c>any</c>.</summary>
	public abstract string Protocol { get; }

	/// <summary>The instance that it belongs to.</summary>
	public abstract RoleInstance RoleInstance { get; }
}
