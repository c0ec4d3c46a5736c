using System.Net;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>An endpoint as the fabric describes it.</summary>
internal sealed class FabricEndpoint : RoleInstanceEndpoint
{
	private readonly RoleInstance instance;
	private readonly string protocol;
	private readonly IPEndPoint address;
	private readonly IPEndPoint publicAddress;

	internal FabricEndpoint(RoleInstance instance, string protocol, IPEndPoint address, IPEndPoint publicAddress)
	{
		this.instance = instance;
		this.protocol = protocol;
		this.address = address;
		this.publicAddress = publicAddress;
	}

	public override IPEndPoint IPEndpoint
	{
		get { return address; }
	}

	public override IPEndPoint PublicIPEndpoint
	{
		get { return publicAddress; }
	}

	public override string Protocol
	{
		get { return protocol; }
	}

	public override RoleInstance RoleInstance
	{
		get { return instance; }
	}
}
