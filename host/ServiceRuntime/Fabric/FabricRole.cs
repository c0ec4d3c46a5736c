using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>A role as the fabric describes it. Its instances are added while the snapshot is made, and not after.</summary>
internal sealed class FabricRole : Role
{
	private readonly string name;
	private readonly List<RoleInstance> instances = new List<RoleInstance>();
	private readonly ReadOnlyCollection<RoleInstance> visible;

	internal FabricRole(string name)
	{
		this.name = name;
		visible = instances.AsReadOnly();
	}

	public override string Name
	{
		get { return name; }
	}

	public override ReadOnlyCollection<RoleInstance> Instances
	{
		get { return visible; }
	}

	internal void Add(RoleInstance instance)
	{
		instances.Add(instance);
	}
}
