using System.Collections.ObjectModel;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>A role of the running service.</summary>
public abstract class Role
{
	internal Role()
	{
	}

	/// <summary>The name in the service definition.</summary>
	public abstract string Name { get; }

	/// <summary>The instances that can be seen from here: of another role only if it has an internal endpoint.</summary>
	public abstract ReadOnlyCollection<RoleInstance> Instances { get; }
}
