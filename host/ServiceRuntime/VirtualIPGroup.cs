using System.Collections.Generic;
using System.Net;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>A group of virtual addresses of the service. There are none on a developer's machine.</summary>
public abstract class VirtualIPGroup
{
	internal VirtualIPGroup()
	{
	}

	/// <summary>The name of the group.</summary>
	public abstract string VirtualIPGroupName { get; }

	/// <summary>The endpoints by public address.</summary>
	public abstract IDictionary<IPAddress, VirtualIPEndpoints> VirtualIPEndpoints { get; }
}
