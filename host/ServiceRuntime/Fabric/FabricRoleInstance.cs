using System.Collections.Generic;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>An instance as the fabric describes it. Its endpoints are added while the snapshot is made, and not after.</summary>
internal sealed class FabricRoleInstance : RoleInstance
{
	private static readonly IDictionary<string, VirtualIPGroup> NoGroups =
		new ReadOnlyMap<string, VirtualIPGroup>(new Dictionary<string, VirtualIPGroup>());

	private readonly string id;
	private readonly int updateDomain;
	private readonly int faultDomain;
	private readonly Role role;
	private readonly Dictionary<string, RoleInstanceEndpoint> endpoints = new Dictionary<string, RoleInstanceEndpoint>();
	private readonly IDictionary<string, RoleInstanceEndpoint> visible;

	internal FabricRoleInstance(string id, int updateDomain, int faultDomain, Role role)
	{
		this.id = id;
		this.updateDomain = updateDomain;
		this.faultDomain = faultDomain;
		this.role = role;
		visible = new ReadOnlyMap<string, RoleInstanceEndpoint>(endpoints);
	}

	public override string Id
	{
		get { return id; }
	}

	public override int UpdateDomain
	{
		get { return updateDomain; }
	}

	public override int FaultDomain
	{
		get { return faultDomain; }
	}

	public override Role Role
	{
		get { return role; }
	}

	public override IDictionary<string, RoleInstanceEndpoint> InstanceEndpoints
	{
		get { return visible; }
	}

	public override IDictionary<string, VirtualIPGroup> VirtualIPGroups
	{
		get { return NoGroups; }
	}

	internal void Add(string name, RoleInstanceEndpoint endpoint)
	{
		endpoints[name] = endpoint;
	}
}
