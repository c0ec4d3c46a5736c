using System;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>
/// The host's side of this assembly. The host connects once, before it loads role code; without it the role environment is
/// not available. Everything that role code reads comes from one snapshot, which is replaced as a whole.
/// </summary>
internal sealed class Fabric
{
	private static volatile Fabric current;

	private readonly Action recycle;
	private volatile EnvironmentSnapshot snapshot;

	private Fabric(EnvironmentSnapshot snapshot, Action recycle)
	{
		this.snapshot = snapshot;
		this.recycle = recycle;
		Events = new FabricEvents();
	}

	internal static bool IsConnected
	{
		get { return Found() != null; }
	}

	/// <exception cref="InvalidOperationException">No host has connected.</exception>
	internal static Fabric Current
	{
		get
		{
			var fabric = Found();
			if (fabric == null)
			{
				throw new InvalidOperationException(
					"The role environment is not available, because this process was not started by a role host. Ask RoleEnvironment.IsAvailable first.");
			}

			return fabric;
		}
	}

	internal FabricEvents Events { get; private set; }

	internal EnvironmentSnapshot Snapshot
	{
		get { return snapshot; }
		set { snapshot = value; }
	}

	/// <param name="snapshot">What role code sees first.</param>
	/// <param name="recycle">Sends the wish for a recycle to the fabric; throws where that cannot be done.</param>
	internal static Fabric Connect(EnvironmentSnapshot snapshot, Action recycle)
	{
		current = new Fabric(snapshot, recycle);
		return current;
	}

	/// <summary>In the process of a site the connection is offered, and made when somebody first asks for it.</summary>
	private static Fabric Found()
	{
		if (current == null && AppDomain.CurrentDomain.GetData("Rolewright.Connect") is Action connect)
		{
			connect();
		}

		return current;
	}

	internal void RequestRecycle()
	{
		try
		{
			recycle();
		}
		catch (Exception e)
		{
			throw new RoleEnvironmentException("The recycle could not be asked for, because the host has lost its connection.", e);
		}
	}
}
