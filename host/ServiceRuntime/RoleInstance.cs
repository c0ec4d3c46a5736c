using System.Collections.Generic;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>One instance of a role.</summary>
public abstract class RoleInstance
{
	internal RoleInstance()
	{
	}

	/// <summary>The id; it ends in the index of the instance, counted from 0.</summary>
	public abstract string Id { get; }

	/// <summary>The number of its upgrade domain, counted from 0.</summary>
	public abstract int UpdateDomain { get; }

	/// <summary>The number of its fault domain, counted from 0.</summary>
	public abstract int FaultDomain { get; }

	/// <summary>The role that it is an instance of.</summary>
	public abstract Role Role { get; }

	/// <summary>Its endpoints by their names in the service definition.</summary>
	public abstract IDictionary<string, RoleInstanceEndpoint> InstanceEndpoints { get; }

	/// <summary>Its groups of virtual addresses by name; empty on a developer's machine.</summary>
	public abstract IDictionary<string, VirtualIPGroup> VirtualIPGroups { get; }
}
