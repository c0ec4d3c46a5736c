using System.Collections.Generic;
using System.Net;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>The endpoints behind one virtual address of the service.</summary>
public abstract class VirtualIPEndpoints
{
	internal VirtualIPEndpoints()
	{
	}

	/// <summary>The public address.</summary>
	public abstract IPAddress PublicIPAddress { get; }

	/// <summary>The endpoints of the instance by public port.</summary>
	public abstract IDictionary<int, RoleInstanceEndpoint> InstanceEndpoints { get; }
}
